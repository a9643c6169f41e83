"""Who asked to have what looked at again, and what is known of a decision since."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Appeal, Decision, Member


def find_appeal(appeal_id: int) -> Appeal | None:
    """An appeal with the decision it is against."""
    return db.session.scalar(
        select(Appeal)
        .where(Appeal.id == appeal_id)
        .options(
            joinedload(Appeal.decision).joinedload(Decision.by),
            joinedload(Appeal.by),
            joinedload(Appeal.report),
        )
    )


def appeal_of_author(decision: Decision) -> Appeal | None:
    """The appeal of whom a decision affects."""
    return db.session.scalar(
        select(Appeal)
        .where(Appeal.decision_id == decision.id, Appeal.side == "author")
        .options(joinedload(Appeal.outcome))
    )


def appeal_of_report(report_id: int) -> Appeal | None:
    """The appeal of who made a report."""
    return db.session.scalar(
        select(Appeal).where(Appeal.report_id == report_id).options(joinedload(Appeal.outcome))
    )


def open_appeals_against(decision: Decision, side: str) -> list[Appeal]:
    """The appeals of one side against a decision that wait for an answer."""
    return list(
        db.session.scalars(
            select(Appeal)
            .where(
                Appeal.decision_id == decision.id, Appeal.side == side, Appeal.outcome_id.is_(None)
            )
            .order_by(Appeal.id)
        )
    )


def appeals_answered_by(decision: Decision) -> list[Appeal]:
    """The appeals that a decision answered."""
    return list(
        db.session.scalars(
            select(Appeal)
            .where(Appeal.outcome_id == decision.id)
            .options(joinedload(Appeal.report), joinedload(Appeal.by))
            .order_by(Appeal.id)
        )
    )


def appeal_answered(member: Member, decision_id: int) -> Appeal | None:
    """The member’s own appeal that a decision answered."""
    return db.session.scalar(
        select(Appeal).where(Appeal.outcome_id == decision_id, Appeal.by_id == member.id).limit(1)
    )


def appeals_by(member: Member) -> list[Appeal]:
    """All that a member appealed against, newest first, with what came of it."""
    return list(
        db.session.scalars(
            select(Appeal)
            .where(Appeal.by_id == member.id)
            .options(joinedload(Appeal.decision), joinedload(Appeal.outcome))
            .order_by(Appeal.id.desc())
        )
    )


def taken_back_by(decision: Decision) -> Decision | None:
    """The decision that took this one back."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.reverses_id == decision.id, Decision.measure != "uphold")
        .order_by(Decision.id.desc())
        .limit(1)
    )
