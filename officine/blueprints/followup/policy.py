"""Who says what after an event."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.attendance.queries import is_organiser
from officine.blueprints.followup import queries
from officine.blueprints.followup.queries import Presence
from officine.core.permission import SIGN_IN_FIRST, Refusal, Verdict, may_take_part
from officine.models import Event, Registration

NOT_BEGUN = Refusal(_l("This event has not begun yet."))
NOT_OVER = Refusal(_l("This event is not over yet."))
WAS_NOT_THERE = Refusal(_l("Only those who were there can do this."))
NOT_ORGANISER = Refusal(_l("Only the organisers and the editorial team can do this."))
NOT_HELD = Refusal(_l("This event did not take place."))
ALREADY_SENT = Refusal(_l("This letter has gone out already."))


def may_remember(viewer: Any, event: Event, there: Presence | None, at: datetime) -> Verdict:
    """See who else was there: whoever was, from the beginning on."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    if event.starts_at > at:
        return NOT_BEGUN
    return True if there is not None else WAS_NOT_THERE


def may_tick(viewer: Any, event: Event, there: Presence | None, at: datetime) -> Verdict:
    """Say whom they met."""
    verdict = may_remember(viewer, event, there, at)
    return may_take_part(viewer, at) if verdict else verdict


def may_say_how_it_was(registration: Registration | None, event: Event, at: datetime) -> Verdict:
    """Answer the three questions: whoever was there, with or without an account, once it is over.
    Organisers who did not register read the answers instead.
    """
    if not event.is_over(at):
        return NOT_OVER
    there = registration is not None and queries.was_at(registration, at)
    return True if there else WAS_NOT_THERE


def may_read_figures(viewer: Any, event: Event) -> Verdict:
    """How it went: the organisers and the desk."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    return True if viewer.is_staff or is_organiser(viewer, event) else NOT_ORGANISER


def may_thank(viewer: Any, event: Event, at: datetime) -> Verdict:
    """Write the words of the letter that follows, until it has gone."""
    verdict = may_read_figures(viewer, event)
    if verdict:
        verdict = may_take_part(viewer, at)
    if not verdict:
        return verdict
    if event.state != "published" or event.postponed_at is not None:
        return NOT_HELD
    return ALREADY_SENT if queries.follow_up_of(event).sent else True


def may_send(viewer: Any, event: Event, at: datetime) -> Verdict:
    """Send it without waiting for the morning."""
    verdict = may_thank(viewer, event, at)
    if not verdict:
        return verdict
    return True if event.is_over(at) else NOT_OVER
