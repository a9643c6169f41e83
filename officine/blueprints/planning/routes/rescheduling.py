"""Another time, another place, another day, or not at all."""

from collections.abc import Callable
from typing import Any

from flask import Response
from flask_babel import gettext as _

from officine.blueprints.planning import policy
from officine.blueprints.planning.commands import rescheduling, series
from officine.blueprints.planning.commands.errors import EditedMeanwhile, NothingChanged, NotNow
from officine.blueprints.planning.forms.rescheduling import MoveForm, ReasonForm
from officine.blueprints.planning.routes.blueprint import (
    back,
    event_page,
    planning,
    seen,
    somebody_was_faster,
)
from officine.core.clock import now
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Event


@planning.get("/events/<slug>/move")
def move(slug: str) -> Response:
    """When and where it is to be instead."""
    event = _found(slug)
    return _move_page(event, MoveForm.of(event))


@planning.post("/events/<slug>/move")
def save_move(slug: str) -> Any:
    """Move it, and let everybody know."""
    event = _found(slug)
    form = MoveForm(event.zone)
    if not form.validate():
        return _move_page(event, form), 422
    if form.when()["ends_at"] <= now():
        form.day.errors = [_("This day is over already.")]
        return _move_page(event, form), 422
    try:
        series.move_with(
            event, form.chosen_scope(), by=viewer(), at=now(), seen=form.version.data or 0,
            when=form.when(), where=form.where(), reason=form.reason.data or "",
        )  # fmt: skip
    except EditedMeanwhile:
        form.version.raw_data, form.version.data = None, event.version
        return _move_page(event, form, problem=somebody_was_faster()), 409
    except NothingChanged:
        form.day.errors = [_("It has this time and this place already.")]
        return _move_page(event, form), 422
    return back("events.show", event, _("Moved. Everybody who wants to come hears of it."))


@planning.get("/events/<slug>/postponement")
def postpone(slug: str) -> Response:
    """Why it does not take place when it was to."""
    event = _found(slug)
    return _reason_page("planning/postpone.html", event, _reason_form(event))


@planning.post("/events/<slug>/postponement")
def save_postponement(slug: str) -> Any:
    """Postpone it, and let everybody know."""
    said = _("Postponed. Everybody who wants to come hears of it.")
    return _with_reason(slug, "planning/postpone.html", _postpone, said)


@planning.get("/events/<slug>/cancellation")
def cancel(slug: str) -> Response:
    """Why it does not take place."""
    event = _found(slug)
    return _reason_page("planning/cancel.html", event, _reason_form(event))


@planning.post("/events/<slug>/cancellation")
def save_cancellation(slug: str) -> Any:
    """Cancel it, and let everybody know."""
    said = _("Cancelled. Everybody who wanted to come hears of it.")
    return _with_reason(slug, "planning/cancel.html", _cancel, said)


def _found(slug: str) -> Event:
    event = seen(slug)
    allow(policy.may_reschedule(viewer(), event, now()))
    return event


def _with_reason(slug: str, template: str, act: Callable[..., Any], said: str) -> Any:
    event = _found(slug)
    form = ReasonForm()
    if not form.validate():
        return _reason_page(template, event, form), 422
    try:
        act(
            event, form.chosen_scope(), by=viewer(), at=now(), seen=form.version.data or 0,
            reason=form.reason.data,
        )  # fmt: skip
    except EditedMeanwhile:
        form.version.raw_data, form.version.data = None, event.version
        return _reason_page(template, event, form, problem=somebody_was_faster()), 409
    except NotNow:
        problem = _("This was done already.")
        return _reason_page(template, event, form, problem=problem), 409
    return back("events.show", event, said)


def _postpone(event: Event, _scope: str, **said: Any) -> None:
    """Only ever this date: each that waits for a new one is asked for by itself."""
    rescheduling.postpone_event(event, **said)


def _cancel(event: Event, scope: str, **said: Any) -> None:
    series.cancel_with(event, scope, **said)


def _reason_form(event: Event) -> ReasonForm:
    return ReasonForm(formdata=None, version=event.version)


def _reason_page(template: str, event: Event, form: ReasonForm, **shown: Any) -> Response:
    return event_page(template, event, **({"form": form} | shown))


def _move_page(event: Event, form: MoveForm, **shown: Any) -> Response:
    return event_page("planning/move.html", event, **({"form": form} | shown))
