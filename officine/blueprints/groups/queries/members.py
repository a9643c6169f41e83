"""Who belongs to a group."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Group, Member, Membership


def membership_of(viewer: Any, group: Group) -> Membership | None:
    """How the viewer belongs to the group, or None."""
    if not viewer.is_member:
        return None
    return db.session.get(Membership, (group.id, viewer.id))


def is_host(viewer: Any, group: Group) -> bool:
    """Whether the viewer looks after the group."""
    membership = membership_of(viewer, group)
    return membership is not None and membership.is_host


def hosts_count(group: Group) -> int:
    """How many hosts a group has."""
    count = select(func.count()).select_from(Membership)
    return (
        db.session.scalar(
            count.where(Membership.group_id == group.id, Membership.is_host.is_(True))
        )
        or 0
    )


def members_of(group: Group, limit: int | None = None) -> Sequence[Membership]:
    """Who belongs: hosts first, then by the day they joined."""
    return db.session.scalars(
        select(Membership)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.group_id == group.id, Member.left_at.is_(None))
        .options(joinedload(Membership.member).joinedload(Member.company))
        .order_by(Membership.is_host.desc(), Membership.joined_at, Membership.member_id)
        .limit(limit)
    ).all()


def hosts_of(group: Group) -> list[Member]:
    """The group’s hosts."""
    return [each.member for each in members_of(group) if each.is_host]


def find_membership(group: Group, handle: str) -> Membership | None:
    """How the person with this handle belongs to the group."""
    return db.session.scalar(
        select(Membership)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.group_id == group.id, Member.handle == handle)
        .options(joinedload(Membership.member))
    )


def find_person(handle: str) -> Member | None:
    """A member by handle, as people write it: with or without @."""
    wanted = handle.strip().lstrip("@").casefold()
    return db.session.scalar(
        select(Member).where(
            Member.handle == wanted, Member.left_at.is_(None), Member.confirmed_at.is_not(None)
        )
    )
