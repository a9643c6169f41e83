"""Who is there."""

from datetime import datetime

from officine.blueprints.attendance.commands.rows import new_registration
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.locks import lock_row
from officine.lib.text import clean_line
from officine.models import Event, Registration


def arrive(registration: Registration, *, at: datetime) -> None:
    """Somebody is at the door. Said twice, the first time counts."""
    lock_row(registration)
    registration.arrived_at = registration.arrived_at or at
    registration.arrived_guests = registration.guests


def undo_arrival(registration: Registration) -> None:
    """They were ticked by mistake."""
    lock_row(registration)
    registration.arrived_at, registration.arrived_guests = None, 0


def walk_in(event: Event, *, name: str, at: datetime) -> Registration:
    """Somebody came without being registered. They take a seat if there is one; who stands in the
    room all the same is counted as arrived, and no seat is given out twice.
    """
    lock_row(event)
    registration = new_registration(event, name=clean_line(name), language=_spoken(event), at=at)
    registration.is_walk_in, registration.arrived_at = True, at
    if event.seats_left is None or event.seats_left > 0:
        event.seats_taken += 1
        registration.reply = "going"
    else:
        registration.reply = "maybe"
    db.session.flush()
    return registration


def _spoken(event: Event) -> str:
    return next((code for code in event.spoken if code in LANGUAGES), LANGUAGES[0])
