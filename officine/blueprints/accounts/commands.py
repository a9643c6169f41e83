"""Joining, coming in and going out, and what keeps an account its owner's."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from officine.blueprints.accounts.events import (
    AccountClosed,
    MemberConfirmed,
    PasswordChanged,
    TicketIssued,
)
from officine.blueprints.accounts.policy import may_be_handle
from officine.blueprints.accounts.queries import (
    find_member_by_address,
    fingerprint,
    groups_only_hosted_by,
    is_handle_free,
    open_sessions,
)
from officine.core import passwords
from officine.core.db import db
from officine.core.mail import Mail
from officine.core.outbox import record
from officine.lib.slugs import slugify
from officine.models import (
    CompanyRequest,
    Draft,
    Follow,
    Group,
    Invitation,
    JoinRequest,
    Member,
    Membership,
    Notification,
    OldAddress,
    ReadMark,
    SignIn,
    Ticket,
)
from officine.models.ticket import LIFETIMES

SEEN_EVERY = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(days=90)
UNCONFIRMED_FOR = timedelta(days=30)
LETTERS_KEPT = timedelta(days=30)
LONGEST_HANDLE = 40


class TicketSpent(Exception):
    """The link was used before, has expired, or went to an address that is no longer theirs."""


class AddressTaken(Exception):
    """Another account has this mail address."""


class LastHost(Exception):
    """Groups would be left without a host."""

    def __init__(self, groups: Iterable[Group]) -> None:
        super().__init__()
        self.groups = list(groups)


# Joining


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
        if _given_a_handle(newcomer):
            _issue(newcomer, "confirm", at=at, next=then)
            return
        owner = find_member_by_address(email)
    if owner is not None:
        _issue(owner, "reset", at=at, why="known")


def _given_a_handle(newcomer: Member) -> bool:
    """Store the newcomer under a handle of their own; False if the address was taken meanwhile."""
    while True:
        newcomer.handle = _free_handle(newcomer.name)
        try:
            with db.session.begin_nested():
                db.session.add(newcomer)
        except IntegrityError:
            # Two people with one name, or one person with two clicks, at the same instant.
            if find_member_by_address(newcomer.email) is not None:
                return False
        else:
            return True


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


def send_confirmation_again(member: Member, *, at: datetime, then: str | None = None) -> None:
    """Another link, for a newcomer whose first one got lost or old."""
    if not member.is_confirmed:
        _issue(member, "confirm", at=at, next=then)


def confirm(ticket: Ticket, *, at: datetime) -> Member:
    """The mail address is theirs: the newcomer becomes a member."""
    _use(ticket, at)
    _confirmed(ticket.member, at)
    return ticket.member


def _confirmed(member: Member, at: datetime) -> None:
    if member.confirmed_at is None:
        member.confirmed_at = at
        record(MemberConfirmed(member.id))


# Coming in and going out


def open_session(member: Member, *, device: str, at: datetime) -> str:
    """Sign a member in on a device; gives the secret by which the browser will be known."""
    token = new_secret()
    session = SignIn(
        member_id=member.id,
        token_hash=fingerprint(token),
        device=device[:120],
        started_at=at,
        seen_at=at,
    )
    db.session.add(session)
    member.session_token = token
    return token


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


def see(session: SignIn, *, at: datetime) -> None:
    """The member was here."""
    session.seen_at = max(session.seen_at, at)


def is_worth_noting(session: SignIn, *, at: datetime) -> bool:
    """Whether they were last seen long enough ago to write it down again."""
    return at - session.seen_at >= SEEN_EVERY


def end_session(session: SignIn, *, at: datetime) -> None:
    """Sign out there."""
    session.ended_at = at


def end_sessions(member: Member, *, at: datetime, keep: SignIn | None = None) -> int:
    """Sign out everywhere, or everywhere else; gives how many sessions ended."""
    ended = [session for session in open_sessions(member) if session is not keep]
    for session in ended:
        end_session(session, at=at)
    return len(ended)


# Passwords


def ask_for_reset(email: str, *, at: datetime) -> None:
    """Send a link to choose a new password, if the address has an account."""
    member = find_member_by_address(email)
    if member is None:
        record(TicketIssued(0))
    else:
        _issue(member, "reset", at=at)


def reset_password(ticket: Ticket, password: str, *, at: datetime) -> Member:
    """Choose a new password by the link in a mail. Every session ends: whoever asked for this
    may have lost the old one to somebody else. The link proves the address too.
    """
    _use(ticket, at)
    member = ticket.member
    change_password(member, password, at=at)
    _confirmed(member, at)
    return member


def change_password(
    member: Member, password: str, *, at: datetime, keep: SignIn | None = None
) -> None:
    """Give the member a new password. All other sessions end, and links to reset it."""
    member.password_hash = passwords.hash_password(password)
    end_sessions(member, at=at, keep=keep)
    _withdraw(member, "reset", at=at)
    record(PasswordChanged(member.id, at.isoformat()))


# Mail addresses


def ask_to_change_address(member: Member, email: str, *, at: datetime) -> None:
    """Send a link to the new address, which confirms it, and tell the old one, with a link that
    keeps it, or brings it back for a week.

    An address that has another account gets its link too: nobody learns from here who has one.
    """
    _withdraw(member, "change-mail", at=at)
    _issue(member, "change-mail", at=at, to=email)
    _issue(member, "undo-mail", at=at, new_address=email)


def change_address(ticket: Ticket, *, at: datetime) -> Member:
    """The new address is theirs: from now on it is the one."""
    _use(ticket, at)
    _move(ticket.member, ticket.details["address"])
    _confirmed(ticket.member, at)
    return ticket.member


def keep_old_address(ticket: Ticket, *, at: datetime) -> str:
    """It was not them: the old address is the one again, every session ends, and the old
    password, which somebody else knows, opens nothing any more. Gives the secret of a link to
    choose a new one.

    What was sent later, to an address of whoever moved the account, gives nothing back to them.
    """
    _use(ticket, at)
    member = ticket.member
    _withdraw(member, "change-mail", at=at)
    _withdraw(member, "undo-mail", at=at, after=ticket.id)
    if member.email != ticket.details["address"]:
        _move(member, ticket.details["address"])
    member.password_hash = "!"
    end_sessions(member, at=at)
    token = new_secret()
    seal(_ticket(member, "reset", at=at), token)
    return token


def _move(member: Member, email: str) -> None:
    if find_member_by_address(email) is not None:
        raise AddressTaken
    try:
        with db.session.begin_nested():
            member.email = email
    except IntegrityError:
        raise AddressTaken from None


# Leaving


def leave(member: Member, *, at: datetime, desk_takes_over: bool = False) -> None:
    """Close the account. What the member wrote stays where it is, without their name; everything
    else about them is deleted.

    Raises LastHost if groups would be left without a host, unless the desk is to look after them.
    """
    groups = groups_only_hosted_by(member)
    if groups and not desk_takes_over:
        raise LastHost(groups)
    _leave_groups(member)
    _delete_rows_about(member)
    photo = member.photo_key or ""
    _wipe(member, at)
    record(AccountClosed(member.id, photo))


def _leave_groups(member: Member) -> None:
    mine = select(Membership.group_id).where(Membership.member_id == member.id)
    db.session.execute(
        update(Group).where(Group.id.in_(mine)).values(members_count=Group.members_count - 1)
    )
    db.session.execute(delete(Membership).where(Membership.member_id == member.id))


def _delete_rows_about(member: Member) -> None:
    rows_about = (CompanyRequest, Draft, Follow, Invitation, JoinRequest, Notification, ReadMark)
    for table in (*rows_about, SignIn, Ticket):
        db.session.execute(delete(table).where(table.member_id == member.id))
    db.session.execute(delete(Mail).where(Mail.to_address == member.email))


def _wipe(member: Member, at: datetime) -> None:
    db.session.add(OldAddress(noun="member", slug=member.handle, owner_id=member.id))
    blank: dict[str, Any] = {
        "name": "",
        "handle": f"former-{member.id}-{secrets.token_hex(4)}",
        "email": f"{member.id}@left.invalid",
        "password_hash": "!",
        "role": "member",
        "timezone": None,
        "photo_key": None,
        "company_id": None,
        "shown_to": {},
        "mail_answers": False,
        "mail_mentions": False,
        "left_at": at,
    }
    texts = ("job", "company_name", "place", "country", "sector", "about", "about_html", "offers")
    for field, value in (blank | dict.fromkeys((*texts, "seeks"), "")).items():
        setattr(member, field, value)


# Housekeeping and the command line


def make_administrator(member: Member) -> None:
    """Let a member run the installation."""
    member.role = "administrator"


def forget(*, at: datetime) -> None:
    """Let go of what nobody needs: accounts that were never confirmed, sessions that were
    abandoned, links that were spent, letters that were sent long ago.
    """
    db.session.execute(
        delete(Member).where(
            Member.confirmed_at.is_(None), Member.left_at.is_(None),
            Member.joined_at < at - UNCONFIRMED_FOR,
        )
    )  # fmt: skip
    db.session.execute(delete(SignIn).where(SignIn.seen_at < at - FORGOTTEN_AFTER))
    db.session.execute(delete(Ticket).where(Ticket.expires_at < at - UNCONFIRMED_FOR))
    db.session.execute(delete(Mail).where(Mail.sent_at < at - LETTERS_KEPT))


# Tickets


def new_secret() -> str:
    """A secret that nobody guesses: 32 random bytes."""
    return secrets.token_urlsafe(32)


def seal(ticket: Ticket, secret: str) -> None:
    """Give the ticket its secret, which only the letter holds."""
    ticket.token_hash = fingerprint(secret)


def _issue(member: Member, purpose: str, *, at: datetime, **details: Any) -> None:
    """Grant a right; the worker writes the letter that carries it."""
    record(TicketIssued(_ticket(member, purpose, at=at, **details).id))


def _ticket(
    member: Member, purpose: str, *, at: datetime, to: str | None = None, **details: Any
) -> Ticket:
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


def _use(ticket: Ticket, at: datetime) -> None:
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


def _withdraw(member: Member, purpose: str, *, at: datetime, after: int = 0) -> None:
    db.session.execute(
        update(Ticket)
        .where(Ticket.member_id == member.id, Ticket.purpose == purpose, Ticket.used_at.is_(None))
        .where(Ticket.id > after)
        .values(used_at=at)
    )
