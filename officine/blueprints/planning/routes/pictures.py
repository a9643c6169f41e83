"""The picture of an event, and the way there."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from officine.blueprints.planning.commands import pictures as commands
from officine.blueprints.planning.commands import series
from officine.blueprints.planning.commands.errors import EditedMeanwhile
from officine.blueprints.planning.forms.pictures import MapForm, PictureForm
from officine.blueprints.planning.routes.blueprint import (
    back,
    event_page,
    found,
    planning,
    somebody_was_faster,
)
from officine.blueprints.planning.routes.files import BAD, kept_cover, kept_picture
from officine.core.clock import now
from officine.core.session import viewer
from officine.models import Event

MAP_SIDE = 1600


@planning.get("/events/<slug>/pictures")
def pictures(slug: str) -> Response:
    """What stands there now, and what can stand there instead."""
    return _page(found(slug))


@planning.post("/events/<slug>/picture")
def save_picture(slug: str) -> Any:
    """Show another one, say what is seen on it, or take it away."""
    event = found(slug)
    form = PictureForm(event)
    gone = "remove" in request.form
    if not gone and not form.validate():
        return _page(event, picture_form=form), 422
    try:
        key = kept_cover(form.picture.data) if form.picture.data and not gone else None
    except BAD as problem:
        form.picture.errors = [str(problem)]
        return _page(event, picture_form=form), 422

    def change(each: Event, seen: int) -> None:
        # Without a new picture, each date keeps the one it has.
        kept = None if gone else key or each.picture_key
        commands.set_picture(each, by=viewer(), at=now(), seen=seen, key=kept, said=form.said())

    return _save(event, form, change, picture_form=form)


@planning.post("/events/<slug>/map")
def save_map(slug: str) -> Any:
    """Show how one gets there by another picture, or by none."""
    event = found(slug)
    form = MapForm()
    gone = "remove" in request.form
    if not gone and not form.validate():
        return _page(event, map_form=form), 422
    try:
        key = None if gone else kept_picture(form.picture.data, MAP_SIDE)
    except BAD as problem:
        form.picture.errors = [str(problem)]
        return _page(event, map_form=form), 422

    def change(each: Event, seen: int) -> None:
        commands.set_map(each, by=viewer(), at=now(), seen=seen, key=key)

    return _save(event, form, change, map_form=form)


def _save(event: Event, form: Any, change: Callable[[Event, int], None], **shown: Any) -> Any:
    first = form.version.data or 0

    def each_as_known(each: Event) -> None:
        change(each, first if each is event else each.version)

    try:
        series.change_with(event, form.chosen_scope(), now(), each_as_known)
    except EditedMeanwhile:
        form.version.raw_data, form.version.data = None, event.version
        return _page(event, problem=somebody_was_faster(), **shown), 409
    return back("planning.pictures", event, _("Saved."))


def _page(event: Event, **shown: Any) -> Response:
    context: dict[str, Any] = {
        "picture_form": PictureForm(event, formdata=None, version=event.version),
        "map_form": MapForm(formdata=None, version=event.version),
    }
    return event_page("planning/pictures.html", event, **(context | shown))
