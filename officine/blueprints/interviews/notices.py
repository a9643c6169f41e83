"""Who hears of what happens around an interview."""

from officine.blueprints.interviews.events import ReaderQuestionAnswered
from officine.core.clock import now
from officine.core.db import db
from officine.models import Interview, ReaderQuestion
from officine.models.notification import notify


def tell_who_asked(event: ReaderQuestionAnswered) -> None:
    """Whoever asked hears that the guest has answered, once, while everyone can read it."""
    question = db.session.get(ReaderQuestion, event.question_id)
    if question is None or not question.is_public:
        return
    interview = db.session.get_one(Interview, question.interview_id)
    if interview.is_published:
        notify(
            question.by,
            kind="guest-answered",
            cause=f"guest-answered:{question.id}",
            at=now(),
            interview_id=interview.id,
        )
