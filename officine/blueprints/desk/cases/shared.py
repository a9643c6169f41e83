"""What every kind of case of the desk can do: be left to the community manager."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from officine.blueprints.desk import commands, queries
from officine.blueprints.desk.commands import AlreadyDecided
from officine.models import Case, Decision, Member, Post
from officine.models.case import Grounded, Measure


def post_of(case: Case, by: Member) -> Post:
    """The post of a case; AlreadyDecided where it vanished."""
    post = queries.find_post(case.subject_id, by)
    if post is None:
        raise AlreadyDecided(None)
    return post


def seen_reports(grounded: Grounded) -> tuple[int, ...]:
    """The reports the editor had in view."""
    return tuple((grounded.more or {}).get("reports", ()))


def _escalate(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.escalate(case, by=by, at=at, grounded=it)


ESCALATE = Measure(
    "escalate", "p", _l("Leave it to the community manager"),
    _l("It keeps its place and its promise; say why"), _escalate,
)  # fmt: skip


def escalation(case: Case) -> list[Measure]:
    return [] if case.escalated_at else [ESCALATE]
