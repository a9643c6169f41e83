"""The secret addresses under which members’ programs read their calendars."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models.calendar import CalendarAddress
from officine.models.member import Member
from officine.models.sanction import is_here


def address_of(member: Any) -> CalendarAddress | None:
    """The address of a member’s calendar, if they made one."""
    return db.session.get(CalendarAddress, member.id)


def find_holder(key: str) -> CalendarAddress | None:
    """Whose calendar stands at an address; nobody’s once they left or revoked it."""
    return db.session.scalar(
        select(CalendarAddress)
        .join(Member, Member.id == CalendarAddress.member_id)
        .where(CalendarAddress.key == key, is_here())
        .options(joinedload(CalendarAddress.member))
    )
