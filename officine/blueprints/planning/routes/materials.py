"""What came of an event."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, current_app, request
from flask_babel import gettext as _

from officine.blueprints.interviews.queries import find_interview
from officine.blueprints.planning import policy, queries
from officine.blueprints.planning.commands import materials as commands
from officine.blueprints.planning.forms.materials import (
    MOST_AT_ONCE,
    DescribedForm,
    MaterialForm,
)
from officine.blueprints.planning.routes.blueprint import back, event_page, planning, seen
from officine.blueprints.planning.routes.files import (
    BAD,
    LARGEST_SLIDES,
    BadFile,
    kept_picture,
    kept_slides,
)
from officine.core.clock import now
from officine.core.i18n import LANGUAGES
from officine.core.permission import allow
from officine.core.session import Visitor, viewer
from officine.models import Event

PHOTO_SIDE = 1600


@planning.url_value_preprocessor
def take_many_files(endpoint: str | None, _values: Any) -> None:
    """Photos come several at a time: more than other requests may hold."""
    if endpoint == "planning.add_material":
        request.max_content_length = (MOST_AT_ONCE + 1) * LARGEST_SLIDES


@planning.get("/events/<slug>/materials")
def materials(slug: str) -> Response:
    """Photos, slides, the recording, links."""
    return _materials_page(_organised(slug))


@planning.post("/events/<slug>/materials")
def add_material(slug: str) -> Any:
    """Some more: each file is a thing of its own."""
    event = _organised(slug)
    form = MaterialForm()
    if not form.validate():
        return _materials_page(event, form), 422
    told = {"kind": form.kind.data, "title": form.title.data, "language": form.language.data}
    if form.kind.data in ("photo", "slides"):
        try:
            keys = [_kept(form.kind.data, file) for file in form.file.data]
        except BAD as problem:
            form.file.errors = [str(problem)]
            return _materials_page(event, form), 422
        for key in keys:
            commands.add_material(event, by=viewer(), at=now(), key=key, **told)
    else:
        where = _address(form.address.data)
        commands.add_material(event, by=viewer(), at=now(), **where, **told)
    return back("planning.materials", event, _("Saved."))


@planning.post("/events/<slug>/materials/<int:material_id>")
def describe_material(slug: str, material_id: int) -> Any:
    """Say otherwise what one sees."""
    event = _organised(slug)
    material = queries.find_material(material_id, event) or abort(404)
    form = DescribedForm(prefix=f"m{material_id}-")
    if not form.validate():
        return _materials_page(event, described={material_id: form}), 422
    commands.describe_material(
        event, material, by=viewer(), at=now(), title=form.title.data, language=form.language.data
    )
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


def _kept(kind: str, file: Any) -> str:
    try:
        return kept_slides(file) if kind == "slides" else kept_picture(file, PHOTO_SIDE)
    except BAD as problem:
        raise BadFile(f"{file.filename}: {problem}") from None


def _address(address: str) -> dict[str, Any]:
    """An interview of ours by what it is, so that it goes with it; anything else by its address."""
    parts = urlsplit(address)
    steps = parts.path.strip("/").split("/")
    ours = parts.netloc == urlsplit(current_app.config["PUBLIC_URL"]).netloc
    if ours and len(steps) == 3 and steps[0] in LANGUAGES and steps[1] == "interviews":
        # Only what everyone may see: whoever reads the page is not its editor.
        found = find_interview(steps[2], Visitor())
        return {"interview_id": found.id} if found else {"url": address}
    return {"url": address}


def _materials_page(
    event: Event,
    form: MaterialForm | None = None,
    described: dict[int, DescribedForm] | None = None,
) -> Response:
    forms = {
        each.id: DescribedForm(formdata=None, prefix=f"m{each.id}-", obj=each)
        for each in event.materials
    }
    return event_page(
        "planning/materials.html", event, forms=forms | (described or {}),
        form=form or MaterialForm(formdata=None, language=event.language),
    )  # fmt: skip
