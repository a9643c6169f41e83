"""Proposed events, as cases of the editorial desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands import publishing
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, Decision, Event, Member
from officine.models.case import Grounded, Kind, Measure


def about_event(case: Case, viewer: Any) -> dict[str, Any]:
    """The event as it was proposed."""
    event = db.session.get(Event, case.subject_id)
    return {"event": event, "text": queries.text_in(event, event.language) if event else None}


def _publish(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    event = db.session.get_one(Event, case.subject_id)
    return publishing.approve_event(event, by=by, at=at, case_id=case.id)


def _decline(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    event = db.session.get_one(Event, case.subject_id)
    return publishing.decline_event(event, by=by, at=at, facts=it.facts, case_id=case.id)


PUBLISH = Measure(
    "approve", "a", _l("Publish the event"),
    _l("It stands in the calendar; its proposer looks after it"), _publish, explains=False,
)  # fmt: skip
DECLINE = Measure(
    "decline-event", "m", _l("Not yet"),
    _l("Its proposer reads why, keeps it as a draft and can propose it again"), _decline,
)  # fmt: skip


def _measures(case: Case, viewer: Any) -> Sequence[Measure]:
    event = db.session.get(Event, case.subject_id)
    # What is over by now is nobody’s to go to: it can only be answered.
    return (DECLINE,) if event is None or event.is_over(now()) else (PUBLISH, DECLINE)


KINDS = (Kind("event", _l("Proposed event"), "planning/_case.html", about_event, _measures),)
