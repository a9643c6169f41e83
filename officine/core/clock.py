"""The one clock. Commands take the time as an argument; routes and jobs read it here."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)
