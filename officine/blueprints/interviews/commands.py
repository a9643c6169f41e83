"""What readers, the guest and the desk do with a published interview."""

from datetime import datetime

from officine.blueprints.interviews.events import ReaderQuestionAnswered
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.language import clear_language
from officine.lib.markdown import render
from officine.lib.text import clean
from officine.models import Chapter, Interview, Member, ReaderQuestion, Topic

LONGEST_QUESTION = 500
LONGEST_ANSWER = 4000


class AlreadyDiscussed(Exception):
    """Somebody began the discussion a moment before."""


class AlreadyAnswered(Exception):
    """The question stands in the page with its answer."""


class NotChosen(Exception):
    """A question that the desk has not chosen is not answered in the page."""


def ask_guest(
    interview: Interview, *, by: Member, text: str, at: datetime, page_language: str
) -> ReaderQuestion:
    """Ask the guest something. Only the desk and who asked know of it, until it is answered.

    Its language is the one it is clearly written in, else the page’s.
    """
    text = clean(text)
    question = ReaderQuestion(
        interview_id=interview.id,
        by=by,
        asked_at=at,
        text=text,
        language=clear_language(text, LANGUAGES) or page_language,
    )
    db.session.add(question)
    db.session.flush()
    return question


def choose_question(question: ReaderQuestion, *, at: datetime) -> None:
    """Put a question before the guest."""
    question.chosen_at = question.chosen_at or at
    question.declined_at = None


def decline_question(question: ReaderQuestion, *, at: datetime) -> None:
    """Leave a question aside: it stays between its author and the desk. Raises AlreadyAnswered:
    what everyone reads goes only by a decision.
    """
    if question.is_public:
        raise AlreadyAnswered(question.id)
    question.declined_at = question.declined_at or at
    question.chosen_at = None


def answer_question(
    question: ReaderQuestion, *, text: str, at: datetime, usual_language: str
) -> None:
    """The guest’s answer, in the page. Who asked hears of it once; a mended answer is not told
    again. Its language is the one it is clearly written in, else the guest’s usual one. Raises
    NotChosen.
    """
    if question.chosen_at is None:
        raise NotChosen(question.id)
    first = question.answered_at is None
    question.answer = clean(text)
    question.answer_html = render(question.answer, {})
    question.answer_language = clear_language(question.answer, LANGUAGES) or usual_language
    if first:
        question.answered_at = at
        record(ReaderQuestionAnswered(question.id))


def claim_discussion(of: Interview | Chapter) -> None:
    """See that nobody else begins the discussion of an interview or a chapter until this is
    done. Raises AlreadyDiscussed.
    """
    lock_row(of)
    if of.topic_id is not None:
        raise AlreadyDiscussed(of.id)


def discuss_in(of: Interview | Chapter, topic: Topic) -> None:
    """Let an interview or a chapter be talked about in a topic."""
    of.topic_id = topic.id
