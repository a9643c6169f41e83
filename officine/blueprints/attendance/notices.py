"""Who hears of seats, offers and changes: each thing once by each way, in their language.

A letter’s key and a notification’s cause name what happened and to whom, and stand in the same
transaction as the note that the reaction ran: a worker killed in between tells nobody twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import format_date, format_time, ngettext
from flask_babel import gettext as _

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.events import (
    AddressIsMembers,
    AddressToProve,
    ChangeLeftToTell,
    InvitedToEvent,
    OfferLapsed,
    OfferMade,
    Registered,
)
from officine.blueprints.calendars.queries.invitations import invitation
from officine.blueprints.planning.events import EventCancelled, EventRescheduled
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.outbox import record
from officine.core.secret_links import key_for
from officine.core.unsubscribe import unsubscribe_headers, unsubscribe_url
from officine.models import Event, EventChange, EventText, Member, Registration
from officine.models.notification import notify
from officine.models.translation import best_text

BATCH = 100
MAY_STOP = ("invited", "reminder-day", "reminder-hour", "reminder-invited")
"""Letters that a member may choose not to receive; the others are about a seat of theirs."""


@dataclass(frozen=True)
class Addressee:
    """Who reads a letter: a member, or somebody without an account."""

    email: str
    name: str
    interface_language: str
    first_name: str
    timezone: str | None


@dataclass(frozen=True)
class Words:
    """What one letter says, in its reader’s language."""

    subject: str
    lead: str
    action: str
    quote: str = ""
    quote_language: str = ""
    was: str = ""
    """What it was before: the time or the place."""


def tell_of_reply(happened: Registered) -> None:
    """Who goes or waits has it in writing; who asked hears the answer; organisers hear of who
    asks.
    """
    registration = _as_of(happened.registration_id, happened.now)
    if registration is None:
        return
    cause = f"registration:{registration.id}:{happened.version}"
    was_asked = happened.was == "asked"
    if happened.now == "going":
        _tell(
            registration, "going", cause, _going,
            notice="event-accepted" if was_asked else None, method="REQUEST",
        )  # fmt: skip
    elif happened.now == "waiting":
        _tell(
            registration, "waiting", cause, _waiting, notice="event-waiting" if was_asked else None
        )
    elif happened.now == "refused":
        _tell(registration, "refused", cause, _refused, notice="event-refused")
    elif happened.now == "asked":
        _tell_organisers(registration, cause)


def tell_of_offer(happened: OfferMade) -> None:
    """Whoever is next hears that a seat is free for them, and until when."""
    registration = _as_of(happened.registration_id, "offered")
    if registration is not None:
        cause = f"event-offer:{registration.id}:{happened.version}"
        _tell(registration, "offer", cause, _offer, notice="event-offer")


def tell_of_lapse(happened: OfferLapsed) -> None:
    """Whoever let an offer pass hears that the next was asked."""
    registration = _as_of(happened.registration_id, "no")
    if registration is not None:
        cause = f"event-lapsed:{registration.id}:{happened.version}"
        _tell(registration, "lapsed", cause, _lapsed, notice="event-lapsed")


def tell_invited(happened: InvitedToEvent) -> None:
    """A member hears who asks them to come."""
    registration = db.session.get(Registration, happened.registration_id)
    if registration is not None and registration.reply == "invited":
        cause = f"event-invited:{registration.id}"
        _tell(registration, "invited", cause, _invited, notice="event-invited")


def hand_over_link(happened: AddressToProve) -> None:
    """Somebody without an account receives the link to their registration."""
    registration = db.session.get(Registration, happened.registration_id)
    if registration is None or registration.member_id is not None:
        return
    words = _prove if registration.reply == "unproven" else _known
    _write(registration, "link", f"event-link:{registration.id}:{happened.at}", words)


def tell_member_to_sign_in(happened: AddressIsMembers) -> None:
    """Whoever gave a member’s address is told, in that mailbox only, that it has an account."""
    event = db.session.get(Event, happened.event_id)
    member = db.session.get(Member, happened.member_id)
    if event is None or member is None or not member.hears_letters:
        return
    text = best_text(event, (member.interface_language, *member.reads))
    if text is None or not queries.sees(member, event):
        return
    with writing_in(member.interface_language):
        words = Words(
            _("Sign in to come: %(title)s", title=text.title),
            _("This address belongs to an account here: sign in, and say on the event’s page "
              "that you’re coming. If it was not you, there is nothing to do."),
            _("See the event"),
        )  # fmt: skip
        url = public_url("events.show", slug=event.slug)
    key = f"event-sign-in:{event.id}:{member.id}:{happened.at}"
    _send(_member(member), event, text, words, key, url, None, {}, "")


def tell_of_change(happened: EventRescheduled | EventCancelled | ChangeLeftToTell) -> None:
    """All who go, wait, might come or were invited hear that it was moved, postponed or
    cancelled: with the reason, and what it was.
    """
    change = db.session.get(EventChange, happened.change_id)
    if change is None:
        return
    after = happened.after if isinstance(happened, ChangeLeftToTell) else 0
    people = queries.concerned_by(change, after, BATCH)
    for registration in people:
        _tell(
            registration, change.kind, f"event-change:{change.id}:{registration.id}",
            lambda it, title: _changed(it, title, change),
            notice=f"event-{change.kind}",
            method="CANCEL" if change.kind == "cancelled" else "REQUEST",
        )  # fmt: skip
    if len(people) == BATCH:
        # The rest in a transaction of their own: nobody waits for thousands of letters.
        record(ChangeLeftToTell(change.id, people[-1].id))


def remind(registration: Registration, kind: str) -> None:
    """It begins in a day or an hour; or: somebody was invited and has not answered."""
    event = registration.event
    cause = f"event-reminder:{event.id}:{event.starts_at:%Y%m%d%H%M}:{kind}:{registration.id}"
    _tell(
        registration, f"reminder-{kind}", cause, lambda it, title: _reminder(it, title, kind),
        notice="event-reminder" if kind != "invited" else None,
    )  # fmt: skip


def _as_of(registration_id: int, reply: str) -> Registration | None:
    """The registration, unless they said something else since: that has a telling of its own."""
    registration = db.session.get(Registration, registration_id)
    return registration if registration is not None and registration.reply == reply else None


Saying = Callable[[Registration, str], Words]


def _tell(
    registration: Registration,
    kind: str,
    cause: str,
    saying: Saying,
    *,
    notice: str | None = None,
    method: Any = None,
) -> None:
    member, event = registration.member, registration.event
    if member is not None:
        if not member.is_active or not queries.sees(member, event):
            return
        if notice is not None:
            notify(
                member, kind=notice, cause=cause, at=now(), event_id=event.id,
                actor_id=registration.invited_by_id if kind == "invited" else None,
            )  # fmt: skip
        if not member.hears_letters or (kind in MAY_STOP and not member.mail_events):
            return
    elif registration.confirmed_at is None or not registration.email:
        return
    _write(registration, kind, cause, saying, method)


def _write(
    registration: Registration, kind: str, key: str, saying: Saying, method: Any = None
) -> None:
    member, event = registration.member, registration.event
    reader = _member(member) if member else _outsider(registration)
    reads = (reader.interface_language, *(member.reads if member else ()))
    text = best_text(event, reads)
    if text is None:
        return
    headers: dict[str, str] = {}
    stop_url = ""
    with writing_in(reader.interface_language):
        words = saying(registration, text.title)
        if member is None:
            key_of_theirs = key_for("registration", registration.id)
            url = public_url("outsiders.show", registration_id=registration.id, key=key_of_theirs)
        else:
            url = public_url("events.show", slug=event.slug)
        if member is not None and kind in MAY_STOP:
            stop_url = unsubscribe_url(member.id, "events")
            headers = unsubscribe_headers(stop_url)
    calendar = None
    if method is not None and registration.reply == "going":
        calendar = invitation(registration, method, registration.changed_at)
    room = event.room_url if registration.reply == "going" and event.state == "published" else ""
    _send(reader, event, text, words, key, url, calendar, headers, stop_url, room=room)


def _send(
    reader: Addressee,
    event: Event,
    text: EventText,
    words: Words,
    key: str,
    url: str,
    calendar: str | None,
    headers: dict[str, str],
    stop_url: str,
    room: str = "",
) -> None:
    mail.write(
        "attendance/letter", to=reader, key=key, headers=headers, calendar=calendar,
        event=event, text=text, words=words, url=url, stop_url=stop_url, room=room,
    )  # fmt: skip


def _member(member: Member) -> Addressee:
    return Addressee(
        member.email, member.name, member.interface_language, member.first_name, member.timezone
    )


def _outsider(registration: Registration) -> Addressee:
    name = registration.name
    first = name.split()[0] if name.split() else name
    return Addressee(registration.email or "", name, registration.language, first, None)


def _tell_organisers(registration: Registration, cause: str) -> None:
    for member in queries.organisers(registration.event):
        notify(
            member, kind="event-asked", cause=cause, at=now(), event_id=registration.event_id,
            actor_id=registration.member_id,
        )  # fmt: skip


def _going(registration: Registration, title: str) -> Words:
    return Words(
        _("You’re going: %(title)s", title=title),
        ngettext("A seat is kept for you.", "%(num)s seats are kept for you.", registration.seats),
        _("See, change or cancel"),
    )


def _waiting(registration: Registration, title: str) -> Words:
    return Words(
        _("On the waiting list: %(title)s", title=title),
        _(
            "All seats are taken. You are number %(place)s in the waiting list, and hear from us "
            "when it is your turn.",
            place=queries.place_in_list(registration),
        ),
        _("See, change or cancel"),
    )


def _refused(registration: Registration, title: str) -> Words:
    return Words(
        _("About your request: %(title)s", title=title),
        _("The organisers have answered that you cannot come. They write:"),
        _("See the event"),
        quote=registration.refusal,
    )


def _offer(registration: Registration, title: str) -> Words:
    ends_at = registration.offer_ends_at or registration.event.starts_at
    zone = registration.event.timezone
    local = ends_at.astimezone(zone)
    return Words(
        _("A seat is free for you: %(title)s", title=title),
        _(
            "You were next in the waiting list. Take the seat until %(day)s at %(hour)s (by the "
            "event’s clock): after that the next person is asked.",
            day=format_date(local.date(), "full"),
            hour=format_time(local.time(), "short", rebase=False),
        ),
        _("Take the seat"),
    )


def _lapsed(registration: Registration, title: str) -> Words:
    return Words(
        _("Your seat went to the next: %(title)s", title=title),
        _("The time to take the seat is over, so we asked the next person. You can join the "
          "waiting list again."),
        _("See the event"),
    )  # fmt: skip


def _invited(registration: Registration, title: str) -> Words:
    by = db.session.get(Member, registration.invited_by_id or 0)
    return Words(
        _("%(person)s invites you: %(title)s", person=by.name if by else "", title=title),
        _("An organiser would like you to come. Are you coming?"),
        _("See the event and answer"),
    )


def _prove(_registration: Registration, title: str) -> Words:
    return Words(
        _("Confirm that you’re coming: %(title)s", title=title),
        _("This address was given for an event. Confirm that you’re coming, and the seat is "
          "yours if one is free. If it was not you, there is nothing to do: nobody is registered."),
        _("Confirm"),
    )  # fmt: skip


def _known(_registration: Registration, title: str) -> Words:
    return Words(
        _("Your registration: %(title)s", title=title),
        _("This address is registered already. Here you see, change or cancel your registration."),
        _("See, change or cancel"),
    )


def _changed(registration: Registration, title: str, change: EventChange) -> Words:
    subjects = {
        "moved": _("New time: %(title)s", title=title),
        "place": _("New place: %(title)s", title=title),
        "postponed": _("Postponed: %(title)s", title=title),
        "cancelled": _("Cancelled: %(title)s", title=title),
    }
    leads = {
        "moved": _("This event takes place at another time."),
        "place": _("This event takes place somewhere else."),
        "postponed": _("This event is postponed: you hear from us when there is a new date."),
        "cancelled": _("This event does not take place."),
    }
    was = [] if change.kind == "place" else [_moment(change.was_starts_at, registration.event)]
    if change.kind != "postponed" and change.was_place:
        was.append(change.was_place)
    return Words(
        subjects[change.kind], leads[change.kind], _("See the event"), quote=change.reason,
        quote_language=change.language, was="; ".join(was),
    )  # fmt: skip


def _reminder(registration: Registration, title: str, kind: str) -> Words:
    moved = [
        each for each in registration.event.changes
        if each.kind in ("moved", "place") and each.at > registration.created_at
    ]  # fmt: skip
    was = _moment(moved[0].was_starts_at, registration.event) if moved else ""
    if moved and moved[0].was_place:
        was = f"{was}; {moved[0].was_place}"
    if kind == "invited":
        return Words(
            _("Are you coming? %(title)s", title=title),
            _("You are invited, and have not answered yet."),
            _("See the event and answer"), was=was,
        )  # fmt: skip
    subject = (
        _("In a day: %(title)s", title=title)
        if kind == "day"
        else _("In an hour: %(title)s", title=title)
    )
    lead = (
        _("Mind that it has changed since you registered.") if moved else _("We expect you there.")
    )
    return Words(subject, lead, _("See, change or cancel"), was=was)


def _moment(moment: datetime, event: Event) -> str:
    local = moment.astimezone(event.timezone)
    day, hour = format_date(local.date(), "full"), format_time(local.time(), "short", rebase=False)
    return _("%(day)s at %(hour)s", day=day, hour=hour)
