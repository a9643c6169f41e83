"""The period that an address asks for, in whole days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import request

from officine.blueprints.openness.queries.report import Span

DAY = timedelta(days=1)
EARLIEST = date(2000, 1, 1)
MONTHS = 6
"""Over so many months active members are averaged (Regulation (EU) 2022/2065, Article 24(2))."""


@dataclass(frozen=True)
class Period:
    """From a day to another, both counted."""

    first: date
    last: date

    def span(self, zone: ZoneInfo) -> Span:
        """The same in moments."""
        return _midnight(self.first, zone), _midnight(self.last + DAY, zone)

    def months(self, zone: ZoneInfo) -> list[Span]:
        """The six months up to the last day; the last of them may not be whole."""
        end = self.last + DAY
        months: list[Span] = []
        begins = self.last.replace(day=1)
        while len(months) < MONTHS:
            months.insert(0, (_midnight(begins, zone), _midnight(end, zone)))
            end, begins = begins, (begins - DAY).replace(day=1)
        return months


def asked_period(otherwise: Period, today: date) -> Period:
    """The period of the address, no further than today; ``otherwise``, where it names none."""
    first, last = _asked_day("from"), _asked_day("to")
    if first is None and last is None:
        return otherwise
    last = min(last or today, today)
    return Period(min(first or EARLIEST, last), last)


def usual_period(began: date | None, today: date) -> Period:
    """The last whole half-year; everything since the beginning, where there was nothing then."""
    last_half = half_year_of(_half_begins(today) - DAY)
    if began is not None and began <= last_half.last:
        return last_half
    return Period(began or _half_begins(today), today)


def half_years(began: date | None, today: date, most: int = 6) -> list[Period]:
    """The half-years there are figures for, the newest first; that of today is not over."""
    halves: list[Period] = []
    day = today
    while began is not None and day >= began and len(halves) < most:
        half = half_year_of(day)
        halves.append(Period(half.first, min(half.last, today)))
        day = half.first - DAY
    return halves


def half_year_of(day: date) -> Period:
    """The calendar half-year of a day."""
    first = _half_begins(day)
    following = (first + timedelta(days=190)).replace(day=1)
    return Period(first, following - DAY)


def _half_begins(day: date) -> date:
    return day.replace(month=1 if day.month <= 6 else 7, day=1)


def _asked_day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return max(day, EARLIEST)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
