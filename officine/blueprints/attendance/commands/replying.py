"""Going, maybe, no."""

from collections.abc import Mapping
from datetime import datetime

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.commands.errors import NotTaking, TooManyGuests, WasRefused
from officine.blueprints.attendance.commands.rows import (
    keep_answers,
    new_registration,
    set_reply,
)
from officine.blueprints.attendance.commands.waiting import lapse, offer_seats, seat_or_list
from officine.core.db import db
from officine.core.locks import lock_row
from officine.lib.text import clean_line
from officine.models import Event, Member, Registration
from officine.models.registration import SEATED


def reply(
    event: Event,
    wish: str,
    *,
    by: Member,
    at: datetime,
    guests: int | None = None,
    guest_names: str | None = None,
    answers: Mapping[int, str] | None = None,
) -> Registration:
    """A member says “going”, “maybe” or “no”. What they do not mention (None) stays as it was.

    Going means a seat, a place in the waiting list, or a request to the organisers: the
    registration says which. Raises NotTaking, WasRefused, TooManyGuests, NoSeatsForGuests.
    """
    lock_row(event)
    registration = queries.registration_of(event, by)
    if registration is None:
        registration = new_registration(
            event, member_id=by.id, language=by.interface_language, at=at
        )
    else:
        db.session.refresh(registration)
    change(event, registration, wish, at, guests, guest_names, answers)
    return registration


def change_reply(
    registration: Registration,
    wish: str,
    *,
    at: datetime,
    guests: int | None = None,
    guest_names: str | None = None,
    answers: Mapping[int, str] | None = None,
) -> None:
    """The same for whoever is registered already, also without an account."""
    event = registration.event
    lock_row(event)
    db.session.refresh(registration)
    change(event, registration, wish, at, guests, guest_names, answers)


def leave_all(member: Member, *, at: datetime) -> None:
    """A member leaves: their seats at events to come are free for others."""
    for registration in queries.upcoming_of(member, at):
        if registration.reply not in ("no", "refused"):
            change_reply(registration, "no", at=at)


def change(
    event: Event,
    registration: Registration,
    wish: str,
    at: datetime,
    guests: int | None,
    guest_names: str | None,
    answers: Mapping[int, str] | None,
) -> None:
    """Do what they wish, while the row of the event is held."""
    if registration.reply == "offered" and (registration.offer_ends_at or at) <= at:
        lapse(event, registration, at)
        offer_seats(event, at)
    if wish == "going":
        _go(event, registration, registration.guests if guests is None else guests, at)
    else:
        _stay_away(event, registration, wish, at)
    if guest_names is not None:
        registration.guest_names = clean_line(guest_names)
    db.session.flush()
    keep_answers(registration, answers)


def check_party(event: Event, registration: Registration, guests: int) -> None:
    """Nobody brings more people than one may, or than fit in."""
    most = event.most_guests
    if event.capacity is not None:
        most = min(most, max(event.capacity - 1, 0))
    if guests < 0 or guests > max(most, registration.guests):
        raise TooManyGuests(most)


def _go(event: Event, registration: Registration, guests: int, at: datetime) -> None:
    was = registration.reply
    if was == "refused":
        raise WasRefused
    if was not in SEATED and not event.takes_registrations(at):
        raise NotTaking
    check_party(event, registration, guests)
    is_let_in = registration.invited_by_id is not None or was in (*SEATED, "waiting")
    if event.needs_approval and not is_let_in:
        registration.guests = guests
        set_reply(registration, "asked", at)
        return
    seat_or_list(event, registration, 1 + guests, at)
    offer_seats(event, at)


def _stay_away(event: Event, registration: Registration, wish: str, at: datetime) -> None:
    if wish == "maybe" and not event.takes_registrations(at):
        raise NotTaking
    if registration.reply == "refused":
        raise WasRefused
    if registration.reply in SEATED:
        event.seats_taken -= registration.seats
    set_reply(registration, wish, at)
    offer_seats(event, at)
