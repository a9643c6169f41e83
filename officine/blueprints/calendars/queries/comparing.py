"""What a calendar from elsewhere brings: new, changed, here already, or there no more."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.lib.ical.reading import AHEAD, Found, Reading
from officine.lib.text import clean
from officine.models import Event
from officine.models.calendar import CalendarSource

FACTS = ("title", "when", "place", "room", "text")
DATE = re.compile(r"#\d{8}T\d{6}$")


@dataclass(frozen=True)
class Compared:
    """An event of a calendar, and what there is of it here: “new”, “changed”, “same”, “elsewhere”
    (here by another way), “cancelled” or “gone” (here, and not there any more).
    """

    uid: str
    found: Found | None
    event: Event | None
    state: str
    changes: tuple[str, ...] = ()
    """Of FACTS, what changed there."""
    edited: tuple[str, ...] = ()
    """Of these changes, those that would replace what was changed here."""


def compared(source: CalendarSource, at: datetime) -> tuple[list[Compared], Reading]:
    """What was read of a calendar, beside what there is of it here."""
    reading = Reading.from_json(source.found) if source.found else Reading()
    here, elsewhere = _here(source, [each.uid for each in reading.found], at)
    brought = [_compare(each, _same_as(each, here), elsewhere) for each in reading.found]
    matched = {each.event.id for each in brought if each.event}
    missing = [event for event in here.values() if event.id not in matched]
    return brought + list(_missing(missing, reading, at)), reading


def _here(
    source: CalendarSource, names: Collection[str], at: datetime
) -> tuple[dict[str, Event], set[str]]:
    """By their names there, the events that came from this calendar and are named or to come; and
    the names of those that are here by another way.
    """
    here: dict[str, Event] = {}
    elsewhere: set[str] = set()
    mine = and_(Event.source_id == source.id, Event.ends_at > at)
    for event in db.session.scalars(
        select(Event)
        .where(or_(mine, Event.source_uid.in_(names), Event.uid.in_(names)))
        .options(selectinload(Event.texts))
        .order_by(Event.starts_at, Event.id)
    ):
        if event.source_id == source.id and event.source_uid:
            here[event.source_uid] = event
        else:
            elsewhere.update((event.source_uid or "", event.uid))
    return here, elsewhere


def _same_as(found: Found, here: dict[str, Event]) -> Event | None:
    """The event here that is this one: by its name or, since what comes again has its date in its
    name, the one at this moment of what came only once before, and the other way round.
    """
    if found.uid in here:
        return here[found.uid]
    bare = DATE.sub("", found.uid)
    return next(
        (
            event
            for uid, event in here.items()
            if DATE.sub("", uid) == bare
            and (uid == bare) != (found.uid == bare)
            and event.starts_at == found.begins
        ),
        None,
    )


def _compare(found: Found, event: Event | None, elsewhere: set[str]) -> Compared:
    if event is None:
        state = "elsewhere" if found.uid in elsewhere else "new"
        return Compared(found.uid, found, None, state)
    there, now_here = said_of(found), _said_by(event)
    before = json.loads(event.source_said) if event.source_said else now_here
    changes = tuple(fact for fact in FACTS if there[fact] not in (before[fact], now_here[fact]))
    if event.state == "cancelled" or not changes:
        return Compared(found.uid, found, event, "same")
    edited = tuple(fact for fact in changes if now_here[fact] != before[fact])
    return Compared(found.uid, found, event, "changed", changes, edited)


def _missing(events: Iterable[Event], reading: Reading, at: datetime) -> Iterable[Compared]:
    """What is here, to come, and not there any more; of what could not be read nobody knows."""
    unread = {
        each.uid for each in reading.refused if each.why not in ("no-date-to-come", "cancelled")
    }
    cancelled = set(reading.cancelled)
    for event in events:
        uid = event.source_uid or ""
        if event.state == "cancelled" or event.starts_at > at + AHEAD:
            continue
        if uid in cancelled:
            yield Compared(uid, None, event, "cancelled")
        elif DATE.sub("", uid) not in unread:
            yield Compared(uid, None, event, "gone")


def said_of(found: Found) -> dict[str, Any]:
    """What a calendar says of an event, fact by fact."""
    return {
        "title": found.title,
        "when": _when(found.begins, found.ends, found.zone),
        "place": found.place,
        "room": found.room_url,
        "text": clean("\n\n".join(part for part in (found.text, found.url) if part)),
    }


def to_json(said: dict[str, Any]) -> str:
    """To be kept beside the event."""
    return json.dumps(said, ensure_ascii=False)


def _said_by(event: Event) -> dict[str, Any]:
    text = next((it for it in event.texts if it.language == event.language), None)
    return {
        "title": text.title if text else "",
        "when": _when(event.starts_at, event.ends_at, event.zone),
        "place": event.place,
        "room": event.room_url,
        "text": text.text if text else "",
    }


def _when(begins: datetime, ends: datetime, zone: str) -> list[str]:
    return [begins.astimezone(UTC).isoformat(), ends.astimezone(UTC).isoformat(), zone]
