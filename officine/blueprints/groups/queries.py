"""Which groups there are, for whoever is looking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import (
    Group,
    Invitation,
    JoinRequest,
    Member,
    Membership,
    OldAddress,
    ReadMark,
    Topic,
)
from officine.models.group import belongs_to, readable_by

PAGE = 12
WEEKS = 12
ORDERS = ("active", "members", "new", "name")


@dataclass(frozen=True)
class Pulse:
    """How alive a group is: topics opened in each of the last twelve weeks, this one last."""

    weeks: tuple[int, ...] = (0,) * WEEKS

    @property
    def this_week(self) -> int:
        """Topics of the last seven days."""
        return self.weeks[-1]


def find_group(slug: str, viewer: Any) -> Group | None:
    """The group at an address, if the viewer may know that it exists."""
    return db.session.scalar(
        select(Group)
        .where(Group.slug == slug, visible_to(viewer))
        .options(joinedload(Group.created_by))
    )


def present_slug(old_slug: str, viewer: Any) -> str | None:
    """Where a group has moved that used to be at ``old_slug``."""
    return db.session.scalar(
        select(Group.slug)
        .join(OldAddress, and_(OldAddress.noun == "group", OldAddress.owner_id == Group.id))
        .where(OldAddress.slug == old_slug, visible_to(viewer))
    )


def visible_to(viewer: Any) -> ColumnElement[bool]:
    """The groups whose existence a viewer may know of: also one for members only, which a
    visitor sees without its topics, and a private one to which the viewer is invited.
    """
    conditions = [readable_by(viewer)]
    conditions.append(and_(Group.opened_at.is_not(None), Group.visibility == "members"))
    if viewer.is_member:
        invited = select(Invitation.group_id).where(
            Invitation.member_id == viewer.id, Invitation.answered_at.is_(None)
        )
        conditions.append(Group.id.in_(invited))
    return or_(*conditions)


def membership_of(viewer: Any, group: Group) -> Membership | None:
    """How the viewer belongs to the group, or None."""
    if not viewer.is_member:
        return None
    return db.session.get(Membership, (group.id, viewer.id))


def is_host(viewer: Any, group: Group) -> bool:
    """Whether the viewer looks after the group."""
    membership = membership_of(viewer, group)
    return membership is not None and membership.is_host


def may_read_topics(viewer: Any, group: Group) -> bool:
    """Whether the group’s topics are the viewer’s to read."""
    readable = select(Group.id).where(Group.id == group.id, readable_by(viewer))
    return db.session.scalar(readable) is not None


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
    unread = case(
        (Topic.last_number > func.coalesce(ReadMark.number, 0), Topic.id),
    )
    rows = db.session.execute(
        select(Group.id, Group.slug, Group.name, Group.language, func.count(unread))
        .join(Membership, Membership.group_id == Group.id)
        .outerjoin(
            Topic,
            and_(Topic.group_id == Group.id, Topic.last_post_at > Membership.joined_at),
        )
        .outerjoin(
            ReadMark, and_(ReadMark.topic_id == Topic.id, ReadMark.member_id == viewer.id)
        )
        .where(Membership.member_id == viewer.id)
        .group_by(Group.id, Group.slug, Group.name, Group.language)
        .order_by(func.lower(Group.name))
    )
    return [RailGroup(*row) for row in rows]
