"""Whose page there is, for whoever is looking."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Member, OldAddress
from officine.models.sanction import is_here


def visible_to(viewer: Any) -> ColumnElement[bool]:
    """The members whose page a viewer may see. Who has left is nobody’s to see; a newcomer who
    has not confirmed, and whose account the desk has closed, is their own and the desk’s.
    """
    if viewer.is_staff:
        return Member.left_at.is_(None)
    listed = is_listed()
    if viewer.is_member:
        listed = or_(listed, and_(Member.left_at.is_(None), Member.id == viewer.id))
    return listed


def is_listed() -> ColumnElement[bool]:
    """The members whom lists and the search show: who has left, was excluded or has not
    confirmed is in none.
    """
    return and_(is_here(), Member.confirmed_at.is_not(None))


def find_member(handle: str, viewer: Any) -> Member | None:
    """The member at an address, if the viewer may see them."""
    return db.session.scalar(
        select(Member)
        .where(Member.handle == handle, visible_to(viewer))
        .options(joinedload(Member.company))
    )


def present_handle(old_handle: str, viewer: Any) -> str | None:
    """Where a member is found now who used to have this handle."""
    return db.session.scalar(
        select(Member.handle)
        .join(OldAddress, and_(OldAddress.noun == "member", OldAddress.owner_id == Member.id))
        .where(OldAddress.slug == old_handle, visible_to(viewer))
    )


def gave_up_handle(member: Member, handle: str) -> bool:
    """Whether this handle was the member’s own before."""
    owner = db.session.get(OldAddress, ("member", handle))
    return owner is not None and owner.owner_id == member.id
