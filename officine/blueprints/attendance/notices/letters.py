"""How somebody who comes is told: a notification and a letter, in their language."""

from dataclasses import dataclass
from typing import Any

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.notices.words import Saying, Words
from officine.blueprints.calendars.queries.invitations import invitation
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.i18n import writing_in
from officine.core.secret_links import key_for
from officine.core.unsubscribe import unsubscribe_headers, unsubscribe_url
from officine.models import Event, EventText, Member, Registration
from officine.models.notification import notify
from officine.models.translation import best_text

MAY_STOP = ("invited", "reminder-day", "reminder-hour", "reminder-invited")
"""Letters that a member may choose not to receive; the others are about a seat of theirs."""
WITH_CODE = ("going", "reminder-day", "reminder-hour")
"""Letters that carry the code for the door, where there is one."""


@dataclass(frozen=True)
class Addressee:
    """Who reads a letter: a member, or somebody without an account."""

    email: str
    name: str
    interface_language: str
    first_name: str
    timezone: str | None


def tell(
    registration: Registration,
    kind: str,
    cause: str,
    saying: Saying,
    *,
    notice: str | None = None,
    method: Any = None,
) -> None:
    """Tell somebody on the site and by letter, as far as they want and may know it."""
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
    write(registration, kind, cause, saying, method)


def write(
    registration: Registration, kind: str, key: str, saying: Saying, method: Any = None
) -> None:
    """One letter about a registration, with its change for their calendar (``method``)."""
    member, event = registration.member, registration.event
    reader = as_reader(member) if member else _outsider(registration)
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
        code = None
        if kind in WITH_CODE and registration.reply == "going" and event.is_in_person:
            code = public_url("attendance.at_door", slug=event.slug, code=registration.code)
    calendar = None
    if method is not None:
        calendar = invitation(registration, method, now())
    room = event.room_url if registration.reply == "going" and event.state == "published" else ""
    send(reader, event, text, words, key, url, calendar, headers, stop_url, room=room, code=code)


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
) -> None:
    """One letter, once (``key``)."""
    mail.write(
        "attendance/letter", to=reader, key=key, headers=headers, calendar=calendar, code=code,
        event=event, text=text, words=words, url=url, stop_url=stop_url, room=room,
        has_code=bool(code),
    )  # fmt: skip


def as_reader(member: Member) -> Addressee:
    """A member as the reader of a letter."""
    return Addressee(
        member.email, member.name, member.interface_language, member.first_name, member.timezone
    )


def _outsider(registration: Registration) -> Addressee:
    name = registration.name
    first = name.split()[0] if name.split() else name
    return Addressee(registration.email or "", name, registration.language, first, None)
