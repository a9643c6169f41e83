"""Reading calendars that others wrote: what can be taken over, and what cannot, with the reason.

Whoever writes a calendar may be careless or hostile: rules that come again every second, dates that
never come, millions of lines. So it is read in a process of its own (`read_apart`), with little
time and memory; run as a program this module reads standard input and writes JSON.
"""

import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from officine.lib.ical.decoding import text_of
from officine.lib.ical.series import dates_of, fault_of_rule

LARGEST = 2 * 1024 * 1024
SECONDS = 15
MEMORY = 1024 * 1024 * 1024
MOST_PARTS = 3000
MOST_DATES = 60
"""Of one series."""
MOST_EVENTS = 300
AHEAD = timedelta(days=366)
LONGEST = timedelta(days=31)


class NotACalendar(Exception):
    """It cannot be read at all: “empty”, “too-large”, “unreadable”, “too-slow”."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Found:
    """An event to come that can be taken over."""

    uid: str
    """Its name there; with its date where it comes again."""
    title: str
    starts_at: str
    ends_at: str
    zone: str
    text: str = ""
    place: str = ""
    url: str = ""
    room_url: str = ""

    @property
    def begins(self) -> datetime:
        """When it begins."""
        return datetime.fromisoformat(self.starts_at)

    @property
    def ends(self) -> datetime:
        """When it ends."""
        return datetime.fromisoformat(self.ends_at)


@dataclass(frozen=True)
class Refused:
    """An event that cannot be taken over, and why: a word."""

    title: str
    why: str
    uid: str = ""


@dataclass
class Reading:
    """What a calendar holds."""

    name: str = ""
    found: list[Found] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    """The names of events to come that do not take place, as there is said."""

    def to_json(self) -> str:
        """To be kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Reading":
        """What was kept."""
        kept = json.loads(text)
        return cls(
            kept["name"],
            [Found(**each) for each in kept["found"]],
            [Refused(**each) for each in kept["refused"]],
            kept.get("cancelled", []),
        )


def read_apart(data: bytes, *, at: datetime, zone: str) -> Reading:
    """Read a calendar in a process of its own. ``zone`` counts the hours that name no zone. Raises
    NotACalendar.
    """
    if len(data) > LARGEST:
        raise NotACalendar("too-large")
    words = [sys.executable, "-m", __name__, at.isoformat(), zone]
    try:
        ended = subprocess.run(words, input=data, capture_output=True, timeout=SECONDS + 5)
    except subprocess.TimeoutExpired:
        raise NotACalendar("too-slow") from None
    if ended.returncode:
        # Stopped for its time or its memory.
        raise NotACalendar("too-slow")
    answer = json.loads(ended.stdout)
    if "code" in answer:
        raise NotACalendar(answer["code"])
    return Reading.from_json(ended.stdout.decode())


def read_calendar(data: bytes, *, at: datetime, zone: str) -> Reading:
    """Read a calendar. Raises NotACalendar."""
    if not data.strip():
        raise NotACalendar("empty")
    if len(data) > LARGEST:
        raise NotACalendar("too-large")
    reading = Reading()
    for found in _calendars(data):
        reading.name = reading.name or _line(found.get("name") or found.get("x-wr-calname"))
        _take_all(found, reading, at, _zone_of(found, zone))
    # Two that have one name are one: a file may hold the same calendar twice.
    once = {each.uid: each for each in reversed(reading.found)}
    reading.found = sorted(once.values(), key=lambda each: (each.starts_at, each.uid))
    return reading


def _calendars(data: bytes) -> list[Any]:
    from icalendar import Calendar, Component

    try:
        found = Component.from_ical(text_of(data), multiple=True)
    # A parser stumbles over what nobody thought of; whatever it is, this is no calendar.
    except Exception as error:
        raise NotACalendar("unreadable") from error
    # Version 1.0 is an older format of the same look (vCalendar).
    calendars = [
        each for each in found if isinstance(each, Calendar) and _line(each.get("version")) != "1.0"
    ]
    if not calendars:
        raise NotACalendar("unreadable")
    if sum(1 for each in calendars for _ in each.subcomponents) > MOST_PARTS:
        raise NotACalendar("too-large")
    return calendars


def _take_all(found: Any, reading: Reading, at: datetime, zone: str) -> None:
    series: dict[str, list[Any]] = {}
    for event in found.walk("VEVENT"):
        series.setdefault(_name_of(event), []).append(event)
    for name, events in series.items():
        title = _line(events[0].get("summary"))[:160]
        try:
            _take(found, name, events, reading, at, zone)
        except _No as no:
            reading.refused.append(Refused(title, no.why, name))
        # One event that trips the libraries costs itself, not the others.
        except Exception:
            reading.refused.append(Refused(title, "unreadable", name))


