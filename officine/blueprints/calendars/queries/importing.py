"""Calendars from elsewhere, and the groups that they may fill."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from officine.core.db import db
from officine.models import Group, Membership
from officine.models.calendar import CalendarSource


def hosted_groups(viewer: Any) -> Sequence[Group]:
    """The groups that somebody looks after."""
    return db.session.scalars(
        select(Group)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.member_id == viewer.id, Membership.is_host, Group.opened_at.is_not(None))
        .order_by(func.lower(Group.name), Group.id)
    ).all()


def groups_to_fill(viewer: Any) -> Sequence[Group]:
    """The groups whose calendar somebody may fill: their own; for the desk all."""
    if not viewer.is_staff:
        return hosted_groups(viewer)
    return db.session.scalars(
        select(Group).where(Group.opened_at.is_not(None)).order_by(func.lower(Group.name), Group.id)
    ).all()


def my_sources(viewer: Any) -> Sequence[CalendarSource]:
    """The calendars that somebody took over, the last first."""
    return db.session.scalars(
        select(CalendarSource)
        .where(CalendarSource.by_id == viewer.id, CalendarSource.taken_at.is_not(None))
        .order_by(CalendarSource.taken_at.desc())
        .limit(20)
    ).all()


def find_source(source_id: int, viewer: Any) -> CalendarSource | None:
    """A calendar that somebody is looking at: theirs."""
    return db.session.scalar(
        select(CalendarSource).where(
            CalendarSource.id == source_id, CalendarSource.by_id == viewer.id
        )
    )


def source_like(name: str, url: str, group: Group | None, by: Any) -> CalendarSource | None:
    """The same calendar, if it was read before: by its address, or a file by its name."""
    same = CalendarSource.url == url
    if not url:
        same = same & (CalendarSource.name == name)
    return db.session.scalar(
        select(CalendarSource).where(
            same,
            CalendarSource.by_id == by.id,
            CalendarSource.group_id == group.id if group else CalendarSource.group_id.is_(None),
        )
    )
