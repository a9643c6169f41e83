"""Who hears of what the desk answers to a proposed event. Each notice reaches a member once."""

from typing import Any

from officine.blueprints.planning import queries
from officine.blueprints.planning.events import EventDeclined, EventPublished
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.models import Decision, Event, Member
from officine.models.notification import notify


def tell_proposer_yes(event: EventPublished) -> None:
    """Who proposed an event hears that it stands in the calendar."""
    found = db.session.get(Event, event.event_id)
    # What was published without the desk was published by whoever made it.
    if found is None or found.proposed_at is None or not found.is_shown:
        return
    _tell(found.created_by, "event-published", "published", f"event-published:{found.id}", found)


def tell_proposer_no(event: EventDeclined) -> None:
    """Who proposed an event reads why the desk does not publish it, and that it can be mended."""
    decision = db.session.get(Decision, event.decision_id)
    found = db.session.get(Event, event.event_id)
    if decision is None or found is None:
        return
    _tell(
        found.created_by, "event-declined", "declined", f"decision:{decision.id}", found,
        decision_id=decision.id, decision=decision,
    )  # fmt: skip


def _tell(
    to: Member,
    kind: str,
    letter: str,
    cause: str,
    event: Event,
    *,
    decision_id: int | None = None,
    **words: Any,
) -> None:
    notify(to, kind=kind, cause=cause, at=now(), event_id=event.id, decision_id=decision_id)
    if not to.hears_letters:
        return
    text = queries.text_in(event, event.language)
    with writing_in(to.interface_language):
        url = (
            public_url("events.show", slug=event.slug)
            if event.is_shown
            else public_url("planning.edit", slug=event.slug)
        )
    title = text.title if text else ""
    mail.write(
        f"planning/{letter}", to=to, key=f"{cause}:{to.id}", event=event, title=title, url=url,
        **words,
    )  # fmt: skip
