"""How somebody who comes is told: a notification and a letter, in their language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.notices.words import Saying, Words, what_it_was
from officine.blueprints.calendars.queries.invitations import invitation, publication
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.i18n import writing_in
from officine.core.secret_links import key_for
from officine.core.unsubscribe import unsubscribe_headers, unsubscribe_url
from officine.models import Event, EventChange, EventText, Registration
from officine.models.addressee import Addressee, as_addressee, as_reader
from officine.models.notification import notify
from officine.models.translation import best_text

MAY_STOP = ("invited", "reminder-day", "reminder-hour", "reminder-invited")
"""Letters that a member may choose not to receive; the others are about a seat of theirs."""
WITH_CODE = ("going", "reminder-day", "reminder-hour")
"""Letters that carry the code for the door, where there is one."""


@dataclass(frozen=True)
class Line:
    """One of several dates in a letter."""

    event: Event
    url: str
    was: str


Dates = Sequence[tuple[Registration, EventChange]]
"""What somebody comes to, of what was changed at once."""


def tell(
    registration: Registration,
    kind: str,
    cause: str,
    saying: Saying,
    *,
    notice: str | None = None,
    method: Any = None,
    dates: Dates = (),
) -> None:
    """Tell somebody on the site and by letter, as far as they want and may know it: of this
    registration, or of all theirs among the ``dates``.
    """
    member, event = registration.member, registration.event
    if not may_hear(registration):
        return
    if member is not None:
        if notice is not None:
            notify(
                member, kind=notice, cause=cause, at=now(), event_id=event.id,
                actor_id=registration.invited_by_id if kind == "invited" else None,
            )  # fmt: skip
        if not member.hears_letters or (kind in MAY_STOP and not member.mail_events):
            return
    write(registration, kind, cause, saying, method, dates)


def may_hear(registration: Registration) -> bool:
    """Whether they may know of the event still, and an address without an account was proved."""
    member = registration.member
    if member is not None:
        return member.is_active and queries.sees(member, registration.event)
    return registration.confirmed_at is not None and bool(registration.email)


def write(
    registration: Registration,
    kind: str,
    key: str,
    saying: Saying,
    method: Any = None,
    dates: Dates = (),
) -> None:
    """One letter about a registration, with its change for their calendar (``method``), or about
    all theirs among the ``dates``.
    """
    member, event = registration.member, registration.event
    reader = as_reader(member) if member else as_addressee(registration)
    reads = (reader.interface_language, *(member.reads if member else ()))
    text = best_text(event, reads)
    if text is None:
        return
    headers: dict[str, str] = {}
    stop_url = ""
    with writing_in(reader.interface_language):
        words = saying(registration, text.title)
        url = _page_of(registration)
        lines = [
            Line(it.event, _page_of(it), what_it_was(change, it.event)) for it, change in dates
        ]
        if member is not None and kind in MAY_STOP:
            stop_url = unsubscribe_url(member.id, "events")
            headers = unsubscribe_headers(stop_url)
        code = None
        if kind in WITH_CODE and registration.reply == "going" and event.is_in_person:
            code = public_url("attendance.at_door", slug=event.slug, code=registration.code)
    calendar = None
    if dates:
        held = [it for it, _change in dates if it.reply in ("going", "maybe")]
        calendar = publication(held, now()) if held else None
    elif method is not None:
        calendar = invitation(registration, method, now())
    room = event.room_url if registration.reply == "going" and event.state == "published" else ""
    send(
        reader, event, text, words, key, url, calendar, headers, stop_url, room=room, code=code,
        lines=lines,
    )  # fmt: skip


def _page_of(registration: Registration) -> str:
    """Where they see, change or cancel it."""
    if registration.member_id is not None:
        return public_url("events.show", slug=registration.event.slug)
    key = key_for("registration", registration.id)
    return public_url("outsiders.show", registration_id=registration.id, key=key)


def send(
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
    code: str | None = None,
    lines: Sequence[Line] = (),
) -> None:
    """One letter, once (``key``)."""
    mail.write(
        "attendance/letter", to=reader, key=key, headers=headers, calendar=calendar, code=code,
        event=event, text=text, words=words, url=url, stop_url=stop_url, room=room,
        has_code=bool(code), lines=lines,
    )  # fmt: skip
