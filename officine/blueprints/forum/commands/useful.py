"""Saying which posts helped."""

from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, Update, bindparam, delete, update

from officine.blueprints.forum.commands.errors import PostGone
from officine.blueprints.forum.commands.rows import put, table_of, unless_there
from officine.blueprints.forum.events import (
    AnswerMarked,
    AnswerUnmarked,
    PostThanked,
)
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.models import (
    Answer,
    Member,
    Post,
    Thanks,
    Topic,
)
from officine.models.case import close_cases
from officine.models.post import lock_post


def mark_answer(topic: Topic, post: Post, *, by: Member, at: datetime) -> None:
    """Say which post solved the matter; an earlier choice gives way."""
    lock_post(post)
    if post.topic_id != topic.id or not post.is_readable:
        raise PostGone(post.id)
    if topic.answer and topic.answer.post_id == post.id:
        return
    if topic.answer is None:
        topic.answer = Answer(post_id=post.id, by_id=by.id, at=at)
    else:
        topic.answer.post_id, topic.answer.by_id, topic.answer.at = post.id, by.id, at
    topic.version += 1
    close_cases("topic", topic.id, at=at, kinds=("sos", "unanswered"))
    record(AnswerMarked(topic.id, post.id))


def unmark_answer(topic: Topic, *, by: Member, at: datetime) -> None:
    """No post solved the matter after all."""
    lock_row(topic)
    if topic.answer is None:
        return
    topic.answer = None
    topic.version += 1
    record(AnswerUnmarked(topic.id))


def thank(post: Post, *, by: Member, at: datetime) -> None:
    """Say that a post was useful; once a member."""
    if put(Thanks, {"post_id": post.id, "member_id": by.id}, {"at": at}, only_if=unless_there):
        _count_thanks(post, 1)
        record(PostThanked(post.id, by.id))


def unthank(post: Post, *, by: Member) -> None:
    """Take one’s thanks back."""
    thanks = table_of(Thanks)
    gone = db.session.scalar(
        delete(thanks)
        .where(thanks.c.post_id == post.id, thanks.c.member_id == by.id)
        .returning(thanks.c.post_id)
    )
    if gone:
        _count_thanks(post, -1)


def _count_thanks(post: Post, difference: int) -> None:
    """Thanks are many, so that they count in the database, without anybody waiting for a lock.

    The topic comes first: whoever changes it holds its row before those of its posts.
    """
    if db.session.dirty:
        db.session.flush()
    of_topic, of_post = _counting()
    db.session.execute(of_topic, {"which": post.topic_id})
    db.session.execute(of_post, {"which": post.id, "difference": difference})
    db.session.expire(post, ["thanks_count", "version"])
    db.session.expire(post.topic, ["version"])


@cache
def _counting() -> tuple[Update, Update]:
    """Put together once: no change is made more often."""
    topic, post = table_of(Topic), table_of(Post)
    which: BindParameter[int] = bindparam("which")
    return (
        update(topic).where(topic.c.id == which).values(version=topic.c.version + 1),
        update(post)
        .where(post.c.id == which)
        .values(
            thanks_count=post.c.thanks_count + bindparam("difference"),
            version=post.c.version + 1,
        ),
    )
