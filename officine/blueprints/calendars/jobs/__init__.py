"""What is done about calendars later, by mail, or with a calendar from elsewhere."""

from officine.blueprints.calendars.jobs.importing import TakenOver, take_over
from officine.blueprints.calendars.jobs.receiving import (
    LARGEST,
    NotOurs,
    NotPossible,
    Received,
    log,
    note_reading,
    receive,
)

__all__ = [
    "LARGEST",
    "NotOurs",
    "NotPossible",
    "Received",
    "TakenOver",
    "log",
    "note_reading",
    "receive",
    "take_over",
]
