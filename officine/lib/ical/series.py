"""Events of another calendar that come again: which rules we follow, and each date by its name."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
OLDEST_RULE = 1970


def fault_of_rule(event: Any) -> str:
    """Why nobody can follow the rule of an event, in a word; nothing where it is fine."""
    rules = event.get("rrule", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if not hasattr(rule, "get"):
            return "unreadable-rule"
        frequency = [str(each).upper() for each in rule.get("FREQ", [])]
        hours = 1
        for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            hours *= max(len(rule.get(part, [])), 1)
        if set(frequency) & set(TOO_OFTEN) or hours > 4:
            return "too-often"
        # By steps of nothing a rule never comes to its second date.
        if not frequency or any(each < 1 for each in rule.get("INTERVAL", [])):
            return "unreadable-rule"
        if event["dtstart"].dt.year < OLDEST_RULE:
            return "too-old"
    return ""


def dates_of(
    found: Any, events: list[Any], first: datetime, last: datetime
) -> Iterator[tuple[Any, date]]:
    """The dates of a series between two moments: a component of its own for each, and when the
    rule has it begin. That is its name, which stays when it is moved (RFC 5545, 3.8.4.4).
    """
    import recurring_ical_events
    from icalendar import Calendar

    alone = Calendar()
    alone.add("version", "2.0")
    alone.add("prodid", "-//Officine//Reading//")
    for zone in found.walk("VTIMEZONE"):
        alone.add_component(zone)
    for event in events:
        _give_hour(event, events)
        alone.add_component(event)
    shifts = _shifts(events)
    for each in recurring_ical_events.of(alone).between(first, last):
        yield each, _original(each, shifts)


def _give_hour(event: Any, events: list[Any]) -> None:
    """Some programs name a changed date by its day alone: it is the one that begins on that day."""
    day = getattr(event.get("recurrence-id"), "dt", None)
    start = next((it["dtstart"].dt for it in events if "recurrence-id" not in it), None)
    if isinstance(day, datetime) or day is None or not isinstance(start, datetime):
        return
    event["recurrence-id"].dt = datetime.combine(day, start.timetz())


def _shifts(events: list[Any]) -> dict[date, timedelta]:
    """By how much what was changed “from this date on” begins later than the rule has it."""
    shifts = {}
    for event in events:
        named = event.get("recurrence-id")
        if named is not None and named.params.get("RANGE", "").upper() == "THISANDFUTURE":
            shifts[named.dt] = _by_the_clock(event["dtstart"].dt) - _by_the_clock(
                _in_zone_of(event["dtstart"].dt, named.dt)
            )
    return shifts


def _original(event: Any, shifts: dict[date, timedelta]) -> date:
    begins: date = event["dtstart"].dt
    named = getattr(event.get("recurrence-id"), "dt", None)
    if named is None:
        return begins
    return begins - shifts[named] if named in shifts else named


def _in_zone_of(other: date, moment: date) -> date:
    zone = other.tzinfo if isinstance(other, datetime) else None
    if isinstance(moment, datetime) and moment.tzinfo and zone:
        return moment.astimezone(zone)
    return moment


def _by_the_clock(moment: date) -> datetime:
    return datetime(moment.year, moment.month, moment.day, *_hour(moment))


def _hour(moment: date) -> tuple[int, int, int]:
    if isinstance(moment, datetime):
        return moment.hour, moment.minute, moment.second
    return 0, 0, 0
