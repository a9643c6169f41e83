"""Who belongs to a group."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from officine.core.db import db
from officine.models import Group, Member, Membership
from officine.models.member import shown
from officine.models.sanction import is_here

PEOPLE = 24


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


def shown_members(group: Group, viewer: Any, limit: int, offset: int = 0) -> Sequence[Membership]:
    """Who belongs, of those whom the viewer finds here: hosts first, then by the day they joined.
    Who shows their groups to members only is not found by visitors; a host always is.
    """
    return db.session.scalars(
        select(Membership)
        .join(Membership.member)
        .where(Membership.group_id == group.id, _is_found_by(viewer))
        .options(contains_eager(Membership.member).joinedload(Member.company))
        .order_by(Membership.is_host.desc(), Membership.joined_at, Membership.member_id)
        .offset(offset)
        .limit(limit)
    ).all()


def shown_members_count(group: Group, viewer: Any) -> int:
    """How many belong, of those whom the viewer finds here."""
    query = select(func.count()).select_from(Membership).join(Membership.member)
    found = query.where(Membership.group_id == group.id, _is_found_by(viewer))
    return db.session.scalar(found) or 0


def _is_found_by(viewer: Any) -> ColumnElement[bool]:
    is_shown = or_(Membership.is_host.is_(True), shown("groups", viewer))
    return and_(is_here(), is_shown)


def hosts_of(group: Group) -> Sequence[Member]:
    """The group’s hosts, by the day they joined."""
    return db.session.scalars(
        select(Member)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.group_id == group.id, Membership.is_host.is_(True))
        .where(is_here())
        .order_by(Membership.joined_at, Member.id)
    ).all()


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
        select(Member).where(Member.handle == wanted, is_here(), Member.confirmed_at.is_not(None))
    )
