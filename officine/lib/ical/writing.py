"""Writing calendars that any program reads: moments in the zone where they are counted, with that
zone’s rules beside them, names that last, and numbers that rise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Conference,
    Event,
    Timezone,
    vCalAddress,
    vDatetime,
    vDDDLists,
    vDuration,
    vText,
    vUri,
)

PRODUCT = "-//Officine//Officine//"
IN_ADDRESSES = "@+.-_!$'*~"
"""What stands in a mailto: address as it is (RFC 6068)."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who organises, or who is invited."""

    email: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An event as one reader’s calendar shows it."""

    uid: str
    sequence: int
    stamp: datetime
    """When this was said of it: which of two sayings is newer."""
    changed_at: datetime
    published_at: datetime | None = None
    starts_at: datetime
    ends_at: datetime
    zone: str
    status: str = "CONFIRMED"
    """CONFIRMED, TENTATIVE or CANCELLED."""
    title: str
    language: str
    text: str = ""
    place: str = ""
    url: str = ""
    room_url: str = ""
    """The online room: only for those who go."""
    room_name: str = ""
    categories: tuple[str, ...] = ()
    organiser: Person | None = None
    invited: Person | None = None
    answer: str = "NEEDS-ACTION"
    """What the invited person has said, as PARTSTAT says it."""
    is_answer_awaited: bool = False
    alarms: tuple[timedelta, ...] = ()
    """How long before it begins to remind of it."""


def calendar(
    entries: Iterable[Entry],
    *,
    name: str,
    language: str,
    text: str = "",
    source: str = "",
    url: str = "",
    color: str | None = None,
    refresh: timedelta | None = None,
) -> bytes:
    """A calendar to subscribe to, or to take over. ``source`` is its own address (RFC 7986)."""
    made = _empty(entries := list(entries), language)
    made.add("name", vText(name), {"LANGUAGE": language})
    # What programs read that do not know RFC 7986, Google’s and Apple’s among them.
    made.add("x-wr-calname", vText(name))
    if text:
        made.add("description", vText(text), {"LANGUAGE": language})
        made.add("x-wr-caldesc", vText(text))
    if url:
        made.add("url", url)
    if source:
        made.add("source", vUri(source), {"VALUE": "URI"})
    if color:
        made.color = color
    if refresh:
        made.refresh_interval = refresh
        made.add("x-published-ttl", vDuration(refresh))
    return made.to_ical()


def message(entries: list[Entry], method: str) -> bytes:
    """What is said of an event to one person (RFC 5546): REQUEST, CANCEL, PUBLISH; only the last
    can be of several.
    """
    made = _empty(entries, entries[0].language)
    made.method = method
    return made.to_ical()


def _empty(entries: list[Entry], language: str) -> Calendar:
    """A calendar with these entries, and the rules of their zones."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"{PRODUCT}{language.upper()}")
    made.add("calscale", "GREGORIAN")
    for zone, first, last in _zones(entries):
        made.add_component(_rules_of(zone, first, last))
    for entry in entries:
        made.add_component(_event(entry))
    return made


def _zones(entries: list[Entry]) -> list[tuple[str, int, int]]:
    """Each zone that is needed, with its first and last year."""
    years: dict[str, list[int]] = {}
    for entry in entries:
        if not _is_utc(entry.zone):
            years.setdefault(entry.zone, []).extend((entry.starts_at.year, entry.ends_at.year))
    return [(zone, min(each), max(each)) for zone, each in sorted(years.items())]


@lru_cache(maxsize=200)
def _rules_of(zone: str, first_year: int, last_year: int) -> Timezone:
    # A year on either side: an event of New Year’s Eve, and programs that look ahead.
    rules = Timezone.from_tzinfo(
        ZoneInfo(zone), zone, date(first_year - 1, 1, 1), date(last_year + 2, 1, 1)
    )
    rules.pop("comment", None)
    for change in rules.subcomponents:
        _count_from_before(change)
    return rules


def _count_from_before(change: Any) -> None:
    """A change of the clocks is said in the time it ends (RFC 5545, 3.6.5); the library says those
    of spring in the time they begin.
    """
    gained = change["tzoffsetto"].td - change["tzoffsetfrom"].td
    if gained <= timedelta(0):
        return
    change["dtstart"] = vDatetime(change["dtstart"].dt - gained)
    if "rdate" in change:
        change["rdate"] = vDDDLists([each.dt - gained for each in change["rdate"].dts])


def _event(entry: Entry) -> Event:
    made = Event()
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    made.add("dtstamp", entry.stamp)
    made.add("dtstart", _local(entry.starts_at, entry.zone))
    made.add("dtend", _local(entry.ends_at, entry.zone))
    made.add("status", entry.status)
    made.add("summary", vText(entry.title), {"LANGUAGE": entry.language})
    if entry.text:
        made.add("description", vText(entry.text), {"LANGUAGE": entry.language})
    if entry.place:
        made.add("location", entry.place)
    if entry.url:
        made.add("url", entry.url)
    if entry.categories:
        made.add("categories", list(entry.categories))
    if entry.published_at:
        made.add("created", entry.published_at)
    made.add("last-modified", entry.changed_at)
    made.add("transp", "TRANSPARENT" if entry.status == "CANCELLED" else "OPAQUE")
    if entry.organiser:
        made.add("organizer", _address(entry.organiser))
    if entry.invited:
        made.add("attendee", _invited(entry.invited, entry))
    if entry.room_url:
        room = Conference(entry.room_url, feature=["VIDEO", "AUDIO"], label=entry.room_name or None)
        made.add("conference", room.to_uri())
    for before in () if entry.status == "CANCELLED" else entry.alarms:
        made.add_component(_alarm(before, entry.title))
    return made


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo("UTC" if _is_utc(zone) else zone))


def _is_utc(zone: str) -> bool:
    return zone in ("UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu", "Etc/UCT")


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{quote(person.email, safe=IN_ADDRESSES)}")
    if person.name:
        address.params["CN"] = vText(person.name)
    return address


def _invited(person: Person, entry: Entry) -> vCalAddress:
    address = _address(person)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText(entry.answer)
    address.params["RSVP"] = vText("TRUE" if entry.is_answer_awaited else "FALSE")
    return address


def _alarm(before: timedelta, title: str) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", title)
    made.add("trigger", -before)
    return made
