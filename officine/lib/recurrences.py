"""What comes again: rules as RFC 5545 writes them, and the moments they mean.

Hours are those of a zone: what begins at nine begins at nine on both sides of a clock change.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event, vRecur

EVERY = ("week", "two-weeks", "month-weekday", "month-day")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 400
"""More dates than these no series has."""


def rule_of(every: str, first: date, zone: str, last: date | None = None, count: int = 0) -> str:
    """The RRULE of something that first happens on a day: ``every`` is one of EVERY. It ends after
    the day ``last`` or after ``count`` times; without either, never.
    """
    parts = {
        "week": "FREQ=WEEKLY",
        "two-weeks": "FREQ=WEEKLY;INTERVAL=2",
        "month-weekday": f"FREQ=MONTHLY;BYDAY={_which(first)}{WEEKDAYS[first.weekday()]}",
        "month-day": f"FREQ=MONTHLY;BYMONTHDAY={first.day}",
    }[every]
    if count:
        return f"{parts};COUNT={count}"
    if last:
        end = datetime.combine(last, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)
        return f"{parts};UNTIL={end:%Y%m%dT%H%M%SZ}"
    return parts


def how_often(rule: str) -> str:
    """Which of EVERY a rule of ours is."""
    parts = _parts(rule)
    if parts["FREQ"] == "WEEKLY":
        return "two-weeks" if parts.get("INTERVAL") == "2" else "week"
    return "month-weekday" if "BYDAY" in parts else "month-day"


def on_another_day(rule: str, first: date) -> str:
    """The same rule for something that first happens on another day."""
    ends = {key: value for key, value in _parts(rule).items() if key in ("UNTIL", "COUNT")}
    return _written(_parts(rule_of(how_often(rule), first, "UTC")) | ends)


def ended_before(rule: str, moment: datetime) -> str:
    """The same rule, which means nothing from ``moment`` on."""
    parts = {key: value for key, value in _parts(rule).items() if key not in ("UNTIL", "COUNT")}
    until = moment.astimezone(UTC) - timedelta(seconds=1)
    return _written(parts | {"UNTIL": f"{until:%Y%m%dT%H%M%SZ}"})


def with_count(rule: str, count: int) -> str:
    """The same rule, with another number of times where it counts them."""
    parts = _parts(rule)
    return _written(parts | {"COUNT": str(count)}) if "COUNT" in parts else rule


def moments(
    rule: str, first: datetime, zone: str, after: datetime, until: datetime
) -> list[datetime]:
    """The moments, in UTC, that a rule means from ``after`` to ``until``, both included, for what
    first begins at ``first``.
    """
    event = Event()
    event.add("uid", "series")
    starts = first.astimezone(ZoneInfo(zone))
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=1))
    event.add("rrule", vRecur.from_ical(rule))
    calendar = Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(
        max(after, first).astimezone(UTC), until.astimezone(UTC) + timedelta(seconds=1)
    )
    begun = sorted(each["DTSTART"].dt.astimezone(UTC) for each in found)
    return [moment for moment in begun if after <= moment <= until][:MOST]


def _which(day: date) -> int:
    """Which of its weekday in the month a day is; the fifth is the last."""
    number = (day.day - 1) // 7 + 1
    return -1 if number == 5 else number


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";"))


def _written(parts: dict[str, str]) -> str:
    return ";".join(f"{key}={value}" for key, value in parts.items())
