"""Who waits to enter a group."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Group, Invitation, JoinRequest, Member


def open_invitation(viewer: Any, group: Group) -> Invitation | None:
    """The viewer’s invitation into the group that waits for an answer."""
    if not viewer.is_member:
        return None
    return db.session.scalar(
        select(Invitation)
        .where(
            Invitation.group_id == group.id,
            Invitation.member_id == viewer.id,
            Invitation.answered_at.is_(None),
        )
        .options(joinedload(Invitation.invited_by))
    )


def open_request(viewer: Any, group: Group) -> JoinRequest | None:
    """The viewer’s request to join that waits for an answer."""
    if not viewer.is_member:
        return None
    return db.session.scalar(
        select(JoinRequest).where(
            JoinRequest.group_id == group.id,
            JoinRequest.member_id == viewer.id,
            JoinRequest.answered_at.is_(None),
        )
    )


def requests_waiting(group: Group) -> Sequence[JoinRequest]:
    """Who asks to join, oldest first."""
    return db.session.scalars(
        select(JoinRequest)
        .where(JoinRequest.group_id == group.id, JoinRequest.answered_at.is_(None))
        .options(joinedload(JoinRequest.member).joinedload(Member.company))
        .order_by(JoinRequest.asked_at)
    ).all()


def find_request(request_id: int, group: Group) -> JoinRequest | None:
    """One request to join this group."""
    request = db.session.get(JoinRequest, request_id)
    return request if request and request.group_id == group.id else None
