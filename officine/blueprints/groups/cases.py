"""Proposed groups, as cases of the editorial desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.groups import commands
from officine.core.db import db
from officine.models import Case, Decision, Group, Member
from officine.models.case import Grounded, Kind, Measure


def about_group(case: Case, viewer: Any) -> dict[str, Any]:
    """The group as it was proposed."""
    return {"group": db.session.get(Group, case.subject_id)}


def _open(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    group = db.session.get_one(Group, case.subject_id)
    decision = commands.approve_group(group, by=by, at=at, case_id=case.id)
    assert decision is not None, "an open group has no open case"
    return decision


def _decline(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    group = db.session.get_one(Group, case.subject_id)
    return commands.decline_group(group, by=by, at=at, facts=it.facts, case_id=case.id)


OPEN = Measure(
    "approve", "a", _l("Open the group"), _l("It appears in the list; its proposer hosts it"),
    _open, explains=False,
)  # fmt: skip
DECLINE = Measure(
    "decline-group", "m", _l("Not yet"),
    _l("Its proposer reads why, keeps the text and can propose it again"), _decline,
)  # fmt: skip


def _measures(case: Case, viewer: Any) -> Sequence[Measure]:
    return (OPEN, DECLINE)


KINDS = (Kind("group", _l("Proposed group"), "groups/_case.html", about_group, _measures),)
