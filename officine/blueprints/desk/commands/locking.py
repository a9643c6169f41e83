"""Who else decides about a topic, or writes in it, waits until we are done."""

from collections.abc import Sequence

from sqlalchemy import select

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided, OwnPost
from officine.core.db import db
from officine.models import Member, Post, Report, Topic


def lock_topic_row(topic_id: int) -> None:
    """Hold the row of a topic, read afresh."""
    db.session.flush()
    db.session.scalar(
        select(Topic)
        .where(Topic.id == topic_id)
        .with_for_update(of=Topic)
        .execution_options(populate_existing=True)
    )


def lock_topic_of(post: Post) -> None:
    """Hold the row of a post’s topic, both read afresh: also where a colleague put the post into
    another topic while we waited.
    """
    topic_id = None
    while post.topic_id != topic_id:
        topic_id = post.topic_id
        lock_topic_row(topic_id)
        db.session.refresh(post)


def lock_member_row(member_id: int) -> None:
    """Hold the row of a member, read afresh."""
    db.session.flush()
    db.session.scalar(
        select(Member)
        .where(Member.id == member_id)
        .with_for_update(of=Member)
        .execution_options(populate_existing=True)
    )


def begin_with_post(post: Post, by: Member, reports: Sequence[int] = ()) -> list[Report]:
    """The open reports of a post, with its topic locked; or why nothing can be decided."""
    if post.author_id == by.id:
        raise OwnPost(post.id)
    lock_topic_of(post)
    if post.deleted_at:
        raise AlreadyDecided(None)
    if answered := queries.answered_among(reports):
        raise AlreadyDecided(answered)
    return queries.open_reports(post.id)
