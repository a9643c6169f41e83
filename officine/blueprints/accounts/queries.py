"""Who is who."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Group, Member, Membership, OldAddress, SignIn, Ticket

# Every page of every member asks this: it is put together once.
SIGNED_IN = (
    select(Member, SignIn)
    .join(SignIn, SignIn.member_id == Member.id)
    .where(SignIn.token_hash == bindparam("token"), SignIn.ended_at.is_(None))
    .where(Member.left_at.is_(None))
    .options(joinedload(Member.company), joinedload(Member.sanctions))
)


def fingerprint(token: str) -> str:
    """What we keep of a secret token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_viewer(token: str) -> Member | None:
    """The member who is signed in with this session token, unless it was ended."""
    row = db.session.execute(SIGNED_IN, {"token": fingerprint(token)}).unique().first()
    if row is None:
        return None
    member: Member = row.Member
    member.session_token = token
    member.sign_in = row.SignIn
    return member


def find_member_by_address(email: str) -> Member | None:
    """Whose mail address this is, in lower case."""
    return db.session.scalar(select(Member).where(Member.email == email, Member.left_at.is_(None)))


def find_ticket(token: str, purpose: str) -> Ticket | None:
    """The right that a link grants, even one that is used up or expired."""
    return db.session.scalar(
        select(Ticket)
        .where(Ticket.token_hash == fingerprint(token), Ticket.purpose == purpose)
        .join(Ticket.member)
        .where(Member.left_at.is_(None))
        .options(joinedload(Ticket.member))
    )


def open_sessions(member: Member) -> Sequence[SignIn]:
    """Where a member is signed in, the most recently seen first."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.member_id == member.id, SignIn.ended_at.is_(None))
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    ).all()


def find_open_session(sign_in_id: int, viewer: Any) -> SignIn | None:
    """One of the viewer's own open sessions."""
    return db.session.scalar(
        select(SignIn).where(
            SignIn.id == sign_in_id, SignIn.member_id == viewer.id, SignIn.ended_at.is_(None)
        )
    )


def is_handle_free(handle: str) -> bool:
    """Whether nobody has this handle or had it: what was written to its first owner must not
    lead to somebody else.
    """
    taken = select(Member.id).where(Member.handle == handle)
    given_up = select(OldAddress.owner_id).where(
        OldAddress.noun == "member", OldAddress.slug == handle
    )
    return db.session.scalar(taken) is None and db.session.scalar(given_up) is None


def groups_only_hosted_by(member: Member) -> Sequence[Group]:
    """The groups that nobody would look after if this member left."""
    hosts = (
        select(Membership.group_id, func.count().label("count"))
        .where(Membership.is_host.is_(True))
        .group_by(Membership.group_id)
        .subquery()
    )
    return db.session.scalars(
        select(Group)
        .join(Membership, Membership.group_id == Group.id)
        .join(hosts, hosts.c.group_id == Group.id)
        .where(Membership.member_id == member.id, Membership.is_host.is_(True), hosts.c.count == 1)
        .order_by(Group.name)
    ).all()
