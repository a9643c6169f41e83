"""What a letter about a decision names."""

from typing import Any

from officine.blueprints.desk import queries
from officine.core.db import db
from officine.models import Decision, Member, Post, ReaderQuestion, Topic
from officine.models.report import Correspondent

TOLD_ELSEWHERE = ("remove-from-group", "decline-group", "decline-event", "escalate")
"""Measures of which nobody outside the desk hears, or hears from the feature that takes them."""

Reader = Member | Correspondent


def words_about(decision: Decision, reader: Reader) -> dict[str, Any]:
    """What a letter about a decision names. The title only for whoever still may see it."""
    post = db.session.get(Post, decision.post_id) if decision.post_id else None
    topic = db.session.get(Topic, decision.topic_id) if decision.topic_id else None
    question = queries.question_decided(decision)
    return words(decision, reader, post=post, topic=topic, question=question)


def words(
    decision: Decision,
    reader: Reader,
    *,
    post: Post | None = None,
    topic: Topic | None = None,
    question: ReaderQuestion | None = None,
) -> dict[str, Any]:
    """The same, of what is at hand."""
    sees_title = topic is not None and queries.find_topic(topic.id, reader)
    standard, language = queries.standard_of(decision, reader.interface_language)
    return {
        "decision": decision,
        "post": post,
        "question": question,
        "title": topic.title if topic and sees_title else None,
        "title_language": topic.language if topic else None,
        "standard": standard,
        "standard_language": language,
        "by_team": decision.by is None or decision.by.is_staff,
        "number": decision.id,
    }
