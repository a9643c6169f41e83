"""Bringing repeated misuse before the desk. Always a person decides what follows."""

from datetime import datetime

from officine.blueprints.desk import policy, queries
from officine.models import Case, Member
from officine.models.case import open_case


def weigh_author(member: Member, *, at: datetime) -> Case | None:
    """Open a case about an author whose posts were often taken out of sight, if something was
    since the desk last looked at it.
    """
    found = queries.offences_of(member.id, at - policy.MISUSE_WITHIN)
    if not policy.is_offender(len(found.decisions)):
        return None
    if _was_seen("offender", member, found.decisions[0].at):
        return None
    return _open("offender", member, at, len(found.decisions), found.posts)


def weigh_reporter(member: Member, *, at: datetime) -> Case | None:
    """Open a case about a member whose reports are nearly always unfounded, likewise."""
    found = queries.reports_answered_to(member.id, at - policy.MISUSE_WITHIN)
    if not policy.is_false_reporter(len(found.reports), len(found.dismissed)):
        return None
    newest = max(each.decision.at for each in found.dismissed if each.decision)
    if _was_seen("false-reports", member, newest):
        return None
    return _open("false-reports", member, at, len(found.dismissed), len(found.reports))


def _was_seen(kind: str, member: Member, newest: datetime) -> bool:
    closed_at = queries.last_closed(kind, member)
    return closed_at is not None and newest <= closed_at


def _open(kind: str, member: Member, at: datetime, count: int, of: int) -> Case:
    signals = [{"name": kind, "value": count, "of": of}]
    case = open_case(
        kind, subject="member", subject_id=member.id, title="",
        language=member.interface_language, member_id=member.id, at=at,
        due_at=at + policy.MISUSE_PROMISE, signals=signals,
    )  # fmt: skip
    # What counts is how it stands now, not each step on the way.
    case.signals = signals
    return case
