"""Who hears of seats, offers and changes."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

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
from officine.blueprints.attendance.notices import words
from officine.blueprints.attendance.notices.letters import (
    may_hear,
    send,
    tell,
    write,
)
from officine.blueprints.planning.events import EventCancelled, EventRescheduled
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.outbox import record
from officine.models import Event, EventChange, Member, Registration
from officine.models.addressee import as_reader
from officine.models.notification import notify
from officine.models.translation import best_text

BATCH = 100


def tell_of_reply(happened: Registered) -> None:
    """Who goes or waits has it in writing; who asked hears the answer; organisers hear of who
    asks. From the calendar of who went and does not go any more it is taken out.
    """
    registration = _as_of(happened.registration_id, happened.now)
    if registration is None:
        return
    cause = f"registration:{registration.id}:{happened.version}"
    was_asked = happened.was == "asked"
    if happened.now == "going":
        tell(
            registration, "going", cause, words.going,
            notice="event-accepted" if was_asked else None, method="REQUEST",
        )  # fmt: skip
    elif happened.now == "waiting":
        tell(
            registration, "waiting", cause, words.waiting,
            notice="event-waiting" if was_asked else None,
        )  # fmt: skip
    elif happened.now == "refused":
        tell(
            registration, "refused", cause, words.refused,
            notice="event-refused", method="CANCEL" if happened.was == "going" else None,
        )  # fmt: skip
    elif happened.now == "no" and happened.was == "going":
        tell(registration, "gave-up", cause, words.gave_up, method="CANCEL")
    elif happened.now == "asked":
        _tell_organisers(registration, cause)


def tell_of_offer(happened: OfferMade) -> None:
    """Whoever is next hears that a seat is free for them, and until when."""
    registration = _as_of(happened.registration_id, "offered")
    if registration is not None:
        cause = f"event-offer:{registration.id}:{happened.version}"
        tell(registration, "offer", cause, words.offer, notice="event-offer")


def tell_of_lapse(happened: OfferLapsed) -> None:
    """Whoever let an offer pass hears that the next was asked."""
    registration = _as_of(happened.registration_id, "no")
    if registration is not None:
        cause = f"event-lapsed:{registration.id}:{happened.version}"
        tell(registration, "lapsed", cause, words.lapsed, notice="event-lapsed")


def tell_invited(happened: InvitedToEvent) -> None:
    """A member hears who asks them to come."""
    registration = db.session.get(Registration, happened.registration_id)
    if registration is not None and registration.reply == "invited":
        cause = f"event-invited:{registration.id}"
        tell(registration, "invited", cause, words.invited, notice="event-invited")


def hand_over_link(happened: AddressToProve) -> None:
    """Somebody without an account receives the link to their registration."""
    registration = db.session.get(Registration, happened.registration_id)
    if registration is None or registration.member_id is not None:
        return
    saying = words.prove if registration.reply == "unproven" else words.known
    write(registration, "link", f"event-link:{registration.id}:{happened.at}", saying)


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
        said = words.is_members(text.title)
        url = public_url("events.show", slug=event.slug)
    key = f"event-sign-in:{event.id}:{member.id}:{happened.at}"
    send(as_reader(member), event, text, said, key, url, None, {}, "")


def tell_of_change(happened: EventRescheduled | EventCancelled | ChangeLeftToTell) -> None:
    """All who go, wait, might come or were invited hear that it was moved, postponed or
    cancelled: with the reason, and what it was. Whoever comes to several dates that were changed at
    once hears of all of them together.
    """
    change = db.session.get(EventChange, happened.change_id)
    if change is None:
        return
    after = happened.after if isinstance(happened, ChangeLeftToTell) else 0
    people = queries.concerned_by(change, after, BATCH)
    for theirs in people:
        _tell_of_dates(theirs, change)
    if len(people) == BATCH:
        # The rest in a transaction of their own: nobody waits for thousands of letters.
        record(ChangeLeftToTell(change.id, people[-1][0][0].id))


def _tell_of_dates(theirs: Sequence[tuple[Registration, EventChange]], change: EventChange) -> None:
    theirs = sorted((each for each in theirs if may_hear(each[0])), key=_begins)
    if not theirs:
        return
    first, its = theirs[0]
    person = first.member_id or sha256((first.email or "").encode()).hexdigest()[:24]
    cause = f"event-change:{change.id}:{person}"
    if len(theirs) == 1:
        tell(
            first, its.kind, cause, lambda it, title: words.changed(it, title, its),
            notice=f"event-{its.kind}", method=_method(first, its),
        )  # fmt: skip
        return
    tell(
        first, its.kind, cause,
        lambda it, title: words.changed_dates(title, its, len(theirs)),
        notice=f"event-{its.kind}", dates=theirs,
    )  # fmt: skip


def _begins(theirs: tuple[Registration, EventChange]) -> tuple[datetime, int]:
    return theirs[1].was_starts_at, theirs[0].id


def remind(registration: Registration, kind: str) -> None:
    """It begins in a day or an hour; or: somebody was invited and has not answered."""
    event = registration.event
    cause = f"event-reminder:{event.id}:{event.starts_at:%Y%m%d%H%M}:{kind}:{registration.id}"
    tell(
        registration, f"reminder-{kind}", cause, lambda it, title: words.reminder(it, title, kind),
        notice="event-reminder" if kind != "invited" else None,
    )  # fmt: skip


def _method(registration: Registration, change: EventChange) -> str | None:
    """What calendars are told of a change, of those that hold the event."""
    if registration.reply not in ("going", "maybe"):
        return None
    return "CANCEL" if change.kind == "cancelled" else "REQUEST"


def _as_of(registration_id: int, reply: str) -> Registration | None:
    """The registration, unless they said something else since: that has a telling of its own."""
    registration = db.session.get(Registration, registration_id)
    return registration if registration is not None and registration.reply == reply else None


def _tell_organisers(registration: Registration, cause: str) -> None:
    for member in queries.organisers(registration.event):
        notify(
            member, kind="event-asked", cause=cause, at=now(), event_id=registration.event_id,
            actor_id=registration.member_id,
        )  # fmt: skip
