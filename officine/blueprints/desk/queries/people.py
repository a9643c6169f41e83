"""What the desk knows of people when it decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from officine.core.db import db
from officine.models import Decision, Member, Post, Report
from officine.models.decision import RESTRICTIVE
from officine.models.sanction import is_of_team


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody wrote, and what was decided about them and still stands."""

    posts: int
    thanks: int
    decisions: int
    last: tuple[Decision, ...]
    """The newest of those decisions."""


def standing_of(author: Member) -> Standing:
    """How much somebody wrote, and what was decided about it."""
    wrote = select(func.count(), func.coalesce(func.sum(Post.thanks_count), 0)).where(
        Post.author_id == author.id, Post.deleted_at.is_(None)
    )
    posts, thanks = db.session.execute(wrote).one()
    standing = _still_standing(author.id)
    decisions = db.session.scalar(standing.with_only_columns(func.count())) or 0
    last = db.session.scalars(standing.order_by(Decision.id.desc()).limit(3)) if decisions else ()
    return Standing(posts, thanks, decisions, tuple(last))


@dataclass(frozen=True, slots=True)
class ReporterRecord:
    """How often somebody’s reports were right."""

    reports: int
    right: int
    """Reports after which something was done."""
    wrong: int
    """Reports that were dismissed, unless another editor decided otherwise after an appeal."""


def reporter_records(reporter_ids: Iterable[int]) -> dict[int, ReporterRecord]:
    """For each of these people, how their earlier reports ended."""
    wanted = set(reporter_ids)
    if not wanted:
        return {}
    stands = (Decision.measure == "dismiss") & Decision.id.not_in(_taken_back())
    dismissed = func.sum(case((stands, 1), else_=0))
    rows = db.session.execute(
        select(Report.reporter_id, func.count(), func.count(Decision.id), dismissed)
        .outerjoin(Decision, Decision.id == Report.decision_id)
        .where(Report.reporter_id.in_(wanted))
        .group_by(Report.reporter_id)
    )
    return {
        reporter: ReporterRecord(total, answered - (wrong or 0), wrong or 0)
        for reporter, total, answered, wrong in rows
    }


def colleagues_of(viewer: Member) -> list[Member]:
    """The others of the editorial team, by name."""
    return list(
        db.session.scalars(
            select(Member).where(is_of_team(), Member.id != viewer.id).order_by(Member.name)
        )
    )


def find_colleague(member_id: int, viewer: Member) -> Member | None:
    """One of them."""
    return next((each for each in colleagues_of(viewer) if each.id == member_id), None)


def _still_standing(member_id: int) -> Any:
    """Decisions that took something from somebody and were not taken back."""
    return select(Decision).where(
        Decision.affected_id == member_id,
        Decision.measure.in_([measure for measure in RESTRICTIVE if measure != "hold"]),
        Decision.id.not_in(_taken_back()),
    )


def _taken_back() -> Any:
    return select(Decision.reverses_id).where(
        Decision.reverses_id.is_not(None), Decision.measure != "uphold"
    )
