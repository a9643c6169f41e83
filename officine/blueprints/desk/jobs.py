"""What the desk does by itself after a decision: it counts, and leaves the rest to people."""

from officine.blueprints.desk import commands, queries
from officine.blueprints.desk.events import Decided
from officine.blueprints.desk.queries import OFFENCES
from officine.core.clock import now


def watch_misuse(event: Decided) -> None:
    """Whether the author, or who reported, now does this so often that somebody should look."""
    decision = queries.find_decision(event.decision_id)
    if decision is None:
        return
    if decision.measure in OFFENCES and decision.affected is not None:
        commands.weigh_author(decision.affected, at=now())
    if decision.measure == "dismiss":
        for report in queries.reports_answered_by(decision):
            if report.reporter is not None:
                commands.weigh_reporter(report.reporter, at=now())
