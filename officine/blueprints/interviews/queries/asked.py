"""What readers ask the guest, for whoever is looking."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Interview, ReaderQuestion
from officine.models.interview import is_shown

ONE_DAY = timedelta(days=1)


def questions_shown(interview: Interview, viewer: Any) -> Sequence[ReaderQuestion]:
    """The questions that were answered, for everyone; each one’s own, for who asked, also where
    the desk has hidden it; those that were chosen and wait, for the guest and the desk.
    """
    seen = [is_shown()]
    if viewer.is_member:
        seen.append(ReaderQuestion.by_id == viewer.id)
    if viewer.is_staff or (viewer.is_member and viewer.id == interview.guest_id):
        seen.append(ReaderQuestion.chosen_at.is_not(None) & ReaderQuestion.hiding_id.is_(None))
    return db.session.scalars(
        select(ReaderQuestion)
        .where(ReaderQuestion.interview_id == interview.id, or_(*seen))
        .options(joinedload(ReaderQuestion.by))
        .order_by(ReaderQuestion.answered_at.is_(None), ReaderQuestion.answered_at)
        .order_by(ReaderQuestion.asked_at, ReaderQuestion.id)
    ).all()


def questions_asked(interview: Interview) -> Sequence[ReaderQuestion]:
    """Everything readers have asked, for the desk: what waits first, oldest first."""
    return db.session.scalars(
        select(ReaderQuestion)
        .where(ReaderQuestion.interview_id == interview.id)
        .options(joinedload(ReaderQuestion.by))
        .order_by(ReaderQuestion.answered_at.is_not(None), ReaderQuestion.declined_at.is_not(None))
        .order_by(ReaderQuestion.asked_at, ReaderQuestion.id)
    ).all()


def find_question(interview: Interview, question_id: int) -> ReaderQuestion | None:
    """One of the questions about an interview."""
    question = db.session.get(ReaderQuestion, question_id)
    return question if question and question.interview_id == interview.id else None


def asked_lately(interview: Interview, viewer: Any, at: datetime) -> int:
    """How many questions a member has asked this guest within a day."""
    if not viewer.is_member:
        return 0
    return (
        db.session.scalar(
            select(func.count(ReaderQuestion.id)).where(
                ReaderQuestion.interview_id == interview.id,
                ReaderQuestion.by_id == viewer.id,
                ReaderQuestion.asked_at > at - ONE_DAY,
            )
        )
        or 0
    )


def find_any_interview(interview_id: int) -> Interview | None:
    """An interview at whatever stage, for the desk."""
    return db.session.get(Interview, interview_id)
