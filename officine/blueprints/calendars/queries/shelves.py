"""Which events stand in a calendar: those that whoever looks may see, and no other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.models import Event, EventText, Group, Organiser, Registration
from officine.models.event import visible_to
from officine.models.group import known_to

BACK = timedelta(days=92)
"""How long what is over stays in a calendar."""
MOST = 500
TAKES_PART = ("asked", "going", "maybe", "waiting", "offered")


@dataclass(frozen=True)
class Listed:
    """An event in a calendar, and what its reader said about it."""

    event: Event
    registration: Registration | None


def find_event(slug: str, looking: Any) -> Listed | None:
    """One event, if they may see it."""
    found = _listed(looking, Event.slug == slug, limit=1)
    return found[0] if found else None


def find_group(slug: str, looking: Any) -> Group | None:
    """The group whose calendar somebody wants, if they may know that there is such a group."""
    return db.session.scalar(
        select(Group).where(Group.slug == slug, known_to(looking), Group.opened_at.is_not(None))
    )


def shelf(
    looking: Any, at: datetime, *, spoken: str | None = None, group: Group | None = None
) -> list[Listed]:
    """The published events of late and to come: all, a group’s, or those in a language."""
    conditions = [Event.published_at.is_not(None), Event.ends_at > at - BACK]
    if spoken:
        conditions.append(Event.spoken.has_code(spoken))
    if group:
        conditions.append(Event.group_id == group.id)
    return _listed(looking, *conditions)


def my_calendar(member: Any, at: datetime) -> list[Listed]:
    """What a member takes part in, asked or wait for, and what they organise."""
    mine = select(Registration.event_id).where(
        Registration.member_id == member.id, Registration.reply.in_(TAKES_PART)
    )
    organised = select(Organiser.event_id).where(Organiser.member_id == member.id)
    return _listed(
        member,
        Event.published_at.is_not(None),
        Event.ends_at > at - BACK,
        Event.id.in_(mine) | Event.id.in_(organised),
    )


def fingerprint(listed: Sequence[Listed], *more: object) -> str:
    """What changes whenever a calendar would say something else: asking costs less than writing
    the calendar.
    """
    said = [more]
    for each in listed:
        event, mine = each.event, each.registration
        texts = sorted((text.language, text.version, text.changed_at) for text in event.texts)
        said.append((event.id, event.version, event.sequence, event.changed_at, texts))
        said.append((mine.reply, mine.version) if mine else ())
    return sha256(repr(said).encode()).hexdigest()[:32]


def _listed(looking: Any, *conditions: ColumnElement[bool], limit: int = MOST) -> list[Listed]:
    said = Registration.member_id == looking.id if looking.is_member else false()
    rows = db.session.execute(
        select(Event, Registration)
        .outerjoin(Registration, (Registration.event_id == Event.id) & said)
        .where(visible_to(looking), *conditions)
        .options(
            selectinload(Event.texts).load_only(
                EventText.title,
                EventText.summary,
                EventText.text,
                EventText.price,
                EventText.version,
                EventText.changed_at,
            ),
            selectinload(Event.organisers),
            selectinload(Event.changes),
        )
        # Newest first, so that those to come are in it however many there were.
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(limit)
    ).all()
    return [Listed(event, registration) for event, registration in reversed(rows)]
