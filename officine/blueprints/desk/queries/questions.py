"""What readers asked the guest of an interview, as far as the desk decides about it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Decision, Interview, Member, ReaderQuestion
from officine.models.interview import is_shown, visible_to
from officine.models.translation import best_text


def find_question(question_id: int, viewer: Any) -> ReaderQuestion | None:
    """A question that everyone reads in the page; for the desk also one that was hidden."""
    query = (
        select(ReaderQuestion)
        .join(Interview, Interview.id == ReaderQuestion.interview_id)
        .where(ReaderQuestion.id == question_id, visible_to(viewer))
        .options(
            joinedload(ReaderQuestion.interview),
            joinedload(ReaderQuestion.by).joinedload(Member.company),
        )
    )
    if not viewer.is_staff:
        query = query.where(is_shown())
    return db.session.scalar(query)


def question_decided(decision: Decision) -> ReaderQuestion | None:
    """The question a decision is about, for whoever may read the decision."""
    return db.session.get(ReaderQuestion, decision.question_id) if decision.question_id else None


def title_of_interview(question: ReaderQuestion, language: str) -> str:
    """What the interview is called for somebody who reads a language."""
    text = best_text(question.interview, (language,))
    return text.title if text else question.interview.guest_name
