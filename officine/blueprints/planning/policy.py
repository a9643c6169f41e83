"""Who makes events, who puts them into the calendar."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.planning import queries
from officine.core.permission import Refusal, Verdict, may_take_part
from officine.models.event import Event

NOT_ORGANISER = Refusal(_l("Only the organisers and the editorial team can do this."))
NOT_PUBLISHER = Refusal(
    _l("The editorial team puts events into the calendar. Propose it: they answer in two days.")
)
CANCELLED = Refusal(_l("This event was cancelled."))
OVER = Refusal(_l("This event is over."))
NOT_PUBLISHED = Refusal(_l("This event is not in the calendar yet."))
PUBLISHED = Refusal(_l("This event is in the calendar already."))
PROPOSED = Refusal(_l("The editorial team is reading this proposal already."))


def may_propose(viewer: Any) -> Verdict:
    """Any member with a confirmed address."""
    return may_take_part(viewer)


def may_organise(viewer: Any, event: Event) -> Verdict:
    """Its organisers, the hosts of its group and the desk look after it."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if viewer.is_staff or queries.is_organiser(viewer, event):
        return True
    return True if queries.hosts_its_group(viewer, event) else NOT_ORGANISER


def may_edit(viewer: Any, event: Event) -> Verdict:
    """Change what it says, while it takes place."""
    verdict = may_organise(viewer, event)
    return CANCELLED if verdict and event.state == "cancelled" else verdict


def may_send(viewer: Any, event: Event) -> Verdict:
    """Propose it to the desk."""
    verdict = may_edit(viewer, event)
    if not verdict or event.state == "draft":
        return verdict
    return PROPOSED if event.state == "proposed" else PUBLISHED


def may_publish(viewer: Any, event: Event) -> Verdict:
    """The desk publishes any; a host what is for the members of their own group."""
    verdict = may_edit(viewer, event)
    if not verdict:
        return verdict
    if event.is_shown:
        return PUBLISHED
    if viewer.is_staff or (event.audience == "group" and queries.hosts_its_group(viewer, event)):
        return True
    return NOT_PUBLISHER


def may_discard(viewer: Any, event: Event) -> Verdict:
    """Throw away what was never published."""
    verdict = may_organise(viewer, event)
    return PUBLISHED if verdict and event.is_shown else verdict


def may_reschedule(viewer: Any, event: Event, at: datetime) -> Verdict:
    """Move, postpone or cancel what stands in the calendar and is not over."""
    verdict = may_edit(viewer, event)
    if not verdict:
        return verdict
    if not event.is_shown:
        return NOT_PUBLISHED
    return OVER if event.is_over(at) and event.postponed_at is None else True
