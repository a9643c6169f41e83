"""The posts and topics that are reported and decided about."""

from typing import Any

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import aliased, joinedload

from officine.core.db import db
from officine.models import Decision, Hiding, Lock, Member, Membership, Post, Topic
from officine.models.group import readable_by

Opening = aliased(Post, name="opening")
OpeningHiding = aliased(Hiding, name="opening_hiding")


def find_post(post_id: int, viewer: Any) -> Post | None:
    """A post to report or decide about, if the viewer may read it."""
    query = _posts().where(Post.id == post_id, Post.deleted_at.is_(None), readable_by(viewer))
    if not viewer.is_staff:
        query = query.where(Hiding.post_id.is_(None), OpeningHiding.post_id.is_(None))
    return db.session.scalar(query)


def find_topic(topic_id: int, viewer: Any) -> Topic | None:
    """The topic of this number, if the viewer may see its title."""
    query = (
        select(Topic)
        .join(Topic.group)
        .join(Opening, _opens())
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .where(Topic.id == topic_id, Opening.deleted_at.is_(None), readable_by(viewer))
        .options(
            joinedload(Topic.group),
            joinedload(Topic.author),
            joinedload(Topic.lock).joinedload(Lock.decision).joinedload(Decision.by),
        )
    )
    if not viewer.is_staff:
        mine = Topic.author_id == viewer.id if viewer.is_member else false()
        query = query.where(OpeningHiding.post_id.is_(None) | mine)
    return db.session.scalar(query)


def hosts(viewer: Any, group_id: int) -> bool:
    """Whether the viewer looks after the group."""
    if not viewer.is_member:
        return False
    membership = db.session.get(Membership, (group_id, viewer.id))
    return membership is not None and membership.is_host


def posts_around(post: Post) -> list[Post]:
    """The conversation around a post: what opened it, the two before and the one after."""
    near = select(Post.id).where(Post.topic_id == post.topic_id, Post.deleted_at.is_(None))
    before = near.where(Post.number < post.number).order_by(Post.number.desc()).limit(2)
    after = near.where(Post.number > post.number).order_by(Post.number).limit(1)
    first = near.where(Post.number == 1, Post.id != post.id)
    return list(
        db.session.scalars(
            select(Post)
            .outerjoin(Hiding, Hiding.post_id == Post.id)
            .where(
                Post.id.in_(before.subquery().select())
                | Post.id.in_(after.subquery().select())
                | Post.id.in_(first),
                Hiding.post_id.is_(None),
            )
            .options(joinedload(Post.author))
            .order_by(Post.number)
        )
    )


def _opens() -> ColumnElement[bool]:
    return (Opening.topic_id == Topic.id) & (Opening.number == 1)


def _posts() -> Select[Any]:
    return (
        select(Post)
        .join(Post.topic)
        .join(Topic.group)
        .join(Opening, _opens())
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .options(
            joinedload(Post.topic).joinedload(Topic.group),
            joinedload(Post.author).joinedload(Member.company),
            joinedload(Post.hiding).joinedload(Hiding.decision).joinedload(Decision.by),
        )
    )
