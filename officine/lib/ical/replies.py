"""Reading what a calendar answers to an invitation (RFC 5546, 3.2.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

from icalendar import Calendar

ANSWERS = ("ACCEPTED", "TENTATIVE", "DECLINED")
ADDRESSED = ("delivered-to", "x-original-to", "envelope-to", "to", "cc", "resent-to")
MOST_PARTS = 50


class NoAnswer(Exception):
    """The message answers no invitation; it says in a few words what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody’s calendar said of an event."""

    uid: str
    partstat: str
    stamp: datetime
    """When they answered: of two answers the later counts."""
    sequence: int
    """Which state of the event they answered to."""
    organiser: str
    """The address they answered to."""


def read_answer(message: EmailMessage) -> Answer:
    """The answer that a mail carries. Raises NoAnswer."""
    for data in _calendars(message):
        found = _parsed(data)
        if str(found.get("method", "")).upper() == "REPLY":
            return _answer_in(found)
    raise NoAnswer("no reply of a calendar in it")


def recipients(message: EmailMessage) -> list[str]:
    """The addresses to which a message was sent, those of the envelope first."""
    headers = [str(value) for name in ADDRESSED for value in message.get_all(name, [])]
    return [address for _, address in getaddresses(headers) if address]


def _calendars(message: EmailMessage) -> Iterator[bytes]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        name = (part.get_filename() or "").lower()
        kinds = ("text/calendar", "application/ics")
        if part.get_content_type() in kinds or name.endswith(".ics"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                yield data


def _parsed(data: bytes) -> Any:
    try:
        return Calendar.from_ical(data)
    # What anybody mails to us may trip over anything in a parser; whatever it is, it is no answer.
    except Exception as error:
        raise NoAnswer("not a calendar") from error


def _answer_in(found: Any) -> Answer:
    events = found.walk("VEVENT")
    if len(events) != 1:
        raise NoAnswer("not about one event")
    event = events[0]
    attendees = event.get("attendee", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    if len(attendees) != 1:
        raise NoAnswer("not the answer of one person")
    partstat = str(getattr(attendees[0], "params", {}).get("PARTSTAT", "")).upper()
    if partstat not in ANSWERS:
        raise NoAnswer("neither yes nor no nor perhaps")
    return Answer(
        uid=str(event.get("uid", "")),
        partstat=partstat,
        stamp=_moment(event),
        sequence=_sequence(event),
        organiser=str(event.get("organizer", "")).lower().removeprefix("mailto:"),
    )


def _moment(event: Any) -> datetime:
    stamp = getattr(event.get("dtstamp"), "dt", None)
    if not isinstance(stamp, datetime):
        raise NoAnswer("no moment at which it was written")
    return stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)


def _sequence(event: Any) -> int:
    sequence = event.get("sequence", 0)
    return int(sequence) if isinstance(sequence, int) else 0
