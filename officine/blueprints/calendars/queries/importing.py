"""What a calendar from elsewhere brings: new, changed, or here already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.lib.ical.reading import Found, Reading
from officine.models import Event, Group, Membership
from officine.models.calendar import CalendarSource


@dataclass(frozen=True)
class Compared:
    """An event of a calendar, and what there is of it here: “new”, “changed”, “same”, or
    “elsewhere”, where it is here by another way.
    """

    found: Found
    event: Event | None
    state: str


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


def compared(source: CalendarSource) -> tuple[list[Compared], Reading]:
    """What was read of a calendar, beside what there is of it here."""
    reading = Reading.from_json(source.found) if source.found else Reading()
    names = {each.uid for each in reading.found}
    here: dict[str, Event] = {}
    elsewhere: set[str] = set()
    for event in db.session.scalars(
        select(Event)
        .where(or_(Event.source_uid.in_(names), Event.uid.in_(names)))
        .options(selectinload(Event.texts))
    ):
        if event.source_id == source.id and event.source_uid:
            here[event.source_uid] = event
        else:
            elsewhere.update((event.source_uid or "", event.uid))
    return [_compare(each, here.get(each.uid), elsewhere) for each in reading.found], reading


def _compare(found: Found, event: Event | None, elsewhere: set[str]) -> Compared:
    if event is None:
        return Compared(found, None, "elsewhere" if found.uid in elsewhere else "new")
    title = next((it.title for it in event.texts if it.language == event.language), "")
    is_same = event.state == "cancelled" or (
        (found.begins, found.ends, found.zone, found.title, found.place)
        == (event.starts_at, event.ends_at, event.zone, title, event.place)
    )
    return Compared(found, event, "same" if is_same else "changed")
