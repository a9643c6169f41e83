"""What a member wrote and follows in the groups, for them to take away."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import aliased

from officine.core.db import db
from officine.core.export import moment
from officine.models import Draft, Follow, Group, Hiding, Member, Post, Thanks, Topic


def posts(member: Member) -> list[dict[str, Any]]:
    """Each of their posts as they wrote it, oldest first."""
    return [_post(row) for row in _own_posts(member)]


def drafts(member: Member) -> list[dict[str, Any]]:
    """What they began to write."""
    return [
        {"place": draft.place, "title": draft.title, "text": draft.text}
        for draft in db.session.scalars(select(Draft).filter_by(member_id=member.id))
    ]


def followed_topics(member: Member) -> list[int]:
    """The topics whose answers they hear of."""
    return _ids(select(Follow.topic_id).filter_by(member_id=member.id, stopped=False))


def thanked_posts(member: Member) -> list[int]:
    """The posts they thanked for."""
    return _ids(select(Thanks.post_id).filter_by(member_id=member.id))


def _own_posts(member: Member) -> Sequence[Any]:
    """Their posts with the topic and group of each, oldest first. The title of somebody else’s
    topic that was hidden is not theirs to take away: it is empty.
    """
    opening, hiding = aliased(Post), aliased(Hiding)
    is_hidden = and_(hiding.post_id.is_not(None), Topic.author_id != member.id)
    title, slug = (
        case((is_hidden, ""), else_=column).label(column.key)
        for column in (Topic.title, Topic.slug)
    )
    return db.session.execute(
        select(
            Post.id, Post.number, Post.language, Post.text, Post.written_at, Post.edited_at,
            Post.deleted_at, Topic.id.label("topic_id"), title, slug,
            Group.name.label("group_name"),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .outerjoin(opening, and_(opening.topic_id == Topic.id, opening.number == 1))
        .outerjoin(hiding, hiding.post_id == opening.id)
        .join(Group, Group.id == Topic.group_id)
        .where(Post.author_id == member.id)
        .order_by(Post.id)
    ).all()  # fmt: skip


def _post(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "group": row.group_name,
        "topic": row.title,
        "topic_id": row.topic_id,
        "number": row.number,
        "language": row.language,
        "text": row.text,
        "written_at": moment(row.written_at),
        "edited_at": moment(row.edited_at),
        "deleted_at": moment(row.deleted_at),
    }


def _ids(asked: Any) -> list[int]:
    return list(db.session.scalars(asked))


PARTS = {
    "posts": posts,
    "drafts": drafts,
    "followed_topics": followed_topics,
    "thanked_posts": thanked_posts,
}
