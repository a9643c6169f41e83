"""Who was there with somebody, and whom they met.

What one says alone is told to nobody else: a tick of another’s is only ever asked for together
with one’s own, and no order, count or address depends on it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.models import Event, EventText, Feedback, Member, Organiser, Registration
from officine.models.event import visible_to
from officine.models.follow_up import has_ticked, have_met, organisers_there, was_there
from officine.models.sanction import is_here
from officine.models.translation import best_text


@dataclass(frozen=True, slots=True)
class Presence:
    """That somebody was at an event."""

    registration_id: int | None
    """None where they were there because they organise it."""
    has_said_how: bool
    """Whether they have given feedback."""


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody else who was there, as the viewer sees them."""

    handle: str
    name: str
    photo: str | None
    is_supplier: bool
    line: str
    is_ticked: bool
    """Whether the viewer says that they met."""
    is_met: bool
    """Whether both say so."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event at which two people met, and both say so."""

    slug: str
    title: str
    language: str
    starts_at: datetime
    zone: str


def find_event(slug: str, viewer: Any) -> Event | None:
    """The event at an address, if the viewer may see it."""
    return db.session.scalar(
        select(Event).where(Event.slug == slug, Event.published_at.is_not(None), visible_to(viewer))
    )


def presence(viewer: Any, event: Event, at: datetime) -> Presence | None:
    """How the viewer was at an event that has begun; None for who was not there."""
    if not viewer.is_member or event.starts_at > at:
        return None
    row = db.session.execute(
        select(Registration.id, Feedback.at)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Feedback, Feedback.registration_id == Registration.id)
        .where(Event.id == event.id, Registration.member_id == viewer.id, was_there())
    ).one_or_none()
    if row is not None:
        return Presence(row[0], row[1] is not None)
    organised = organisers_there(event.id).where(Organiser.member_id == viewer.id)
    return Presence(None, False) if db.session.scalar(organised) is not None else None


def companions(viewer: Any, event: Event, words: str = "") -> list[Companion]:
    """The other members who were there, by name; with ``words``, those whose name, role or
    company has them. Only for who was there.
    """
    rows = db.session.execute(
        select(
            Member,
            has_ticked(event.id, viewer.id, Member.id).label("ticked"),
            have_met(event.id, viewer.id, Member.id).label("met"),
        )
        .where(Member.id != viewer.id, is_here(), _were_at(event))
        .options(selectinload(Member.company))
    ).all()
    found = [_companion(member, viewer, ticked, met) for member, ticked, met in rows]
    wanted = _plain(words).split()
    if wanted:
        found = [
            each for each in found
            if all(word in _plain(f"{each.name} {each.line}") for word in wanted)
        ]  # fmt: skip
    return sorted(found, key=lambda each: (_plain(each.name), each.handle))


def find_companion(handle: str, event: Event, viewer: Any) -> Member | None:
    """Another member who was there, by their @name."""
    return db.session.scalar(
        select(Member).where(
            Member.handle == handle, Member.id != viewer.id, is_here(), _were_at(event)
        )
    )


def companion(member: Member, event: Event, viewer: Any) -> Companion:
    """One of them, as the viewer sees them now."""
    ticked, met = db.session.execute(
        select(has_ticked(event.id, viewer.id, member.id), have_met(event.id, viewer.id, member.id))
    ).one()
    return _companion(member, viewer, ticked, met)


def where_they_met(viewer: Any, member: Member, languages: Sequence[str]) -> list[Meeting]:
    """At which events the viewer and another met, newest first: of those the viewer may see."""
    if not viewer.is_member or viewer.id == member.id:
        return []
    events = db.session.scalars(
        select(Event)
        .where(have_met(Event.id, viewer.id, member.id), visible_to(viewer))
        .options(selectinload(Event.texts).load_only(EventText.title))
        .order_by(Event.starts_at.desc(), Event.id)
    )
    return [
        Meeting(each.slug, text.title, text.language, each.starts_at, each.zone)
        for each in events
        if (text := best_text(each, languages)) is not None
    ]


def who_met(event_id: int, one_id: int, other_id: int) -> tuple[Member, Member] | None:
    """The two of them, if both say that they met and both are still here."""
    found = db.session.scalars(
        select(Member).where(
            Member.id.in_((one_id, other_id)), is_here(), have_met(event_id, one_id, other_id)
        )
    ).all()
    return (found[0], found[1]) if len(found) == 2 else None


def _were_at(event: Event) -> ColumnElement[bool]:
    """The members who were at an event. A condition on Member."""
    came = (
        select(Registration.member_id)
        .join(Event, Event.id == Registration.event_id)
        .where(Event.id == event.id, Registration.member_id.is_not(None), was_there())
    )
    return or_(Member.id.in_(came), Member.id.in_(organisers_there(event.id)))


def _companion(member: Member, viewer: Any, ticked: bool, met: bool) -> Companion:
    role = member.job if member.shows("job", viewer) else ""
    firm = member.firm if member.shows("company", viewer) else ""
    return Companion(
        handle=member.handle,
        name=member.name,
        photo=member.photo_url(96) if member.shows("photo", viewer) else None,
        is_supplier=member.is_supplier,
        line=", ".join(filter(None, (role, firm))),
        is_ticked=bool(ticked),
        is_met=bool(met),
    )


def _plain(text: str) -> str:
    """A text as people look for it: without accents, in small letters."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
