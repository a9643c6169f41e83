"""Letting readers see what an editor has read first."""

from datetime import datetime

from officine.blueprints.forum.events import PostWritten, TopicOpened
from officine.core.db import db
from officine.core.outbox import record
from officine.models import Post, ReadMark
from officine.models.case import close_cases
from officine.models.post import publish


def publish_post(post: Post, *, at: datetime) -> None:
    """Publish a post that nobody has seen yet, as the newest of its topic; everyone who should
    hear of it hears now. Whoever calls holds the topic’s row.
    """
    topic = post.topic
    publish(post, at)
    db.session.flush()
    _mark_own_post_read(post, at)
    if post.author_id != topic.author_id:
        close_cases("topic", topic.id, at=at, kinds=("sos", "unanswered"))
    record(PostWritten(post.id))
    if post.opens:
        record(TopicOpened(topic.id))


def _mark_own_post_read(post: Post, at: datetime) -> None:
    """Whoever had read all of a topic has still read all of it: one’s own post is not news."""
    assert post.number is not None, "it has just been published"
    mark = db.session.get(ReadMark, (post.author_id, post.topic_id))
    if mark is None and post.opens:
        db.session.add(ReadMark(member_id=post.author_id, topic_id=post.topic_id, number=1, at=at))
    elif mark is not None and mark.number == post.number - 1:
        mark.number, mark.at = post.number, at
