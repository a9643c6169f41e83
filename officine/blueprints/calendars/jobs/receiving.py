"""Calendars that answer by mail, and programs that read."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy

import structlog

from officine.blueprints.attendance import commands as attendance
from officine.blueprints.calendars import commands
from officine.blueprints.calendars.queries.invitations import NOUN
from officine.core.clock import now
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.reply_addresses import number_in
from officine.core.worker import jobs
from officine.lib.ical.replies import Answer, NoAnswer, read_answer, recipients
from officine.models import Registration

log = structlog.get_logger(__name__)

LARGEST = 1024 * 1024
WISHES = {"ACCEPTED": "going", "TENTATIVE": "maybe", "DECLINED": "no"}


class NotOurs(Exception):
    """The address it was sent to was never given to anybody."""


class NotPossible(Exception):
    """The event takes no such answer: it is over, closed, or they were refused."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(registration.id)
        self.registration = registration


@dataclass(frozen=True)
class Received:
    """What became of an answer: “taken”, “older” or “outdated”."""

    outcome: str


@jobs.job
def note_reading(member_id: int) -> None:
    """A page that is only read writes nothing; the worker remembers that it was."""
    commands.note_reading(member_id, at=now())


def receive(data: bytes, *, at: datetime, sent_to: str = "") -> Received:
    """Take the answer of somebody’s calendar out of a mail, as if they had said so on the page:
    the same seats, the same waiting list.

    The address it was sent to (``sent_to``, the headers, or the organiser in it) says whose answer
    it is. Raises NoAnswer, NotOurs, NotPossible.
    """
    if len(data) > LARGEST:
        raise NoAnswer("too large")
    message = message_from_bytes(data, policy=policy.default)
    try:
        addresses = [sent_to, *recipients(message)]
        answer = read_answer(message)
    # The package that reads mails stumbles over some that nobody should send.
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoAnswer("not a mail") from error
    registration = _registration_at([*addresses, answer.organiser])
    if registration is None or registration.event.uid != answer.uid:
        raise NotOurs
    return Received(_take(registration, answer, at))


def _registration_at(addresses: list[str]) -> Registration | None:
    for address in addresses:
        number = number_in(address, NOUN)
        if number is not None:
            return db.session.get(Registration, number)
    return None


def _take(registration: Registration, answer: Answer, at: datetime) -> str:
    lock_row(registration.event)
    lock_row(registration)
    if registration.reply_stamp is not None and answer.stamp <= registration.reply_stamp:
        return "older"
    # A yes to another date is no yes to this one; a no stays a no.
    if answer.sequence < registration.event.sequence and answer.partstat != "DECLINED":
        return "outdated"
    try:
        attendance.change_reply(registration, WISHES[answer.partstat], at=at)
    except (
        attendance.NotTaking,
        attendance.WasRefused,
        attendance.TooManyGuests,
        attendance.NoSeatsForGuests,
    ) as error:
        raise NotPossible(registration) from error
    # A clock that goes ahead must not make all later answers old.
    registration.reply_stamp = min(answer.stamp, at)
    return "taken"
