"""What a member does here: their groups, and how they help."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from officine.core.db import db
from officine.models import Answer, Group, Hiding, Member, Membership, Post, Topic
from officine.models.group import readable_by


@dataclass(frozen=True, slots=True)
class GroupOf:
    """A group that somebody belongs to."""

    slug: str
    name: str
    language: str
    is_host: bool
    is_shared: bool
    """Whether the viewer belongs to it too."""


def groups_of(member: Member, viewer: Any) -> list[GroupOf]:
    """The member’s groups, of those that the viewer may know; none if the member does not show
    them.
    """
    if member.id != viewer.id and not member.shows("groups", viewer):
        return []
    mine = aliased(Membership)
    rows = db.session.execute(
        select(Group.slug, Group.name, Group.language, Membership.is_host, mine.member_id)
        .join(Membership, Membership.group_id == Group.id)
        .outerjoin(mine, and_(mine.group_id == Group.id, mine.member_id == (viewer.id or 0)))
        .where(Membership.member_id == member.id, readable_by(viewer))
        .where(Group.opened_at.is_not(None))
        .order_by(Membership.is_host.desc(), func.lower(Group.name))
    )
    return [
        GroupOf(slug, name, language, is_host, shared is not None)
        for slug, name, language, is_host, shared in rows
    ]


@dataclass(frozen=True, slots=True)
class HelpfulAnswer:
    """A post that solved somebody’s matter."""

    topic_id: int
    topic_slug: str
    number: int
    title: str
    language: str
    group_name: str
    group_language: str
    chosen_by: str
    chosen_at: datetime
    thanks_count: int


def helpful_answers(member: Member, viewer: Any, limit: int = 5) -> list[HelpfulAnswer]:
    """The member’s posts that were chosen as the useful answer, where the viewer may read; the
    most thanked first.
    """
    chooser = aliased(Member)
    rows = db.session.execute(
        _readable_posts(
            viewer,
            Topic.id, Topic.slug, Post.number, Topic.title, Topic.language, Group.name,
            Group.language, chooser.name, Answer.at, Post.thanks_count,
        )
        .join(Answer, Answer.post_id == Post.id)
        .join(chooser, chooser.id == Answer.by_id)
        .where(Post.author_id == member.id)
        .order_by(Post.thanks_count.desc(), Answer.at.desc())
        .limit(limit)
    )  # fmt: skip
    return [HelpfulAnswer(*row) for row in rows]


@dataclass(frozen=True)
class Help:
    """How much a member has helped, in what the viewer may read."""

    answers: int = 0
    thanks: int = 0


def help_of(member: Member, viewer: Any) -> Help:
    """Useful answers given and thanks received."""
    row = db.session.execute(
        _readable_posts(
            viewer, func.count(Answer.post_id), func.coalesce(func.sum(Post.thanks_count), 0)
        )
        .outerjoin(Answer, Answer.post_id == Post.id)
        .where(Post.author_id == member.id)
    ).one()
    return Help(row[0], int(row[1]))


def _readable_posts(viewer: Any, *columns: Any) -> Any:
    opening = aliased(Post)
    opening_hiding = aliased(Hiding)
    return (
        select(*columns)
        .select_from(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Group, Group.id == Topic.group_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .join(opening, and_(opening.topic_id == Topic.id, opening.number == 1))
        .outerjoin(opening_hiding, opening_hiding.post_id == opening.id)
        .where(readable_by(viewer), Post.deleted_at.is_(None), Hiding.post_id.is_(None))
        .where(opening.deleted_at.is_(None), opening_hiding.post_id.is_(None))
    )
