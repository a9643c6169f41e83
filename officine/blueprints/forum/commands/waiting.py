"""Topics that wait too long for an answer reach the editorial desk."""

from datetime import datetime, timedelta

from officine.blueprints.forum.queries import needless_cases, unanswered_topics
from officine.models import Topic
from officine.models.case import close_cases, open_case
from officine.models.screening import screening

OLDEST = timedelta(days=14)
SOS_PROMISE = timedelta(hours=1)
PROMISE = timedelta(hours=48)
"""How soon, after it was opened, somebody has looked after it."""


def ask_for_answers(*, at: datetime) -> None:
    """Let the desk look after calls for help and other topics that nobody has answered in time;
    what no longer waits leaves its queue. Each topic reaches it once.
    """
    limits = screening()
    for case in needless_cases():
        close_cases(case.subject, case.subject_id, at=at, kinds=(case.kind,))
    before = at - timedelta(minutes=limits.sos_minutes)
    for topic in unanswered_topics(sos=True, after=at - OLDEST, before=before):
        _wait(topic, "sos", at, topic.opened_at + SOS_PROMISE)
    before = at - timedelta(hours=limits.unanswered_hours)
    for topic in unanswered_topics(sos=False, after=at - OLDEST, before=before):
        _wait(topic, "unanswered", at, topic.opened_at + PROMISE)


def _wait(topic: Topic, kind: str, at: datetime, due_at: datetime) -> None:
    open_case(
        kind, subject="topic", subject_id=topic.id, title=topic.title, language=topic.language,
        group_id=topic.group_id, member_id=topic.author_id, at=at, due_at=due_at,
        signals=[{"name": kind, "value": round((at - topic.opened_at).total_seconds() / 60)}],
    )  # fmt: skip
