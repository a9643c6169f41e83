"""What came of an event."""

from typing import Any

from flask import Response, abort
from flask_babel import gettext as _

from officine.blueprints.planning import policy, queries
from officine.blueprints.planning.commands import materials as commands
from officine.blueprints.planning.forms.materials import MaterialForm
from officine.blueprints.planning.routes.blueprint import back, event_page, planning, seen
from officine.blueprints.planning.routes.files import BAD, kept_picture, kept_slides
from officine.core.clock import now
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Event


@planning.get("/events/<slug>/materials")
def materials(slug: str) -> Response:
    """Photos, slides, the recording, links."""
    return _materials_page(_organised(slug), MaterialForm(formdata=None))


@planning.post("/events/<slug>/materials")
def add_material(slug: str) -> Any:
    """One thing more."""
    event = _organised(slug)
    form = MaterialForm()
    if not form.validate():
        return _materials_page(event, form), 422
    kind = form.kind.data
    try:
        key = None
        if kind == "photo":
            key = kept_picture(form.file.data, 1600)
        elif kind == "slides":
            key = kept_slides(form.file.data)
    except BAD as problem:
        form.file.errors = [str(problem)]
        return _materials_page(event, form), 422
    commands.add_material(
        event, by=viewer(), at=now(), kind=kind, title=form.title.data, language=event.language,
        key=key, url="" if key else form.address.data,
    )  # fmt: skip
    return back("planning.materials", event, _("Saved."))


@planning.post("/events/<slug>/materials/<int:material_id>/removal")
def remove_material(slug: str, material_id: int) -> Any:
    """One thing less."""
    event = _organised(slug)
    material = queries.find_material(material_id, event) or abort(404)
    commands.remove_material(event, material, by=viewer(), at=now())
    return back("planning.materials", event, _("Saved."))


def _organised(slug: str) -> Event:
    event = seen(slug)
    allow(policy.may_organise(viewer(), event))
    return event


def _materials_page(event: Event, form: MaterialForm) -> Response:
    return event_page("planning/materials.html", event, form=form)
