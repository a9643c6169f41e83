"""Events that come again."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands import series
from officine.blueprints.planning.commands.errors import EditedMeanwhile, NotNow
from officine.blueprints.planning.forms.repeating import SeriesForm
from officine.blueprints.planning.routes.blueprint import (
    back,
    event_page,
    found,
    planning,
    somebody_was_faster,
)
from officine.core.clock import now
from officine.core.session import viewer
from officine.models import Event


@planning.get("/events/<slug>/series")
def dates(slug: str) -> Response:
    """How it comes again, and its dates."""
    event = found(slug)
    return _page(event, SeriesForm(event, formdata=None, version=event.version))


@planning.post("/events/<slug>/series")
def save_dates(slug: str) -> Any:
    """Let it come again."""
    event = found(slug)
    form = SeriesForm(event)
    if not form.validate():
        return _page(event, form), 422
    try:
        series.repeat_event(
            event, by=viewer(), at=now(), seen=form.version.data or 0, **form.rule()
        )
    except EditedMeanwhile:
        form.version.raw_data, form.version.data = None, event.version
        return _page(event, form, problem=somebody_was_faster()), 409
    except NotNow:
        return _page(event, form, problem=_("It comes again already.")), 409
    return back("planning.dates", event, _("It comes again."))


def _page(event: Event, form: SeriesForm, **shown: Any) -> Response:
    context: dict[str, Any] = {"form": form, "dates": queries.dates_of_series(event, now())}
    return event_page("planning/dates.html", event, **(context | shown))
