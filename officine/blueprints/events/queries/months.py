"""A month of events as a grid of days, counted where the reader is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import select

from officine.blueprints.events.queries.listing import EventRow, Wanted, rows_of
from officine.core.db import db
from officine.lib.months import Month
from officine.models import Event, Group
from officine.models.event import visible_to

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the grid, with what begins or goes on then."""

    date: date
    is_of_month: bool
    is_today: bool
    rows: tuple[EventRow, ...]


@dataclass(frozen=True)
class MonthGrid:
    """A month in weeks; before and after it there are others."""

    month: Month
    weeks: list[list[Day]]

    @property
    def total(self) -> int:
        """How many events it has."""
        rows = (row for week in self.weeks for day in week if day.is_of_month for row in day.rows)
        return len({row.event.id for row in rows})

    @property
    def days(self) -> list[Day]:
        """Its days that have something."""
        return [day for week in self.weeks for day in week if day.is_of_month and day.rows]


def month_grid(
    viewer: Any, month: Month, wanted: Wanted, reads: Sequence[str], zone: tzinfo, at: datetime
) -> MonthGrid:
    """A month as somebody in ``zone`` has it, of the events that they may see and want."""
    weeks = month.weeks()
    begins = _midnight(weeks[0][0], zone)
    ends = _midnight(weeks[-1][-1] + A_DAY, zone)
    rows = _rows(viewer, wanted, reads, begins, ends)
    by_day: dict[date, list[EventRow]] = {}
    for row in rows:
        for day in _days(row.event, zone):
            by_day.setdefault(day, []).append(row)
    today = at.astimezone(zone).date()
    return MonthGrid(
        month,
        [
            [
                Day(day, day.month == month.number, day == today, tuple(by_day.get(day, ())))
                for day in week
            ]
            for week in weeks
        ],
    )


def _rows(
    viewer: Any, wanted: Wanted, reads: Sequence[str], begins: datetime, ends: datetime
) -> list[EventRow]:
    query = (
        select(Event.id, Event.spoken)
        .outerjoin(Group, Group.id == Event.group_id)
        .where(visible_to(viewer), Event.published_at.is_not(None))
        .where(Event.starts_at < ends, Event.ends_at > begins)
    )
    if wanted.how == "online":
        query = query.where(Event.is_online)
    elif wanted.how == "person":
        query = query.where((Event.place != "") | (Event.address != "") | (Event.town != ""))
    if wanted.place:
        query = query.where(Event.country == wanted.place)
    if wanted.group:
        query = query.where(Group.slug == wanted.group)
    if wanted.price:
        query = query.where(Event.is_free.is_(wanted.price == "free"))
    found = db.session.execute(query.order_by(Event.starts_at, Event.id)).all()
    languages = set(wanted.languages)
    ids = [row.id for row in found if not languages or not languages.isdisjoint(row.spoken)]
    return rows_of(ids, viewer, reads)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _days(event: Event, zone: tzinfo) -> list[date]:
    """The days it lasts; one that ends at midnight does not reach the next day."""
    first = event.starts_at.astimezone(zone).date()
    last = (event.ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    # An import may bring one that lasts for years: the grid needs six weeks of it at most.
    return [first + timedelta(days=n) for n in range(min((last - first).days, 400) + 1)]
