"""The posts and topics that are reported and decided about."""

from hashlib import blake2b
from typing import Any

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import aliased, joinedload

from officine.core.db import db
from officine.models import (
    Decision,
    Group,
    Hiding,
    Lock,
    Member,
    Membership,
    PendingEdit,
    Post,
    Topic,
)
from officine.models.group import readable_by
from officine.models.post import opens_for

LAST = 2**31 - 1
"""Where a post would stand that has no number yet."""

Opening = aliased(Post, name="opening")
OpeningHiding = aliased(Hiding, name="opening_hiding")


def find_post(post_id: int, viewer: Any) -> Post | None:
    """A post to report or decide about, if the viewer may read it."""
    query = _posts(viewer).where(Post.id == post_id, Post.deleted_at.is_(None), readable_by(viewer))
    if not viewer.is_staff:
        query = query.where(Hiding.post_id.is_(None), OpeningHiding.post_id.is_(None))
    return db.session.scalar(query)


def wording_of(post: Post) -> str:
    """What somebody reads of a post who decides about it, as a short sign: another one as soon as
    the words, those that wait, or the title above them are others.
    """
    waiting = db.session.scalar(select(PendingEdit.text).where(PendingEdit.post_id == post.id))
    words = (post.text, waiting or "", post.topic.title if post.opens else "")
    return blake2b("\0".join(words).encode(), digest_size=8).hexdigest()


def find_topic(topic_id: int, viewer: Any) -> Topic | None:
    """The topic of this number, if the viewer may see its title."""
    query = (
        select(Topic)
        .join(Topic.group)
        .join(Opening, opens_for(viewer, Opening))
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
    place = post.number or LAST
    before = near.where(Post.number < place).order_by(Post.number.desc()).limit(2)
    after = near.where(Post.number > place).order_by(Post.number).limit(1)
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


def _posts(viewer: Any) -> Select[Any]:
    return (
        select(Post)
        .join(Post.topic)
        .join(Topic.group)
        .join(Opening, opens_for(viewer, Opening))
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .options(
            joinedload(Post.topic).joinedload(Topic.group),
            joinedload(Post.author).joinedload(Member.company),
            joinedload(Post.hiding).joinedload(Hiding.decision).joinedload(Decision.by),
        )
    )


def opening_id(topic_id: int) -> int | None:
    """The number of the post that opens a topic."""
    return db.session.scalar(select(Post.id).where(Post.topic_id == topic_id, Post.number == 1))


def posts_to_split(topic: Topic) -> list[Post]:
    """The posts of a topic that can become one of their own: all but the one that opens it, and
    what readers do not see.
    """
    return list(
        db.session.scalars(
            select(Post)
            .outerjoin(Hiding, Hiding.post_id == Post.id)
            .where(Post.topic_id == topic.id, Post.number > 1, Post.deleted_at.is_(None))
            .where(Hiding.post_id.is_(None))
            .options(joinedload(Post.author))
            .order_by(Post.number)
        )
    )


def groups_to_move_to(topic: Topic, viewer: Any) -> list[Group]:
    """The groups into which the viewer may move a topic, by name."""
    query = select(Group).where(Group.opened_at.is_not(None), Group.id != topic.group_id)
    if not viewer.is_staff:
        hosted = select(Membership.group_id).where(
            Membership.member_id == viewer.id, Membership.is_host.is_(True)
        )
        query = query.where(Group.id.in_(hosted))
    return list(db.session.scalars(query.order_by(func.lower(Group.name))))
