"""Joining: from the first form to the confirmed address."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from officine.blueprints.accounts.commands.tickets import issue, use
from officine.blueprints.accounts.events import MemberConfirmed, TicketIssued
from officine.blueprints.accounts.policy import may_be_handle
from officine.blueprints.accounts.queries import find_member_by_address, is_handle_free
from officine.core import passwords
from officine.core.db import db
from officine.core.outbox import record
from officine.lib.slugs import slugify
from officine.models import Member, Ticket

LONGEST_HANDLE = 40
WAITING = "~"
"""How the handle begins of who has not confirmed yet. No name does."""


def sign_up(
    *,
    name: str,
    email: str,
    password: str,
    kind: str,
    language: str,
    reads: Iterable[str],
    at: datetime,
    then: str | None = None,
) -> None:
    """Open an account that waits for its confirmation by mail; ``then`` is where the person
    wanted to go.

    If the address has an account already, its owner hears of it by mail, and whoever asked
    learns nothing: the password is hashed all the same, because time tells too.
    """
    password_hash = passwords.hash_password(password)
    owner = find_member_by_address(email)
    if owner is None:
        newcomer = Member(
            # The name in their address waits too: who takes one of two would tell of the other.
            handle=f"{WAITING}{secrets.token_hex(12)}",
            name=name,
            email=email,
            password_hash=password_hash,
            kind=kind,
            interface_language=language,
            reads=tuple(reads),
            profile_language=language,
            joined_at=at,
            consented_at=at,
            shown_to={},
        )
        if _is_stored(newcomer):
            issue(newcomer, "confirm", at=at, next=then)
            return
        owner = find_member_by_address(email)
    if owner is not None:
        issue(owner, "reset", at=at, why="known")


def _is_stored(newcomer: Member) -> bool:
    """Store the newcomer; False if the address was taken meanwhile, as by a second click."""
    try:
        with db.session.begin_nested():
            db.session.add(newcomer)
    except IntegrityError:
        return False
    return True


def ask_for_confirmation(email: str, *, at: datetime, then: str | None = None) -> None:
    """Send another link to an address that waits to be confirmed, if it does."""
    member = find_member_by_address(email)
    if member is None or member.is_confirmed:
        record(TicketIssued(0))
    else:
        send_confirmation_again(member, at=at, then=then)


def send_confirmation_again(member: Member, *, at: datetime, then: str | None = None) -> None:
    """Another link, for a newcomer whose first one got lost or old."""
    if not member.is_confirmed:
        issue(member, "confirm", at=at, next=then)


def confirm(ticket: Ticket, *, at: datetime) -> Member:
    """The mail address is theirs: the newcomer becomes a member."""
    use(ticket, at)
    mark_confirmed(ticket.member, at)
    return ticket.member


def mark_confirmed(member: Member, at: datetime) -> None:
    """The member has proved that their mail address is theirs."""
    if member.confirmed_at is None:
        member.confirmed_at = at
        if member.handle.startswith(WAITING):
            _give_handle(member)
        record(MemberConfirmed(member.id))


def _give_handle(member: Member) -> None:
    """Let the member be found under their name, or the next that is like it."""
    while True:
        handle = _free_handle(member.name)
        try:
            with db.session.begin_nested():
                member.handle = handle
        except IntegrityError:
            # Two people with one name at the same instant.
            continue
        return


def _free_handle(name: str) -> str:
    base = slugify(name, fallback="member")[:LONGEST_HANDLE].strip("-")
    if may_be_handle(base) and is_handle_free(base):
        return base
    base = base[: LONGEST_HANDLE - 5].strip("-")
    if not may_be_handle(base):
        base = "member"
    number = 2
    while not is_handle_free(f"{base}-{number}"):
        number += 1
    return f"{base}-{number}"
