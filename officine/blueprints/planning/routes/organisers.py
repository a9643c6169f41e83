"""Who looks after an event."""

from typing import Any

from flask import Response, abort
from flask_babel import gettext as _

from officine.blueprints.planning import policy, queries
from officine.blueprints.planning.commands import organisers as commands
from officine.blueprints.planning.commands.errors import LastOrganiser
from officine.blueprints.planning.forms.organisers import OrganiserForm
from officine.blueprints.planning.routes.blueprint import back, event_page, found, planning
from officine.core.clock import now
from officine.core.session import viewer
from officine.models import Event


@planning.get("/events/<slug>/organisers")
def people(slug: str) -> Response:
    """Who looks after it."""
    return _page(found(slug), OrganiserForm(formdata=None))


@planning.post("/events/<slug>/organisers")
def add_person(slug: str) -> Any:
    """One more."""
    event = found(slug)
    form = OrganiserForm()
    if not form.validate() or form.member is None:
        return _page(event, form), 422
    commands.add_organiser(event, form.member, by=viewer(), at=now())
    return back("planning.people", event, _("Saved."))


@planning.post("/events/<slug>/organisers/<handle>/removal")
def remove_person(slug: str, handle: str) -> Any:
    """One less."""
    event = found(slug)
    member = queries.find_member(handle) or abort(404)
    try:
        commands.remove_organiser(event, member, by=viewer(), at=now())
    except LastOrganiser:
        problem = _("Somebody must look after it: first add another organiser.")
        return _page(event, OrganiserForm(formdata=None), problem=problem), 409
    return back(
        "planning.people" if policy.may_edit(viewer(), event) else "events.index",
        event,
        _("Saved."),
    )


def _page(event: Event, form: OrganiserForm, **shown: Any) -> Response:
    context: dict[str, Any] = {"form": form, "people": queries.organisers(event)}
    return event_page("planning/people.html", event, **(context | shown))
