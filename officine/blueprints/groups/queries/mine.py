"""The viewer’s own groups."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from officine.core.db import db
from officine.core.prepared import for_, prepared
from officine.models import Group, Membership, ReadMark, Topic


@dataclass(frozen=True)
class RailGroup:
    """One of my groups, in the rail: with how many topics wait for me."""

    id: int
    slug: str
    name: str
    language: str
    unread: int


def my_groups(viewer: Any) -> list[RailGroup]:
    """The viewer’s groups by name, each with its topics that have something unread.

    What was written before the viewer joined the group does not count.
    """
    if not viewer.is_member:
        return []
    return [RailGroup(*row) for row in db.session.execute(_my_groups(viewer), for_(viewer))]


@prepared
def _my_groups(viewer: Any) -> Select[*tuple[Any, ...]]:
    unread = case(
        (Topic.last_number > func.coalesce(ReadMark.number, 0), Topic.id),
    )
    return (
        select(Group.id, Group.slug, Group.name, Group.language, func.count(unread))
        .join(Membership, Membership.group_id == Group.id)
        .outerjoin(
            Topic,
            and_(
                Topic.group_id == Group.id,
                Topic.last_post_at > Membership.joined_at,
                Topic.posts_count > 0,
            ),
        )
        .outerjoin(ReadMark, and_(ReadMark.topic_id == Topic.id, ReadMark.member_id == viewer.id))
        .where(Membership.member_id == viewer.id)
        .group_by(Group.id, Group.slug, Group.name, Group.language)
        .order_by(func.lower(Group.name))
    )


def hosts_any(viewer: Any) -> bool:
    """Whether the viewer looks after any group that is open. Who proposes one is its host at
    once, but the desk has not said yes.
    """
    if not viewer.is_member:
        return False
    hosted = (
        select(Membership.group_id)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.member_id == viewer.id, Membership.is_host.is_(True))
        .where(Group.opened_at.is_not(None))
    )
    return db.session.scalar(hosted.limit(1)) is not None
