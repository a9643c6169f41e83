"""What an event is and says: a draft, its facts, its texts."""

from datetime import datetime, timedelta
from typing import Any, Required, TypedDict, Unpack
from uuid import uuid4

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands.errors import (
    EditedMeanwhile,
    FewerSeatsThanTaken,
    NotNow,
    OriginalFirst,
)
from officine.blueprints.planning.commands.files import give_up_all
from officine.blueprints.planning.events import EventChanged, EventWithdrawn
from officine.core import audit
from officine.core.db import db
from officine.core.locks import lock_id, lock_row
from officine.core.outbox import record
from officine.lib.articles import render_article
from officine.lib.slugs import slugify
from officine.lib.text import clean, clean_line
from officine.models import Member
from officine.models.case import close_cases
from officine.models.event import Event, EventText, Organiser
from officine.models.old_address import free_address

RESERVED_SLUGS = frozenset(
    {"new", "mine", "past", "feed", "feeds", "calendar", "calendars", "import", "registrations"}
)


class When(TypedDict):
    """From when to when, by the clock of which place."""

    starts_at: datetime
    ends_at: datetime
    zone: str


class Where(TypedDict, total=False):
    """A place to go to, a room online, or both."""

    place: str
    address: str
    town: str
    country: str
    is_online: bool
    room_url: str


class Terms(TypedDict, total=False):
    """Who may come, and how."""

    spoken: Required[tuple[str, ...]]
    audience: str
    group_id: int | None
    is_free: bool
    capacity: int | None
    closes_at: datetime | None
    needs_approval: bool
    most_guests: int
    takes_outsiders: bool
    offer_hours: int


class Words(TypedDict, total=False):
    """What is read of it in one language."""

    title: Required[str]
    summary: str
    text: str
    price: str
    translator: str


def draft_event(
    *, by: Member, at: datetime, language: str, words: Words, when: When, where: Where, terms: Terms
) -> Event:
    """An event that only its organisers and the desk see; who makes it is its first organiser."""
    event = Event(
        uid=str(uuid4()),
        slug=free_slug(words["title"]),
        language=language,
        created_by=by,
        created_at=at,
        changed_at=at,
        seats_taken=0,
        **when,
    )
    say_where(event, where)
    _set_terms(event, terms)
    event.organisers.append(Organiser(member=by))
    text = EventText(language=language, title="", changed_at=at, by_id=by.id)
    _say(text, words)
    event.texts.append(text)
    db.session.add(event)
    db.session.flush()
    record(EventChanged(event.id))
    return event


def change_facts(
    event: Event,
    *,
    by: Member,
    at: datetime,
    seen: int,
    when: When | None = None,
    where: Where | None = None,
    **terms: Unpack[Terms],
) -> None:
    """Change what an event is. ``seen`` is the version that the organiser knew: EditedMeanwhile if
    there is another. Time and place of a published one change by `move_event`: NotNow. Raises
    FewerSeatsThanTaken.
    """
    begin(event, seen)
    if event.is_shown and (when is not None or where is not None):
        raise NotNow(event.state)
    capacity = terms.get("capacity")
    if capacity is not None and capacity < event.seats_taken:
        raise FewerSeatsThanTaken(event.seats_taken)
    if when is not None:
        move_programme(event, when["starts_at"] - event.starts_at)
        event.starts_at, event.ends_at, event.zone = (
            when["starts_at"], when["ends_at"], when["zone"],
        )  # fmt: skip
    if where is not None:
        say_where(event, where)
    _set_terms(event, terms)
    finish(event, by, at, "event.change")


def save_text(
    event: Event,
    language: str,
    *,
    by: Member,
    at: datetime,
    seen: int,
    large: bool = False,
    **words: Unpack[Words],
) -> EventText:
    """Write the original, or a translation of the original as it is now. A large change of the
    original makes all translations out of date, in this transaction; a small one none. ``seen``
    is the version of the text that its writer knew, 0 where there was none: EditedMeanwhile.
    """
    lock_row(event)
    is_original = language == event.language
    if not is_original and queries.text_in(event, event.language) is None:
        raise OriginalFirst
    kept = lock_id(EventText, (event.id, language))
    if (kept.version if kept else 0) != seen:
        raise EditedMeanwhile
    if kept is None:
        kept = EventText(language=language, title="", version=0, changed_at=at, by_id=by.id)
        event.texts.append(kept)
    if is_original and large and kept.version:
        event.revision += 1
    was = kept.title
    _say(kept, words)
    kept.version += 1
    kept.changed_at, kept.by_id, kept.based_on = at, by.id, event.revision
    if is_original and not event.is_shown and was != kept.title:
        event.slug = free_slug(kept.title, event.id)
    if event.is_shown:
        # Calendars show title and text.
        event.sequence += 1
    finish(event, by, at, "event.text", language=language, revision=event.revision)
    return kept


def discard_event(event: Event, *, by: Member, at: datetime) -> None:
    """Throw away what was never published."""
    lock_row(event)
    if event.is_shown:
        raise NotNow(event.state)
    close_cases("event", event.id, at=at)
    audit_note(event, by, "event.discard")
    give_up_all(event)
    record(EventWithdrawn(event.id))
    db.session.delete(event)
    db.session.flush()


def begin(event: Event, seen: int) -> None:
    """Hold the event; EditedMeanwhile if it is not the version that was seen."""
    lock_row(event)
    if event.version != seen:
        raise EditedMeanwhile


def finish(event: Event, by: Member, at: datetime, act: str, **about: Any) -> None:
    """Let everybody know that the event is another version now."""
    event.version += 1
    event.changed_at = at
    db.session.flush()
    audit_note(event, by, act, **about)
    record(EventChanged(event.id))


def audit_note(event: Event, by: Member, act: str, **about: Any) -> None:
    """Write down what staff did; members are free to change what is theirs."""
    if by.is_staff:
        audit.note(act, by, event=event.id, **about)


def move_programme(event: Event, later: timedelta) -> None:
    """Let each part of the programme take place so much later, with the event."""
    for session in event.sessions:
        session.starts_at, session.ends_at = session.starts_at + later, session.ends_at + later


def say_where(event: Event, where: Where) -> None:
    """Put down the place and the room."""
    event.place = clean_line(where.get("place", ""))
    event.address = clean_line(where.get("address", ""))
    event.town = clean_line(where.get("town", ""))
    event.country = where.get("country", "")
    event.is_online = where.get("is_online", False)
    event.room_url = where.get("room_url", "") if event.is_online else ""


def _set_terms(event: Event, terms: Terms) -> None:
    for name, value in terms.items():
        setattr(event, name, value)


def _say(text: EventText, words: Words) -> None:
    text.title = clean_line(words["title"])[:160]
    text.summary = clean_line(words.get("summary", ""))[:300]
    text.text = clean(words.get("text", ""))
    text.html = render_article(text.text) if text.text else ""
    text.price = clean_line(words.get("price", ""))[:240]
    text.translator = clean_line(words.get("translator", ""))[:120]


def free_slug(title: str, owner_id: int = 0) -> str:
    """An address that no other event has."""
    wanted = slugify(title, fallback="event")
    return free_address("event", Event.slug, wanted, owner_id=owner_id, reserved=RESERVED_SLUGS)
