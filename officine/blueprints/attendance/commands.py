"""Replies, seats and the waiting list.

All that touches the seats of an event happens while its row is held, so that they are given out
one after the other; what still went wrong, the database refuses (``never_overfull``).

How the list is fair: seats go to whoever waits longest, and to nobody behind them. A party that
is larger than what is free keeps the seats waiting rather than let smaller ones pass: whoever
comes with four would otherwise wait for ever while single seats go by, and nobody could tell from
their place when their turn comes. They see how many seats are free, and can take them by bringing
fewer people. For the same reason who comes anew waits where others wait, even beside free seats.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.events import (
    AddressIsMembers,
    AddressToProve,
    InvitedToEvent,
    OfferLapsed,
    OfferMade,
    Registered,
)
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.text import clean, clean_line
from officine.models import Event, Member, Registration, RegistrationAnswer
from officine.models.registration import SEATED

CODE_BYTES = 18
AN_INSTANT = timedelta(microseconds=1)


class NotTaking(Exception):
    """The event takes no registrations (any more)."""


class WasRefused(Exception):
    """The organisers said no."""


class TooManyGuests(Exception):
    """One may bring ``most`` people here."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most} guests")
        self.most = most


class NoSeatsForGuests(Exception):
    """There are not as many more seats: ``left`` are free for guests of theirs."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} seats left")
        self.left = left


class AlreadyThere(Exception):
    """They have replied, or were invited, already."""


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
        registration = _new(event, member_id=by.id, language=by.interface_language, at=at)
    else:
        db.session.refresh(registration)
    _change(event, registration, wish, at, guests, guest_names, answers)
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
    _change(event, registration, wish, at, guests, guest_names, answers)


def ask_by_mail(
    event: Event,
    *,
    name: str,
    email: str,
    language: str,
    at: datetime,
    guests: int = 0,
    guest_names: str = "",
    answers: Mapping[int, str] | None = None,
) -> None:
    """Somebody without an account wants to come. They hold nothing before the letter that follows
    has proved that the address is theirs; who is registered already gets their link again, and
    nobody but the owner of the mailbox learns which it was.
    """
    lock_row(event)
    member_id = db.session.scalar(
        select(Member.id).where(Member.email == email, Member.left_at.is_(None))
    )
    if member_id is not None:
        record(AddressIsMembers(event.id, member_id, at.isoformat()))
        return
    registration = queries.registration_by_address(event, email)
    if registration is None:
        registration = _new(event, email=email, name=clean_line(name), language=language, at=at)
        registration.reply = "unproven"
    if registration.reply == "unproven":
        _check_party(event, registration, guests)
        registration.name, registration.language = clean_line(name), language
        registration.guests, registration.guest_names = guests, clean_line(guest_names)
        registration.changed_at = at
        _keep_answers(registration, answers)
    db.session.flush()
    record(AddressToProve(registration.id, at.isoformat()))


def prove_address(registration: Registration, *, at: datetime) -> None:
    """They followed the link in our letter: from now on they come, wait or ask like a member."""
    event = registration.event
    lock_row(event)
    db.session.refresh(registration)
    registration.confirmed_at = registration.confirmed_at or at
    if registration.reply == "unproven":
        _change(event, registration, "going", at, registration.guests, None, None)


def accept(registration: Registration, *, at: datetime) -> None:
    """The organisers say yes: a seat if one is free and nobody waits, else a place in the list."""
    event = registration.event
    lock_row(event)
    db.session.refresh(registration)
    if registration.reply == "asked":
        _seat_or_list(event, registration, registration.seats, at)


def refuse(registration: Registration, *, at: datetime, reason: str) -> None:
    """The organisers say no to somebody who asked, and why."""
    lock_row(registration.event)
    db.session.refresh(registration)
    if registration.reply == "asked":
        registration.refusal = clean(reason)
        _set(registration, "refused", at)


def invite(event: Event, member: Member, *, by: Member, at: datetime) -> Registration:
    """Ask a member to come; they hear of it once. Raises AlreadyThere."""
    lock_row(event)
    if queries.registration_of(event, member):
        raise AlreadyThere(member.id)
    registration = _new(event, member_id=member.id, language=member.interface_language, at=at)
    registration.reply = "invited"
    registration.invited_by_id = by.id
    db.session.flush()
    record(InvitedToEvent(registration.id))
    return registration


def arrive(registration: Registration, *, at: datetime) -> None:
    """Somebody is at the door. Said twice, the first time counts."""
    lock_row(registration)
    registration.arrived_at = registration.arrived_at or at
    registration.arrived_guests = registration.guests


def undo_arrival(registration: Registration) -> None:
    """They were ticked by mistake."""
    lock_row(registration)
    registration.arrived_at, registration.arrived_guests = None, 0


def walk_in(event: Event, *, name: str, at: datetime) -> Registration:
    """Somebody came without being registered. They take a seat if there is one; who stands in the
    room all the same is counted as arrived, and no seat is given out twice.
    """
    lock_row(event)
    registration = _new(event, name=clean_line(name), language=_spoken(event), at=at)
    registration.is_walk_in, registration.arrived_at = True, at
    if event.seats_left is None or event.seats_left > 0:
        event.seats_taken += 1
        registration.reply = "going"
    else:
        registration.reply = "maybe"
    db.session.flush()
    return registration


def leave_all(member: Member, *, at: datetime) -> None:
    """A member leaves: their seats at events to come are free for others."""
    for registration in queries.upcoming_of(member, at):
        if registration.reply not in ("no", "refused"):
            change_reply(registration, "no", at=at)


def forget_unproven(*, before: datetime) -> None:
    """What somebody registered by mail and never confirmed is kept no longer."""
    db.session.execute(
        delete(Registration).where(
            Registration.reply == "unproven", Registration.changed_at < before
        )
    )


def see_to_the_list(event: Event, *, at: datetime) -> None:
    """Let offers lapse whose time is over, and ask the next ones."""
    lock_row(event)
    lapsed = select(Registration).where(
        Registration.event_id == event.id,
        Registration.reply == "offered",
        Registration.offer_ends_at <= at,
    )
    for registration in db.session.scalars(lapsed.execution_options(populate_existing=True)):
        _lapse(event, registration, at)
    late = update(Registration).where(
        Registration.event_id == event.id,
        Registration.reply == "offered",
        Registration.offer_ends_at > event.starts_at,
    )
    db.session.execute(late.values(offer_ends_at=event.starts_at))
    _offer_seats(event, at)


def _new(event: Event, *, language: str, at: datetime, **who: object) -> Registration:
    registration = Registration(
        event=event, language=language, reply="no", guests=0, guest_names="", refusal="",
        version=0, created_at=at, changed_at=at, code=secrets.token_urlsafe(CODE_BYTES), **who,
    )  # fmt: skip
    db.session.add(registration)
    return registration


def _spoken(event: Event) -> str:
    return next((code for code in event.spoken if code in LANGUAGES), LANGUAGES[0])


def _change(
    event: Event,
    registration: Registration,
    wish: str,
    at: datetime,
    guests: int | None,
    guest_names: str | None,
    answers: Mapping[int, str] | None,
) -> None:
    if registration.reply == "offered" and (registration.offer_ends_at or at) <= at:
        _lapse(event, registration, at)
        _offer_seats(event, at)
    if wish == "going":
        _go(event, registration, registration.guests if guests is None else guests, at)
    else:
        _stay_away(event, registration, wish, at)
    if guest_names is not None:
        registration.guest_names = clean_line(guest_names)
    db.session.flush()
    _keep_answers(registration, answers)


def _go(event: Event, registration: Registration, guests: int, at: datetime) -> None:
    was = registration.reply
    if was == "refused":
        raise WasRefused
    if was not in SEATED and not event.takes_registrations(at):
        raise NotTaking
    _check_party(event, registration, guests)
    is_let_in = registration.invited_by_id is not None or was in (*SEATED, "waiting")
    if event.needs_approval and not is_let_in:
        registration.guests = guests
        _set(registration, "asked", at)
        return
    _seat_or_list(event, registration, 1 + guests, at)
    _offer_seats(event, at)


def _check_party(event: Event, registration: Registration, guests: int) -> None:
    most = event.most_guests
    if event.capacity is not None:
        most = min(most, max(event.capacity - 1, 0))
    if guests < 0 or guests > max(most, registration.guests):
        raise TooManyGuests(most)


def _seat_or_list(event: Event, registration: Registration, party: int, at: datetime) -> None:
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
        _set(registration, "going", at)
    else:
        registration.guests = party - 1
        registration.waiting_since = registration.waiting_since or _end_of_list(event, at)
        _set(registration, "waiting", at)


def _stay_away(event: Event, registration: Registration, wish: str, at: datetime) -> None:
    if wish == "maybe" and not event.takes_registrations(at):
        raise NotTaking
    if registration.reply == "refused":
        raise WasRefused
    if registration.reply in SEATED:
        event.seats_taken -= registration.seats
    _set(registration, wish, at)
    _offer_seats(event, at)


def _lapse(event: Event, registration: Registration, at: datetime) -> None:
    event.seats_taken -= registration.seats
    _set(registration, "no", at, told=False)
    record(OfferLapsed(registration.id, registration.version))


def _offer_seats(event: Event, at: datetime) -> None:
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


def _set(registration: Registration, now: str, at: datetime, *, told: bool = True) -> None:
    """Keep a reply, and say so if it is another one than before."""
    was = "none" if registration.version == 0 else registration.reply
    registration.reply = now
    if now != "waiting":
        registration.waiting_since = None
    registration.offer_ends_at = None
    registration.changed_at = at
    registration.version = (registration.version or 0) + 1
    db.session.flush()
    if told and was != now:
        record(Registered(registration.id, registration.version, was, now))


def _keep_answers(registration: Registration, answers: Mapping[int, str] | None) -> None:
    if answers is None:
        return
    db.session.flush()
    known = {each.question_id: each for each in registration.answers}
    asked = {each.id for each in queries.questions(registration.event)}
    for question_id in asked & answers.keys():
        text = clean(answers[question_id])
        if question_id in known:
            known[question_id].text = text
        elif text:
            registration.answers.append(RegistrationAnswer(question_id=question_id, text=text))
