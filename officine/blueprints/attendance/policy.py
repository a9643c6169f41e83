"""Who may say that they go, and who looks after those who do."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.attendance import queries
from officine.core.permission import SIGN_IN_FIRST, Refusal, Verdict, may_take_part
from officine.models import Event, Registration

CLOSED = Refusal(_l("Registration for this event is closed."))
OVER = Refusal(_l("This event is over."))
NOT_ORGANISER = Refusal(_l("Only the organisers and the editorial team can do this."))
BY_ACCOUNT = Refusal(_l("To come to this event you need an account."), sign_in=True)
REFUSED = Refusal(_l("The organisers have answered that you cannot come to this event."))


def may_reply(
    viewer: Any, event: Event, wish: str, registration: Registration | None, at: datetime
) -> Verdict:
    """Say yes, maybe or no. Whoever holds a seat or an offer may give it back or take it also
    after the closing time, until the event ends.
    """
    signed_in = may_take_part(viewer, at)
    if not signed_in:
        return signed_in
    return may_change(event, wish, registration, at)


def may_change(event: Event, wish: str, registration: Registration | None, at: datetime) -> Verdict:
    """The same for whoever is known already, perhaps by mail only."""
    if event.is_over(at):
        return OVER
    if registration is not None and registration.reply == "refused":
        return REFUSED
    if wish == "no" or event.takes_registrations(at):
        return True
    holds = registration is not None and registration.reply in ("going", "offered")
    return True if holds and event.state == "published" else CLOSED


def may_come_without_account(event: Event, at: datetime) -> Verdict:
    """Register by mail, where the organisers take people without an account."""
    if event.audience != "public" or not event.takes_outsiders:
        return BY_ACCOUNT
    return True if event.takes_registrations(at) else CLOSED


def may_look_after(viewer: Any, event: Event) -> Verdict:
    """See who comes, answer requests, invite, stand at the door: the organisers and the desk."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    if viewer.is_staff or queries.is_organiser(viewer, event):
        return True
    return NOT_ORGANISER


def may_answer_requests(viewer: Any, event: Event, at: datetime) -> Verdict:
    """Say yes or no to those who ask, and invite: until the event ends."""
    verdict = may_look_after(viewer, event)
    if not verdict:
        return verdict
    taking_part = may_take_part(viewer, at)
    if not taking_part:
        return taking_part
    return OVER if event.is_over(at) else True
