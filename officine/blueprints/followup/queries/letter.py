"""When the letter after an event is due, to whom it goes, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.models import Event, FollowUp, FollowUpText, Registration
from officine.models.follow_up import took_place, was_there

MORNING = time(9)
REST = timedelta(hours=6)
"""At least so long after the end: who comes home at night has slept."""
TOO_LATE = timedelta(days=4)
"""A letter about last week would be a surprise: what was missed stays unsent."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """What the letter after an event waits for, as its organisers see it."""

    at: datetime
    sent: FollowUp | None


def morning_after(event: Event) -> datetime:
    """The first nine o’clock where the event is held, six hours or more after its end."""
    rested = (event.ends_at + REST).astimezone(event.timezone)
    day = rested.date() if rested.time() <= MORNING else rested.date() + A_DAY
    return datetime.combine(day, MORNING, event.timezone)


def due_events(at: datetime) -> list[Event]:
    """The events whose morning has come, and whose letter nobody has handed over yet."""
    unsent = ~exists().where(FollowUp.event_id == Event.id)
    ended = (Event.ends_at <= at - REST) & (Event.ends_at > at - TOO_LATE)
    found = db.session.scalars(select(Event).where(took_place(), ended, unsent).order_by(Event.id))
    return [event for event in found if morning_after(event) <= at]


def follow_up_of(event: Event) -> Due:
    """Whether the letter has gone, or when it goes."""
    return Due(morning_after(event), db.session.get(FollowUp, event.id))


def organisers_words(event_id: int) -> dict[str, str]:
    """What the organisers wrote for the letter, by language."""
    found = select(FollowUpText).where(FollowUpText.event_id == event_id)
    return {each.language: each.text for each in db.session.scalars(found)}


def how_many_were_there(event: Event) -> int:
    """How many registrations are of people who were there."""
    there = select(func.count(Registration.id)).join(Event, Event.id == Registration.event_id)
    return db.session.scalar(there.where(Event.id == event.id, was_there())) or 0


def people_to_write_to(event_id: int, after: int, most: int) -> Sequence[Registration]:
    """Who was there, from a registration on."""
    return db.session.scalars(
        select(Registration)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.event_id == event_id, Registration.id > after, was_there())
        .options(selectinload(Registration.member))
        .order_by(Registration.id)
        .limit(most)
    ).all()
