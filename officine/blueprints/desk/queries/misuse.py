"""Who often breaks the rules, and who often reports what breaks none (Regulation (EU) 2022/2065,
Article 23).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Case, Decision, Member, Post, Report

OFFENCES = ("hide", "remove", "remove-urgently", "hide-question")
"""The measures that count against an author."""


@dataclass(frozen=True, slots=True)
class Offences:
    """What an author wrote that was taken out of sight and still is, the newest first."""

    decisions: tuple[Decision, ...]
    posts: int
    """How much they wrote in the same time."""


def offences_of(member_id: int, since: datetime) -> Offences:
    """What was decided against an author since, unless it was taken back."""
    decisions = db.session.scalars(
        select(Decision)
        .where(Decision.affected_id == member_id, Decision.measure.in_(OFFENCES))
        .where(Decision.at > since, Decision.id.not_in(_taken_back()))
        .order_by(Decision.id.desc())
    )
    wrote = select(func.count()).where(Post.author_id == member_id, Post.written_at > since)
    return Offences(_one_a_post(decisions.all()), db.session.scalar(wrote) or 0)


@dataclass(frozen=True, slots=True)
class ReportsAnswered:
    """How a member’s reports were answered, the newest first."""

    reports: tuple[Report, ...]
    dismissed: tuple[Report, ...]


def reports_answered_to(member_id: int, since: datetime) -> ReportsAnswered:
    """The reports of a member that were answered since, and those of them that were dismissed."""
    reports = tuple(
        db.session.scalars(
            select(Report)
            .join(Report.decision)
            .where(Report.reporter_id == member_id, Decision.at > since)
            .options(joinedload(Report.decision))
            .order_by(Report.id.desc())
        )
    )
    back = set(db.session.scalars(_taken_back()))
    dismissed = [each for each in reports if each.decision and each.decision.measure == "dismiss"]
    return ReportsAnswered(reports, tuple(e for e in dismissed if e.decision_id not in back))


def warning_since(member_id: int, since: datetime) -> Decision | None:
    """The last warning of a member, if it was given since and not taken back."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.affected_id == member_id, Decision.measure == "warn")
        .where(Decision.at > since, Decision.id.not_in(_taken_back()))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def last_closed(kind: str, member: Member) -> datetime | None:
    """When the desk last dealt with a case of this kind about a member."""
    return db.session.scalar(
        select(func.max(Case.closed_at)).where(
            Case.kind == kind, Case.subject == "member", Case.subject_id == member.id
        )
    )


def _taken_back() -> Select[int | None]:
    return select(Decision.reverses_id).where(
        Decision.reverses_id.is_not(None), Decision.measure != "uphold"
    )


def _one_a_post(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """A post that was hidden and then removed counts once."""
    by_post = {decision.post_id or -decision.id: decision for decision in reversed(decisions)}
    return tuple(sorted(by_post.values(), key=lambda decision: -decision.id))
