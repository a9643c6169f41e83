"""An event as one reader’s calendar shows it: in their language, with what is theirs to know."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from officine.core.context import public_url
from officine.core.db import db
from officine.core.words import country_name
from officine.lib.ical.writing import Entry, Person
from officine.lib.markdown import plain
from officine.models import Event, EventText, Group, Registration
from officine.models.group import known_to
from officine.models.translation import best_text

ALARMS = (timedelta(hours=1),)


def group_names(events: Collection[Event], looking: Any) -> dict[int, str]:
    """What the groups that hold these events are called, of those they may know of."""
    wanted = {event.group_id for event in events if event.group_id}
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Group.id, Group.name).where(Group.id.in_(wanted), known_to(looking))
    )
    return {row.id: row.name for row in rows}


def entry_of(
    event: Event,
    registration: Registration | None,
    looking: Any,
    languages: Sequence[str],
    *,
    groups: dict[int, str],
    stamp: datetime | None = None,
    organiser: Person | None = None,
    invited: Person | None = None,
    answer: str = "NEEDS-ACTION",
    reminds: bool = False,
) -> Entry:
    """An event for whoever is ``looking``, who reads these languages, the dearest first.

    ``registration`` is what they said about it. A message has the ``stamp`` of its writing; in a
    calendar each is as old as its last change (RFC 5545, 3.8.7.2), so that a calendar that did
    not change reads the same each time.
    """
    text = best_text(event, languages)
    title = text.title if text else _("Event")
    room_url = _room(event, registration, looking)
    changed_at = max(
        event.changed_at, registration.changed_at if registration else event.changed_at
    )
    return Entry(
        uid=event.uid,
        sequence=event.sequence,
        stamp=stamp or changed_at,
        changed_at=changed_at,
        published_at=event.published_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        status=_status(event, registration),
        title=title,
        language=text.language if text else event.language,
        text=_words(event, text, room_url),
        place=_place(event, room_url),
        url=public_url("events.show", slug=event.slug),
        room_url=room_url,
        room_name=title if room_url else "",
        categories=tuple(filter(None, (groups.get(event.group_id or 0),))),
        organiser=organiser,
        invited=invited,
        answer=answer,
        alarms=ALARMS if reminds else (),
    )


def _room(event: Event, registration: Registration | None, looking: Any) -> str:
    """The online room: for those who go, who organise it, and the desk."""
    goes = registration is not None and registration.reply == "going"
    organises = looking.is_member and any(it.member_id == looking.id for it in event.organisers)
    is_held = event.state != "cancelled"
    return event.room_url if is_held and (goes or organises or looking.is_staff) else ""


def _status(event: Event, registration: Registration | None) -> str:
    if event.state == "cancelled":
        return "CANCELLED"
    if event.postponed_at is not None or event.state != "published":
        return "TENTATIVE"
    if registration is not None and registration.reply != "going":
        return "TENTATIVE"
    return "CONFIRMED"


def _words(event: Event, text: EventText | None, room_url: str) -> str:
    """What is read below the title: what changed first, where it happens online last."""
    parts = []
    if event.state == "cancelled":
        parts.append(_("Cancelled: %(reason)s", reason=_last_reason(event, "cancelled")))
    elif event.postponed_at is not None:
        parts.append(_("Postponed, a new date will follow: %(reason)s",
                       reason=_last_reason(event, "postponed")))  # fmt: skip
    if text:
        parts += [text.summary, plain(text.text), text.price]
    if room_url:
        parts.append(_("Online room: %(url)s", url=room_url))
    parts.append(public_url("events.show", slug=event.slug))
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _last_reason(event: Event, kind: str) -> str:
    return next((it.reason for it in reversed(event.changes) if it.kind == kind), "")


def _place(event: Event, room_url: str) -> str:
    """Where to go; where there is only a room, its address, which programs make a link of."""
    if event.is_in_person:
        parts = (event.place, event.address, event.town, country_name(event.country))
        return ", ".join(part for part in parts if part)
    return room_url or (_("Online") if event.is_online else "")
