"""What the worker does for interviews by the clock."""

from officine.blueprints.production import queries
from officine.blueprints.production.commands import making, publishing
from officine.core.clock import day_of, now
from officine.core.db import db, reading
from officine.core.worker import jobs
from officine.models.interview import release_holds


@jobs.every(minute="*")
def publish_due() -> None:
    """Publish what is due, each in a transaction of its own and exactly once."""
    at = now()
    with reading():
        due = queries.due_ids(at)
    for interview_id in due:
        publishing.publish_if_due(interview_id, at=at)
        db.session.commit()


@jobs.every(minute="5", hour="*")
def withdraw_uncovered() -> None:
    """Withdraw what no release covers any more. Pages stop showing it at midnight by themselves;
    this lets go of the rest.
    """
    at = now()
    with reading():
        uncovered = queries.uncovered_ids(release_holds(day_of(at)))
    for interview_id in uncovered:
        publishing.withdraw_uncovered(interview_id, at=at)
        db.session.commit()


@jobs.every(minute="*/30")
def ask_for_late() -> None:
    """Interviews whose deadline has passed reach the desk."""
    making.ask_for_late(queries.late(day_of(now())), at=now())
