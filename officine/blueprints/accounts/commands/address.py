"""The mail address of an account, and how it changes without being stolen."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from officine.blueprints.accounts.commands.joining import mark_confirmed
from officine.blueprints.accounts.commands.sessions import end_sessions
from officine.blueprints.accounts.commands.tickets import (
    issue,
    new_secret,
    seal,
    ticket_for,
    use,
    withdraw,
)
from officine.blueprints.accounts.queries import find_member_by_address
from officine.core.db import db
from officine.models import Member, Ticket


class AddressTaken(Exception):
    """Another account has this mail address."""


def ask_to_change_address(member: Member, email: str, *, at: datetime) -> None:
    """Send a link to the new address, which confirms it, and tell the old one, with a link that
    keeps it, or brings it back for a week.

    An address that has another account gets its link too: nobody learns from here who has one.
    """
    withdraw(member, "change-mail", at=at)
    issue(member, "change-mail", at=at, to=email)
    issue(member, "undo-mail", at=at, new_address=email)


def change_address(ticket: Ticket, *, at: datetime) -> Member:
    """The new address is theirs: from now on it is the one."""
    use(ticket, at)
    _move(ticket.member, ticket.details["address"])
    mark_confirmed(ticket.member, at)
    return ticket.member


def keep_old_address(ticket: Ticket, *, at: datetime) -> str:
    """It was not them: the old address is the one again, every session ends, and the old
    password, which somebody else knows, opens nothing any more. Gives the secret of a link to
    choose a new one.

    What was sent later, to an address of whoever moved the account, gives nothing back to them.
    """
    use(ticket, at)
    member = ticket.member
    withdraw(member, "change-mail", at=at)
    withdraw(member, "undo-mail", at=at, after=ticket.id)
    if member.email != ticket.details["address"]:
        _move(member, ticket.details["address"])
    member.password_hash = "!"
    end_sessions(member, at=at)
    token = new_secret()
    seal(ticket_for(member, "reset", at=at), token)
    return token


def _move(member: Member, email: str) -> None:
    if find_member_by_address(email) is not None:
        raise AddressTaken
    try:
        with db.session.begin_nested():
            member.email = email
    except IntegrityError:
        raise AddressTaken from None
