"""When an editor is on duty, and when they are away."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.member import Member

MIDNIGHT = time(0)


class Shift(Model):
    """Hours of every week in which an editor answers in some languages, by the clock of a time
    zone. It may last past midnight: it belongs to the day on which it starts.
    """

    __tablename__ = "shift"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    """0 is Monday."""
    starts: Mapped[time]
    ends: Mapped[time]
    """At or before `starts` it is the next day’s."""
    timezone: Mapped[str] = mapped_column(String(60))
    languages: Mapped[tuple[str, ...]]

    member: Mapped[Member] = relationship()

    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", "weekday"),
        CheckConstraint("length(languages) > 0", "languages"),
    )

    def hours_on(self, day: date) -> tuple[datetime, datetime]:
        """When it begins and ends if it starts on this day.

        Where clocks are put back, an hour comes twice: it begins in the first and ends in the
        second. Where they are put forward, a time that does not come is the one an hour later.
        """
        zone = ZoneInfo(self.timezone)
        last = day + timedelta(days=1) if self.ends <= self.starts else day
        begin = datetime.combine(day, self.starts, zone)
        end = datetime.combine(last, self.ends, zone)
        return _utc(begin), max(_utc(end), _utc(end.replace(fold=1)))

    def today(self, at: datetime) -> date:
        """The day it is at this moment where the shift is kept."""
        return at.astimezone(ZoneInfo(self.timezone)).date()


class Leave(Model):
    """Days on which no shift of an editor starts."""

    __tablename__ = "leave"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]

    member: Mapped[Member] = relationship()

    __table_args__ = (CheckConstraint("first_day <= last_day", "days"),)

    def covers(self, day: date) -> bool:
        """Whether they are away on this day."""
        return self.first_day <= day <= self.last_day


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo("UTC"))
