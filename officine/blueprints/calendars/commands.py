"""Secret addresses of calendars."""

import secrets
from datetime import datetime, timedelta

from officine.blueprints.calendars.queries import address_of
from officine.core.db import db
from officine.models import Member
from officine.models.calendar import CalendarAddress

KEY_BYTES = 32
A_DAY = timedelta(days=1)


def make_address(member: Member, *, at: datetime) -> CalendarAddress:
    """Give a member’s calendar an address that nobody guesses; the one before opens nothing from
    now on.
    """
    address = address_of(member)
    if address is None:
        address = CalendarAddress(member_id=member.id)
        db.session.add(address)
    address.key = secrets.token_urlsafe(KEY_BYTES)
    address.made_at, address.read_at = at, None
    db.session.flush()
    return address


def revoke_address(member: Member) -> None:
    """From now on nobody reads the calendar at its address."""
    address = address_of(member)
    if address is not None:
        db.session.delete(address)


def note_reading(member_id: int, *, at: datetime) -> None:
    """Remember that a program reads the calendar, once a day: its owner sees that it works, and
    whether somebody reads what nobody should.
    """
    address = db.session.get(CalendarAddress, member_id)
    if address is not None and (address.read_at is None or address.read_at < at - A_DAY):
        address.read_at = at
