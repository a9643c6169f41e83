"""Secret addresses of calendars, and calendars that come in."""

import secrets
from datetime import datetime, timedelta

from officine.blueprints.calendars.queries import address_of, source_like
from officine.core.db import db
from officine.lib.ical.reading import Reading
from officine.models import Group, Member
from officine.models.calendar import CalendarAddress, CalendarSource

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


def keep_reading(
    reading: Reading,
    *,
    name: str,
    url: str,
    group: Group | None,
    language: str,
    audience: str,
    by: Member,
    at: datetime,
) -> CalendarSource:
    """Keep what was read of a calendar while somebody looks at it. The same calendar, read again,
    is the same source: that is how its events are recognised.
    """
    name = (reading.name or name)[:160]
    source = source_like(name, url, group, by)
    if source is None:
        source = CalendarSource(
            name=name, url=url, group_id=group.id if group else None, by_id=by.id, created_at=at
        )
        db.session.add(source)
    source.language, source.audience = language, audience
    source.found = reading.to_json()
    db.session.flush()
    return source
