"""The blueprint, and what its views share."""

from typing import Any

from flask import Blueprint, Response, abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.planning import policy, queries
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import Verdict, allow
from officine.core.session import viewer
from officine.models import Event
from officine.models.translation import best_text

planning = Blueprint("planning", __name__)


@planning.app_template_filter("event_title")
def event_title(event: Event) -> str:
    """What an event is called, for who makes it: in the language of its original."""
    text = best_text(event, (event.language,))
    return text.title if text else ""


def found(slug: str) -> Event:
    """The event, for whoever may change it."""
    event = seen(slug)
    allow(policy.may_edit(viewer(), event))
    return event


def seen(slug: str) -> Event:
    """The event, for whoever may see it."""
    return queries.find_event(slug, viewer()) or abort(404)


def back(endpoint: str, event: Event, said: str, **values: Any) -> Response:
    """To a page of the event, with a word about what was done."""
    flash(said, "success")
    return done(url_for(endpoint, slug=event.slug, **values))


def event_page(template: str, event: Event, **shown: Any) -> Response:
    """A page about making one event, with what its frame needs."""
    return page(template, **(event_context(event) | shown))


def event_context(event: Event) -> dict[str, Any]:
    """What the frame of these pages needs."""
    me, at = viewer(), now()

    def may(verdict: Verdict) -> bool:
        return bool(verdict)

    return {
        "event": event,
        "refusal": queries.latest_refusal(event),
        "may_send": may(policy.may_send(me, event)),
        "may_publish": may(policy.may_publish(me, event)),
        "may_discard": may(policy.may_discard(me, event)),
        "may_reschedule": may(policy.may_reschedule(me, event, at)),
        "is_over": event.is_over(at),
        "problem": None,
    }


def somebody_was_faster() -> str:
    """What an organiser is told whose change crossed a colleague’s."""
    return _("Somebody changed this while you were writing. What you wrote is still here: compare.")
