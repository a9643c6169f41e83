"""Whom the organisers ask to come, and what they answer to those who ask."""

from datetime import datetime

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.commands.errors import AlreadyThere
from officine.blueprints.attendance.commands.rows import new_registration, set_reply
from officine.blueprints.attendance.commands.waiting import seat_or_list
from officine.blueprints.attendance.events import InvitedToEvent
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.text import clean
from officine.models import Event, Member, Registration


def invite(event: Event, member: Member, *, by: Member, at: datetime) -> Registration:
    """Ask a member to come; they hear of it once. Raises AlreadyThere."""
    lock_row(event)
    if queries.registration_of(event, member):
        raise AlreadyThere(member.id)
    registration = new_registration(
        event, member_id=member.id, language=member.interface_language, at=at
    )
    registration.reply = "invited"
    registration.invited_by_id = by.id
    db.session.flush()
    record(InvitedToEvent(registration.id))
    return registration


def accept(registration: Registration, *, at: datetime) -> None:
    """The organisers say yes: a seat if one is free and nobody waits, else a place in the list."""
    event = registration.event
    lock_row(event)
    db.session.refresh(registration)
    if registration.reply == "asked":
        seat_or_list(event, registration, registration.seats, at)


def refuse(registration: Registration, *, at: datetime, reason: str) -> None:
    """The organisers say no to somebody who asked, and why."""
    lock_row(registration.event)
    db.session.refresh(registration)
    if registration.reply == "asked":
        registration.refusal = clean(reason)
        set_reply(registration, "refused", at)
