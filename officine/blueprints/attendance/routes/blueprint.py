"""What the pages about going have in common."""

from typing import Any

from flask import Blueprint, abort, url_for
from flask_babel import lazy_pgettext as _lp

from officine.blueprints.attendance import queries
from officine.core.clock import now
from officine.core.reading import reading_order
from officine.core.redirects import here
from officine.core.session import viewer
from officine.models import Event, EventText
from officine.models.translation import best_text

attendance = Blueprint("attendance", __name__)


REPLY_NAMES: dict[str, Any] = {
    "invited": _lp("reply", "Invited"),
    "asked": _lp("reply", "Asks to come"),
    "going": _lp("reply", "Going"),
    "maybe": _lp("reply", "Maybe"),
    "waiting": _lp("reply", "On the waiting list"),
    "offered": _lp("reply", "Has an offer"),
    "no": _lp("reply", "Not going"),
    "refused": _lp("reply", "Refused"),
}


@attendance.app_template_filter("reply_name")
def reply_name(reply: str) -> str:
    """What a reply is called."""
    return str(REPLY_NAMES.get(reply, reply))


@attendance.app_template_test("taking_replies")
def taking_replies(event: Event) -> bool:
    """Whether one can say now that one comes."""
    return event.takes_registrations(now())


@attendance.app_template_test("still_answerable")
def still_answerable(event: Event) -> bool:
    """Whether an answer may still be changed."""
    return event.state == "published" and not event.is_over(now())


@attendance.app_template_test("asking")
def asking(event: Event) -> bool:
    """Whether the organisers ask those who come something."""
    return bool(queries.questions(event))


@attendance.app_template_global()
def back_here() -> str:
    """Where a form leads back to: the page it stands on."""
    return here()


@attendance.app_template_global()
def is_signed_in() -> bool:
    """Whether a member looks: a macro knows no viewer."""
    return bool(viewer().is_member)


def find_or_404(slug: str) -> Event:
    """The event at an address, if the viewer may see it, and it stands in the calendar."""
    event = queries.find_event(slug, viewer())
    return event if event is not None and event.is_shown else abort(404)


def words_of(event: Event) -> EventText:
    """The words of an event in the language its reader reads best."""
    return best_text(event, reading_order()) or abort(404)


def event_url(event: Event) -> str:
    """The page of an event."""
    return url_for("events.show", slug=event.slug)
