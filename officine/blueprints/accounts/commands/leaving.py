"""Closing an account."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from officine.blueprints.accounts.events import AccountClosed
from officine.blueprints.accounts.queries import groups_only_hosted_by
from officine.core.db import db
from officine.core.mail import Mail
from officine.core.outbox import record
from officine.models import (
    CompanyRequest,
    Dismissal,
    Draft,
    Follow,
    Group,
    Interest,
    Invitation,
    JoinRequest,
    Member,
    Membership,
    MetTick,
    Notification,
    OldAddress,
    Post,
    ReadMark,
    RefusedEdit,
    SignIn,
    Ticket,
)


class LastHost(Exception):
    """Groups would be left without a host."""

    def __init__(self, groups: Iterable[Group]) -> None:
        super().__init__()
        self.groups = list(groups)


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
    rows_about = (
        CompanyRequest, Dismissal, Draft, Follow, Interest, Invitation, JoinRequest, Notification,
        ReadMark,
    )  # fmt: skip
    for table in (*rows_about, SignIn, Ticket):
        db.session.execute(delete(table).where(table.member_id == member.id))
    mine = select(Post.id).where(Post.author_id == member.id)
    db.session.execute(delete(RefusedEdit).where(RefusedEdit.post_id.in_(mine)))
    met = or_(MetTick.by_id == member.id, MetTick.other_id == member.id)
    db.session.execute(delete(MetTick).where(met))
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
        "mail_interviews": False,
        "mail_events": False,
        "left_at": at,
    }
    texts = ("job", "company_name", "place", "country", "sector", "about", "about_html", "offers")
    for field, value in (blank | dict.fromkeys((*texts, "seeks"), "")).items():
        setattr(member, field, value)
