"""What was written last in a public group."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from officine.core.db import db
from officine.core.session import Visitor
from officine.models import Group, Hiding, Member, Post, Topic
from officine.models.group import readable_by

NEWEST = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic, by the message that opens it."""

    topic_id: int
    slug: str
    title: str
    language: str
    author: str
    html: str
    opened_at: datetime
    changed_at: datetime


def find_group(slug: str) -> Group | None:
    """The group at an address, if everyone reads it, with or without an account."""
    return db.session.scalar(
        select(Group).where(
            Group.slug == slug, Group.opened_at.is_not(None), readable_by(Visitor())
        )
    )


def newest_topics(group: Group) -> list[Entry]:
    """The topics opened last; none that was taken back or hidden."""
    opening = and_(Post.topic_id == Topic.id, Post.number == 1, Post.deleted_at.is_(None))
    rows = db.session.execute(
        select(
            Topic.id,
            Topic.slug,
            Topic.title,
            Topic.language,
            Member.name,
            Post.html,
            Topic.opened_at,
            Post.edited_at,
        )
        .join(Post, opening)
        .join(Member, Member.id == Topic.author_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(Topic.group_id == group.id, Hiding.post_id.is_(None))
        .order_by(Topic.opened_at.desc(), Topic.id.desc())
        .limit(NEWEST)
    )
    return [
        Entry(id_, slug, title, language, author, html, opened_at, edited_at or opened_at)
        for id_, slug, title, language, author, html, opened_at, edited_at in rows
    ]
