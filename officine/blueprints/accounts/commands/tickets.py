"""Links in letters: each grants one right, once, for a while."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import update

from officine.blueprints.accounts.events import TicketIssued
from officine.blueprints.accounts.queries import fingerprint
from officine.core.db import db
from officine.core.outbox import record
from officine.models import Member, Ticket
from officine.models.ticket import LIFETIMES


class TicketSpent(Exception):
    """The link was used before, has expired, or went to an address that is no longer theirs."""


def new_secret() -> str:
    """A secret that nobody guesses: 32 random bytes."""
    return secrets.token_urlsafe(32)


def seal(ticket: Ticket, secret: str) -> None:
    """Give the ticket its secret, which only the letter holds."""
    ticket.token_hash = fingerprint(secret)


def issue(member: Member, purpose: str, *, at: datetime, **details: Any) -> None:
    """Grant a right; the worker writes the letter that carries it."""
    record(TicketIssued(ticket_for(member, purpose, at=at, **details).id))


def ticket_for(
    member: Member, purpose: str, *, at: datetime, to: str | None = None, **details: Any
) -> Ticket:
    """A right that whoever holds its secret may use, once; by default sent to their address."""
    ticket = Ticket(
        member=member,
        purpose=purpose,
        token_hash=fingerprint(new_secret()),
        details={"address": to or member.email}
        | {name: value for name, value in details.items() if value},
        issued_at=at,
        expires_at=at + LIFETIMES[purpose],
    )
    db.session.add(ticket)
    db.session.flush()
    return ticket


def use(ticket: Ticket, at: datetime) -> None:
    """Once: of two who come at the same instant, the database lets one through."""
    if not ticket.is_good(at):
        raise TicketSpent
    used = db.session.scalar(
        update(Ticket)
        .where(Ticket.id == ticket.id, Ticket.used_at.is_(None))
        .values(used_at=at)
        .returning(Ticket.id)
    )
    if used is None:
        raise TicketSpent


def withdraw(member: Member, purpose: str, *, at: datetime, after: int = 0) -> None:
    """Let no link that was sent for this purpose (``after`` a ticket) work any more."""
    db.session.execute(
        update(Ticket)
        .where(Ticket.member_id == member.id, Ticket.purpose == purpose, Ticket.used_at.is_(None))
        .where(Ticket.id > after)
        .values(used_at=at)
    )
