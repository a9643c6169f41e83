"""Interviews whose deadline has passed, as cases of the editorial desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.production import queries
from officine.core.clock import day_of, now
from officine.models import Case, Decision, Member
from officine.models.case import Grounded, Kind, Measure
from officine.models.decision import decide


def about_interview(case: Case, viewer: Any) -> dict[str, Any]:
    """The interview, and what it still needs."""
    interview = queries.find_interview(case.subject_id)
    missing = queries.missing(interview, day_of(now())) if interview else []
    return {"interview": interview, "missing": missing}


def _seen_to(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    """Nobody is affected: somebody looked after it."""
    return decide("approve", by=by, at=at, rule="other", facts=it.facts, case_id=case.id)


SEEN_TO = Measure(
    "approve", "a", _l("I see to it"),
    _l("The case is closed; the interview keeps its owner and its deadline until you change them"),
    _seen_to, explains=False,
)  # fmt: skip


def _measures(case: Case, viewer: Any) -> Sequence[Measure]:
    return (SEEN_TO,)


KINDS = (
    Kind("interview", _l("Late interview"), "production/_case.html", about_interview, _measures),
)
