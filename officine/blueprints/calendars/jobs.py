"""What is done about calendars later, or by mail."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

import structlog

from officine.blueprints.attendance import commands as attendance
from officine.blueprints.calendars import commands, queries
from officine.blueprints.calendars.queries.invitations import NOUN
from officine.blueprints.planning import policy as planning_policy
from officine.blueprints.planning.commands.drafting import (
    When,
    change_facts,
    draft_event,
    save_text,
)
from officine.blueprints.planning.commands.errors import (
    AlreadyOver,
    EditedMeanwhile,
    NothingChanged,
    NotNow,
)
from officine.blueprints.planning.commands.publishing import publish_event
from officine.blueprints.planning.commands.rescheduling import move_event
from officine.core.clock import now
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.reply_addresses import number_in
from officine.core.worker import jobs
from officine.lib.ical.reading import Found
from officine.lib.ical.replies import Answer, NoAnswer, read_answer, recipients
from officine.models import Event, Member, Registration
from officine.models.calendar import CalendarSource

log = structlog.get_logger(__name__)

LARGEST = 1024 * 1024
WISHES = {"ACCEPTED": "going", "TENTATIVE": "maybe", "DECLINED": "no"}


class NotOurs(Exception):
    """The address it was sent to was never given to anybody."""


class NotPossible(Exception):
    """The event takes no such answer: it is over, closed, or they were refused."""


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
        raise NotPossible from error
    # A clock that goes ahead must not make all later answers old.
    registration.reply_stamp = min(answer.stamp, at)
    return "taken"


@dataclass(frozen=True)
class TakenOver:
    """What came of taking a calendar over."""

    new: int
    changed: int
    left: int
    """Which could not be taken over after all: over meanwhile, or edited by somebody else."""


def take_over(
    source: CalendarSource,
    wanted: Collection[str],
    *,
    by: Member,
    at: datetime,
    language: str,
    audience: str,
    publishes: bool,
) -> TakenOver:
    """Make the wanted events of a calendar events here; those that are here already move along.
    Who takes the same over twice at once makes no doubles.
    """
    lock_row(source)
    new = changed = left = 0
    for each in queries.compared(source)[0]:
        if each.found.uid not in wanted:
            continue
        try:
            with db.session.begin_nested():
                if each.state == "new":
                    _make(each.found, source, by, at, language, audience, publishes)
                    new += 1
                elif each.state == "changed" and each.event is not None:
                    _follow(each.found, each.event, by, at)
                    changed += 1
        except (NotNow, AlreadyOver, EditedMeanwhile):
            left += 1
    source.found, source.taken_at = "", at
    return TakenOver(new, changed, left)


def _make(
    found: Found,
    source: CalendarSource,
    by: Member,
    at: datetime,
    language: str,
    audience: str,
    publishes: bool,
) -> None:
    event = draft_event(
        by=by,
        at=at,
        language=language,
        words=_words_of(found),
        when={"starts_at": found.begins, "ends_at": found.ends, "zone": found.zone},
        where=_where(found),
        terms={"spoken": (language,), "audience": audience, "group_id": source.group_id},
    )
    event.source_id, event.source_uid = source.id, found.uid
    db.session.flush()
    if publishes and planning_policy.may_publish(by, event):
        publish_event(event, by=by, at=at)


def _follow(found: Found, event: Event, by: Member, at: datetime) -> None:
    """An event that changed there changes here; whoever goes hears of another time or place."""
    when: When = {
        "starts_at": found.begins, "ends_at": found.ends, "zone": found.zone,
    }  # fmt: skip
    where = _where(found) | {
        "town": event.town, "country": event.country, "address": event.address,
    }  # fmt: skip
    if not event.is_shown:
        change_facts(
            event, by=by, at=at, seen=event.version, when=when, where=where, spoken=event.spoken
        )
    else:
        with suppress(NothingChanged):
            move_event(event, by=by, at=at, seen=event.version, when=when, where=where)
    text = next((it for it in event.texts if it.language == event.language), None)
    if text is not None and text.title != found.title:
        save_text(
            event,
            text.language,
            by=by,
            at=at,
            seen=text.version,
            title=found.title,
            summary=text.summary,
            text=text.text,
            price=text.price,
        )


def _where(found: Found) -> Any:
    return {"place": found.place, "is_online": bool(found.room_url), "room_url": found.room_url}


def _words_of(found: Found) -> Any:
    text = "\n\n".join(part for part in (found.text, found.url) if part)
    return {"title": found.title, "text": text}
