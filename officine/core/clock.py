"""The one clock. Commands take the time as an argument; routes and jobs read it here."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """Which day it is at a moment where the community is: what ends with a day ends there."""
    zone: str = current_app.extensions["officine.settings"].timezone
    return moment.astimezone(ZoneInfo(zone)).date()
