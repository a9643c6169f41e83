"""Questions prepared with the guest, who opens them by a secret address."""

import secrets
from datetime import datetime

from sqlalchemy import func, select

from officine.blueprints.production import queries
from officine.blueprints.production.commands.errors import (
    EditedMeanwhile,
    NoAddress,
    NoLongerOpen,
)
from officine.core import audit, mail
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.locks import lock_row
from officine.core.secret_links import fingerprint
from officine.lib.text import clean
from officine.models import Interview, InterviewQuestion, Member
from officine.models.report import Correspondent


def add_question(interview: Interview, text: str, *, by: Member) -> InterviewQuestion:
    """One more question, at the end."""
    lock_row(interview)
    last = db.session.scalar(
        select(func.max(InterviewQuestion.position)).where(
            InterviewQuestion.interview_id == interview.id
        )
    )
    question = InterviewQuestion(
        interview_id=interview.id, position=(last or 0) + 1, text=clean(text)
    )
    db.session.add(question)
    db.session.flush()
    return question


def change_question(question: InterviewQuestion, text: str, *, by: Member, seen: int) -> None:
    """Ask it otherwise. An answer that the guest has given stays with it."""
    lock_row(question)
    if question.version != seen:
        raise EditedMeanwhile
    question.text = clean(text)
    question.version += 1


def remove_question(question: InterviewQuestion, *, by: Member) -> bool:
    """Do not ask it. One that the guest has answered or objected to stays: False."""
    lock_row(question)
    if question.answered_at is not None:
        return False
    db.session.delete(question)
    return True


def move_question(interview: Interview, question: InterviewQuestion, step: int) -> None:
    """Ask it one place sooner (-1) or later (1)."""
    lock_row(interview)
    order = list(queries.questions(interview))
    here = next(n for n, each in enumerate(order) if each.id == question.id)
    there = here + step
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for position, each in enumerate(order, start=1):
            each.position = position


def answer_question(
    question: InterviewQuestion, *, answer: str, objection: str, seen: int, at: datetime
) -> None:
    """What the guest writes to one question: an answer, why it should not be asked, or both.
    ``seen`` is the version that they had before them; EditedMeanwhile if there is another.
    """
    lock_row(question)
    if question.version != seen:
        raise EditedMeanwhile
    answer, objection = clean(answer), clean(objection)
    if (question.answer, question.objection) == (answer, objection):
        return
    question.answer, question.objection = answer, objection
    question.answered_at = at if answer or objection else None
    question.version += 1


def share(interview: Interview, *, by: Member) -> str:
    """A new secret for the shared page; the one before opens nothing any more."""
    lock_row(interview)
    secret = secrets.token_urlsafe(32)
    interview.questions_token = fingerprint(secret)
    audit.note("interview.questions-shared", by, interview=interview.id)
    return secret


def stop_sharing(interview: Interview, *, by: Member) -> None:
    """The guest’s address opens nothing any more."""
    lock_row(interview)
    if interview.questions_token is not None:
        interview.questions_token = None
        audit.note("interview.questions-closed", by, interview=interview.id)


def send_questions(interview: Interview, *, by: Member, at: datetime) -> str:
    """Share the questions and write to the guest, in their language; gives the secret."""
    to = guest_as_recipient(interview)
    secret = share(interview, by=by)
    with writing_in(interview.guest_language):
        url = public_url("guests.questions", secret=secret)
    mail.write(
        "production/questions",
        to=to,
        key=f"questions:{interview.id}:{fingerprint(secret)[:16]}",
        interview=interview,
        sender=by,
        url=url,
    )
    return secret


def guest_as_recipient(interview: Interview) -> Member | Correspondent:
    """Whom a letter to the guest goes to. NoAddress where we have none."""
    if interview.guest and interview.guest.left_at is None and not interview.guest_email:
        return interview.guest
    if not interview.guest_email:
        raise NoAddress
    return Correspondent(
        name=interview.guest_name,
        email=interview.guest_email,
        interface_language=interview.guest_language,
    )


def open_to_guest(interview: Interview) -> None:
    """Nothing is answered once it is published or withdrawn: NoLongerOpen."""
    if interview.stage in ("published", "withdrawn"):
        raise NoLongerOpen
