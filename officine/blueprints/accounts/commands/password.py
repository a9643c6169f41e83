"""What only the owner of an account knows."""

from datetime import datetime

from officine.blueprints.accounts.commands.joining import mark_confirmed
from officine.blueprints.accounts.commands.sessions import end_sessions
from officine.blueprints.accounts.commands.tickets import issue, use, withdraw
from officine.blueprints.accounts.events import PasswordChanged, TicketIssued
from officine.blueprints.accounts.queries import find_member_by_address
from officine.core import passwords
from officine.core.outbox import record
from officine.models import Member, SignIn, Ticket


def has_password(member: Member | None, password: str) -> bool:
    """Whether this is the member's password. It takes as long when there is no such member.

    A hash of former days is made anew with today's parameters.
    """
    if member is None:
        passwords.pretend_to_match(password)
        return False
    if not passwords.matches(password, member.password_hash):
        return False
    if passwords.is_outdated(member.password_hash):
        member.password_hash = passwords.hash_password(password)
    return True


def ask_for_reset(email: str, *, at: datetime) -> None:
    """Send a link to choose a new password, if the address has an account."""
    member = find_member_by_address(email)
    if member is None:
        record(TicketIssued(0))
    else:
        issue(member, "reset", at=at)


def reset_password(ticket: Ticket, password: str, *, at: datetime) -> Member:
    """Choose a new password by the link in a mail. Every session ends: whoever asked for this
    may have lost the old one to somebody else. The link proves the address too.
    """
    use(ticket, at)
    member = ticket.member
    change_password(member, password, at=at)
    mark_confirmed(member, at)
    return member


def change_password(
    member: Member, password: str, *, at: datetime, keep: SignIn | None = None
) -> None:
    """Give the member a new password. All other sessions end, and links to reset it."""
    member.password_hash = passwords.hash_password(password)
    end_sessions(member, at=at, keep=keep)
    withdraw(member, "reset", at=at)
    record(PasswordChanged(member.id, at.isoformat()))
