"""Who is there."""

from datetime import datetime

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.commands.rows import new_registration
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.locks import lock_row
from officine.lib.text import clean_line
from officine.models import Event, Registration


def arrive(registration: Registration, *, at: datetime, scan: str | None = None) -> bool:
    """Somebody is at the door; whether they were not in already.

    A phone without a connection tells later what it saw earlier, and tells it again where it is
    not sure of having been heard: the earliest time counts, and the same ``scan`` hears the same.
    """
    lock_row(registration)
    if registration.arrived_at is None:
        registration.arrived_at, registration.scan = at, scan
        registration.arrived_guests = registration.guests
        return True
    registration.arrived_at = min(registration.arrived_at, at)
    return scan is not None and registration.scan == scan


def undo_arrival(registration: Registration) -> None:
    """They were ticked by mistake."""
    lock_row(registration)
    registration.arrived_at, registration.arrived_guests, registration.scan = None, 0, None


def walk_in(event: Event, *, name: str, at: datetime, scan: str | None = None) -> Registration:
    """Somebody came without being registered. They take a seat if there is one; who stands in the
    room all the same is counted as arrived, and no seat is given out twice. Told again by the same
    ``scan``, they came once.
    """
    lock_row(event)
    if scan is not None and (known := queries.walk_in_by_scan(event, scan)):
        return known
    registration = new_registration(event, name=clean_line(name), language=_spoken(event), at=at)
    registration.is_walk_in, registration.arrived_at, registration.scan = True, at, scan
    if event.seats_left is None or event.seats_left > 0:
        event.seats_taken += 1
        registration.reply = "going"
    else:
        registration.reply = "maybe"
    db.session.flush()
    return registration


def _spoken(event: Event) -> str:
    return next((code for code in event.spoken if code in LANGUAGES), LANGUAGES[0])