class _No(Exception):
    """An event is not taken over, for a reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _take(
    found: Any, name: str, events: list[Any], reading: Reading, at: datetime, zone: str
) -> None:
    for event in events:
        _check(event)
    dates = []
    for event, uid in _dates(found, name, events, at):
        begins, ends, in_zone = _span(event, zone)
        if ends <= at or begins > at + AHEAD:
            continue
        if _line(event.get("status")).upper() == "CANCELLED":
            reading.cancelled.append(uid)
            continue
        dates.append(_found(uid, event, begins, ends, in_zone))
        if len(dates) > MOST_DATES:
            raise _No("too-many-dates")
    if not dates and name in reading.cancelled:
        raise _No("cancelled")
    if not dates:
        raise _No("no-date-to-come")
    if len(reading.found) + len(dates) > MOST_EVENTS:
        raise _No("too-many-events")
    reading.found += dates


def _dates(found: Any, name: str, events: list[Any], at: datetime) -> Iterable[tuple[Any, str]]:
    """Each date of an event, and how it is called: its UID, with its date where it comes again."""
    comes_again = len(events) > 1 or any(
        key in events[0] for key in ("rrule", "rdate", "recurrence-id")
    )
    if not comes_again:
        return [(events[0], name)]
    # A while before: what has begun may not have ended.
    dates = dates_of(found, events, at - LONGEST, at + AHEAD)
    return ((event, f"{name}#{_stamp(original)}") for event, original in dates)


def _check(event: Any) -> None:
    from icalendar import vBroken

    if not _line(event.get("summary")):
        raise _No("no-title")
    start = event.get("dtstart")
    # What could not be read there answers every question with an exception.
    if isinstance(start, vBroken) or not isinstance(getattr(start, "dt", None), date):
        raise _No("no-beginning")
    if fault := fault_of_rule(event):
        raise _No(fault)


def _span(event: Any, zone: str) -> tuple[datetime, datetime, str]:
    """From when to when, in UTC, and the zone where its hours are counted."""
    start = event["dtstart"].dt
    begins, in_zone = _moment(start, zone)
    given = getattr(event.get("dtend"), "dt", None)
    lasts = getattr(event.get("duration"), "dt", None)
    if isinstance(given, date):
        ends = _moment(given, in_zone)[0]
    elif isinstance(lasts, timedelta):
        ends = begins + lasts
    elif isinstance(start, datetime):
        ends = begins + timedelta(hours=1)
    else:
        ends = _moment(start + timedelta(days=1), zone)[0]
    if ends <= begins:
        # Many programs write an end that is the beginning for “no end”.
        if ends < begins:
            raise _No("ends-before-it-begins")
        ends = begins + timedelta(hours=1)
    if ends - begins > LONGEST:
        raise _No("too-long")
    return begins, ends, in_zone


def _moment(given: date, zone: str) -> tuple[datetime, str]:
    if not isinstance(given, datetime):
        given = datetime.combine(given, time())
    if given.tzinfo is None:
        given = given.replace(tzinfo=ZoneInfo(zone))
        return given.astimezone(UTC), zone
    key = getattr(given.tzinfo, "key", None) or getattr(given.tzinfo, "zone", None)
    known = str(key) if key and _is_known(str(key)) else zone
    # What is written in UTC says nothing of where it is held.
    return given.astimezone(UTC), zone if known in ("UTC", "Etc/UTC") else known


def _is_known(zone: str) -> bool:
    with contextlib.suppress(KeyError, ValueError, OSError):
        return "/" in str(ZoneInfo(zone)) or zone == "UTC"
    return False


def _zone_of(found: Any, otherwise: str) -> str:
    named = _line(found.get("x-wr-timezone"))
    return named if _is_known(named) and named != "UTC" else otherwise


def _found(uid: str, event: Any, begins: datetime, ends: datetime, zone: str) -> Found:
    place, room_url = _line(event.get("location")), _address(event.get("conference"))
    if not room_url and (room_url := _address(place)):
        place = ""
    return Found(
        uid=uid,
        title=_line(event.get("summary"))[:160],
        starts_at=begins.isoformat(),
        ends_at=ends.isoformat(),
        zone=zone,
        text=_words(event.get("description"))[:20_000],
        place=place[:120],
        url=_address(event.get("url")),
        room_url=room_url,
    )


def _stamp(moment: date) -> str:
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = moment.astimezone(UTC)
    return moment.strftime("%Y%m%dT%H%M%S")


def _name_of(event: Any) -> str:
    """Its UID; for one without, or with a very long one, something that stays the same."""
    uid = _line(event.get("uid"))
    if 0 < len(uid) <= 200:
        return uid
    told = uid or f"{event.get('summary')}|{getattr(event.get('dtstart'), 'dt', '')}"
    return sha256(told.encode("utf-8", "replace")).hexdigest()


def _line(value: Any) -> str:
    from officine.lib.text import clean_line

    return clean_line(str(value[0] if isinstance(value, list) and value else value or ""))


def _words(value: Any) -> str:
    """A description as plain text; some programs write HTML."""
    from officine.lib.text import clean, words_in

    text = clean(str(value[0] if isinstance(value, list) and value else value or ""))
    return words_in(text) if re.search(r"</?(?:p|br|a|b|i|ul|li|span|div)\b[^>]*>", text) else text


def _address(value: Any) -> str:
    text = _line(value)
    return text if re.fullmatch(r"https?://[^\s<>\"]{1,480}", text) else ""


def main(arguments: list[str]) -> None:
    """Read standard input; what it holds goes to standard output."""
    import resource
    import warnings

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    try:
        reading = read_calendar(
            sys.stdin.buffer.read(), at=datetime.fromisoformat(arguments[0]), zone=arguments[1]
        )
    except NotACalendar as no:
        print(json.dumps({"code": no.code}))
        return
    sys.stdout.buffer.write(reading.to_json().encode("utf-8", "replace"))


if __name__ == "__main__":
    main(sys.argv[1:])
