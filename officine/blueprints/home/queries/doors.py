"""Who waits for the viewer to open a door, or holds one open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, String, literal, select, union_all

from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.prepared import for_, prepared
from officine.lib.language import clear_language
from officine.models import Group, Invitation, JoinRequest, Member, Membership
from officine.models.member import photo_url
from officine.models.sanction import is_here


@dataclass(frozen=True, slots=True)
class Door:
    """Somebody asks to enter a group of the viewer’s, or asks the viewer in."""

    kind: str
    """“request” or “invitation”."""
    id: int
    at: datetime
    words: str
    language: str | None
    """The language of the words, if they show it."""
    group_slug: str
    group_name: str
    group_language: str
    name: str
    handle: str
    photo: str | None


def doors_of(viewer: Any) -> list[Door]:
    """Who asks to be let in where the viewer is host, and into which groups they are invited;
    oldest first.
    """
    return [_door(row) for row in db.session.execute(_doors(viewer), for_(viewer))]


@prepared
def _doors(viewer: Any) -> Select[Any]:
    doors = union_all(_requests_to(viewer), _invitations_of(viewer)).subquery()
    return (
        select(
            doors,
            Group.slug,
            Group.name.label("group_name"),
            Group.language,
            Member.name,
            Member.handle,
            Member.photo_key,
        )
        .select_from(doors)
        .join(Group, Group.id == doors.c.group_id)
        .join(Member, Member.id == doors.c.member_id)
        .where(is_here())
        .order_by(doors.c.at)
    )


def _requests_to(viewer: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("request", String).label("kind"),
            JoinRequest.id.label("id"),
            JoinRequest.asked_at.label("at"),
            JoinRequest.text.label("words"),
            JoinRequest.group_id.label("group_id"),
            JoinRequest.member_id.label("member_id"),
        )
        .join(Membership, Membership.group_id == JoinRequest.group_id)
        .where(Membership.member_id == viewer.id, Membership.is_host.is_(True))
        .where(JoinRequest.answered_at.is_(None))
    )


def _invitations_of(viewer: Any) -> Select[*tuple[Any, ...]]:
    return select(
        literal("invitation", String),
        Invitation.id,
        Invitation.invited_at,
        literal("", String),
        Invitation.group_id,
        Invitation.invited_by_id,
    ).where(Invitation.member_id == viewer.id, Invitation.answered_at.is_(None))


def _door(row: Row[Any]) -> Door:
    return Door(
        kind=row.kind,
        id=row.id,
        at=row.at,
        words=row.words,
        language=clear_language(row.words, LANGUAGES),
        group_slug=row.slug,
        group_name=row.group_name,
        group_language=row.language,
        name=row.name,
        handle=row.handle,
        photo=photo_url(row.photo_key),
    )
