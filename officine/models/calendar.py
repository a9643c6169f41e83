"""Calendars that leave the house, and those that come in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.group import Group
from officine.models.member import Member


class CalendarAddress(Model):
    """The secret address under which a member’s own calendar is read by their programs; a new one
    takes its place when they revoke it.
    """

    __tablename__ = "calendar_address"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship()


class CalendarSource(Model):
    """A calendar elsewhere, from which events are taken over: an address, or a file."""

    __tablename__ = "calendar_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    url: Mapped[str] = mapped_column(String(500), default="")
    """Without one it was a file."""
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    """The language of its texts."""
    audience: Mapped[str] = mapped_column(String(8))
    """Who sees what is taken over from it."""
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    found: Mapped[str] = mapped_column(Text, default="")
    """The calendar as it was last read, while somebody looks at what would be taken over."""

    group: Mapped[Group | None] = relationship()
    by: Mapped[Member] = relationship()

    __table_args__ = (CheckConstraint("length(name) > 0", "name"),)
