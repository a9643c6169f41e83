"""Seats and the waiting list.

How the list is fair: seats go to whoever waits longest, and to nobody behind them. A party that
is larger than what is free keeps the seats waiting rather than let smaller ones pass: whoever
comes with four would otherwise wait for ever while single seats go by, and nobody could tell from
their place when their turn comes. They see how many seats are free, and can take them by bringing
fewer people. For the same reason who comes anew waits where others wait, even beside free seats.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.commands.errors import NoSeatsForGuests
from officine.blueprints.attendance.commands.rows import set_reply
from officine.blueprints.attendance.events import OfferLapsed, OfferMade
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.models import Event, Registration
from officine.models.registration import SEATED

AN_INSTANT = timedelta(microseconds=1)


def see_to_the_list(event: Event, *, at: datetime) -> None:
    """Let offers lapse whose time is over, and ask the next ones."""
    lock_row(event)
    lapsed = select(Registration).where(
        Registration.event_id == event.id,
        Registration.reply == "offered",
        Registration.offer_ends_at <= at,
    )
    for registration in db.session.scalars(lapsed.execution_options(populate_existing=True)):
        lapse(event, registration, at)
    late = update(Registration).where(
        Registration.event_id == event.id,
        Registration.reply == "offered",
        Registration.offer_ends_at > event.starts_at,
    )
    db.session.execute(late.values(offer_ends_at=event.starts_at))
    offer_seats(event, at)


def seat_or_list(event: Event, registration: Registration, party: int, at: datetime) -> None:
    """A seat for each, or a place in the list. Who sits already brings more people only where
    nobody waits for those seats.
    """
    held = registration.seats if registration.reply in SEATED else 0
    fits = event.capacity is None or event.seats_taken - held + party <= event.capacity
    is_free = fits and not _somebody_is_before(event, registration)
    if held and party > held and not is_free:
        free = 0 if _somebody_is_before(event, registration) else event.seats_left or 0
        raise NoSeatsForGuests(held - 1 + free)
    if held or is_free:
        event.seats_taken += party - held
        registration.guests = party - 1
        set_reply(registration, "going", at)
    else:
        registration.guests = party - 1
        registration.waiting_since = registration.waiting_since or _end_of_list(event, at)
        set_reply(registration, "waiting", at)


def offer_seats(event: Event, at: datetime) -> None:
    """Ask the first in the list, and those after them, while there are seats for them. An offer
    never stands longer than until the event begins.
    """
    db.session.flush()
    if event.state != "published" or event.postponed_at is not None or at >= event.starts_at:
        return
    waiting = queries.waiting_list(event).execution_options(populate_existing=True)
    for registration in db.session.scalars(waiting):
        left = event.seats_left
        if left is not None and registration.seats > left:
            return
        event.seats_taken += registration.seats
        ends_at = min(at + timedelta(hours=event.offer_hours), event.starts_at)
        registration.reply, registration.offer_ends_at = "offered", ends_at
        registration.version += 1
        registration.changed_at = at
        record(OfferMade(registration.id, registration.version))
    db.session.flush()


def lapse(event: Event, registration: Registration, at: datetime) -> None:
    """An offer was not taken in time."""
    event.seats_taken -= registration.seats
    set_reply(registration, "no", at, told=False)
    record(OfferLapsed(registration.id, registration.version))


def _somebody_is_before(event: Event, registration: Registration) -> bool:
    """Whether somebody waits, who is not behind this one."""
    db.session.flush()
    first = db.session.scalar(
        queries.waiting_list(event).where(Registration.id != registration.id).limit(1)
    )
    if first is None or first.waiting_since is None:
        return False
    if registration.reply != "waiting" or registration.waiting_since is None:
        return True
    mine = (registration.waiting_since, registration.id)
    return (first.waiting_since, first.id) < mine


def _end_of_list(event: Event, at: datetime) -> datetime:
    """Behind all who wait, or have an offer: also behind whoever came in the same instant, or by a
    clock that is ahead of ours.
    """
    last = db.session.scalar(
        select(func.max(Registration.waiting_since)).where(Registration.event_id == event.id)
    )
    return at if last is None or last < at else last + AN_INSTANT
