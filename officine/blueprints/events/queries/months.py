"""A month of events as a grid of days, counted where the reader is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import Row, select

from officine.blueprints.events.queries.listing import MINE, EventRow, Wanted, rows_of
from officine.core.db import db
from officine.lib.months import Month
from officine.models import Event, Group
from officine.models.event import visible_to
from officine.models.group import belongs_to, known_to

A_DAY = timedelta(days=1)
LONGEST = 42
"""Days of a grid: six weeks. What an import brings may last for years."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the grid, with what begins or goes on then."""

    date: date
    is_of_month: bool
    is_today: bool
    number: int
    """How many events it has."""
    rows: tuple[EventRow, ...] = ()


@dataclass(frozen=True)
class MonthGrid:
    """A month in weeks."""

    month: Month
    weeks: list[list[Day]]

    @property
    def rows(self) -> list[EventRow]:
        """What happens in it, each event once."""
        return _once(row for day in self._days() if day.is_of_month for row in day.rows)

    def rows_on(self, wanted: date) -> list[EventRow]:
        """What happens on one of its days."""
        return _once(row for day in self._days() if day.date == wanted for row in day.rows)

    def _days(self) -> Iterable[Day]:
        return (day for week in self.weeks for day in week)


def month_marks(viewer: Any, month: Month, wanted: Wanted, zone: tzinfo, at: datetime) -> MonthGrid:
    """How much each day of a month has, for somebody in ``zone``."""
    return _grid(month, _found(viewer, month, wanted, zone), {}, zone, at)


def month_grid(
    viewer: Any, month: Month, wanted: Wanted, reads: Sequence[str], zone: tzinfo, at: datetime
) -> MonthGrid:
    """A month as somebody in ``zone`` has it, of the events that they may see and want."""
    found = _found(viewer, month, wanted, zone)
    rows = {row.event.id: row for row in rows_of([it.id for it in found], viewer, reads)}
    return _grid(month, found, rows, zone, at)


def _grid(
    month: Month,
    found: Sequence[Row[Any]],
    rows: dict[int, EventRow],
    zone: tzinfo,
    at: datetime,
) -> MonthGrid:
    by_day: dict[date, list[int]] = {}
    weeks = month.weeks()
    for each in found:
        for day in _days(each.starts_at, each.ends_at, zone, weeks[0][0]):
            by_day.setdefault(day, []).append(each.id)
    today = at.astimezone(zone).date()
    return MonthGrid(
        month,
        [
            [
                Day(
                    day,
                    day.month == month.number,
                    day == today,
                    len(by_day.get(day, ())),
                    tuple(rows[id] for id in by_day.get(day, ()) if id in rows),
                )
                for day in week
            ]
            for week in weeks
        ],
    )


def _found(viewer: Any, month: Month, wanted: Wanted, zone: tzinfo) -> list[Row[Any]]:
    """What somebody may see and wants of the weeks of a month, in the order of time."""
    weeks = month.weeks()
    query: Any = (
        select(Event.id, Event.starts_at, Event.ends_at, Event.spoken)
        .where(visible_to(viewer), Event.published_at.is_not(None))
        .where(Event.starts_at < _midnight(weeks[-1][-1] + A_DAY, zone))
        .where(Event.ends_at > _midnight(weeks[0][0], zone))
        .order_by(Event.starts_at, Event.id)
    )
    if wanted.how == "online":
        query = query.where(Event.is_online)
    elif wanted.how == "person":
        query = query.where((Event.place != "") | (Event.address != "") | (Event.town != ""))
    if wanted.place:
        query = query.where(Event.country == wanted.place)
    if wanted.group:
        held = select(Group.id).where(
            belongs_to(viewer)
            if wanted.group == MINE
            else (Group.slug == wanted.group) & known_to(viewer)
        )
        query = query.where(Event.group_id.in_(held))
    if wanted.price:
        query = query.where(Event.is_free.is_(wanted.price == "free"))
    languages = set(wanted.languages)
    return [
        row
        for row in db.session.execute(query)
        if not languages or not languages.isdisjoint(row.spoken)
    ]


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _days(starts_at: datetime, ends_at: datetime, zone: tzinfo, from_day: date) -> list[date]:
    """The days an event lasts; one that ends at midnight does not reach the next day."""
    first = max(starts_at.astimezone(zone).date(), from_day)
    last = (ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, LONGEST))]


def _once(rows: Iterable[EventRow]) -> list[EventRow]:
    return list({row.event.id: row for row in rows}.values())
