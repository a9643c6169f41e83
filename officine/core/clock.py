"""The one clock. Commands take the time as an argument; routes and jobs read it here."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """Which day it is at a moment where the community is: what ends with a day ends there."""
    return moment.astimezone(_zone()).date()


def first_moment_of(day: date) -> datetime:
    """When a day begins where the community is."""
    return datetime.combine(day, time(), _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.extensions["officine.settings"].timezone)
