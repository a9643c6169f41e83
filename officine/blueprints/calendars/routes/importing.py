"""Taking over events from a calendar elsewhere: read it, look at what it brings, take it."""

from typing import Any

from flask import Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from officine.blueprints.calendars import commands, jobs, policy, queries
from officine.blueprints.calendars.forms import CalendarForm
from officine.blueprints.calendars.routes.blueprint import calendars
from officine.core.clock import now
from officine.core.fetch import CannotFetch, fetch
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES, current_language
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.lib.ical.reading import LARGEST, NotACalendar, read_apart
from officine.lib.text import clean_line
from officine.models.calendar import CalendarSource
from officine.models.event import AUDIENCES

MOST_READINGS = "10 per hour"

FAULTS: dict[str, Any] = {
    "address": _l("This is no address of a calendar: it begins with https:// or webcal://."),
    "private": _l("This address is not on the public Internet: we do not go there."),
    "unknown": _l("There is no such address. Look whether it is written right."),
    "unreachable": _l("Nobody answers at this address. Try again later."),
    "refused": _l("Whoever answers there does not hand the calendar out. Is it public?"),
    "too-large": _l("The calendar is too large: 2 MB and 3,000 entries at most."),
    "too-slow": _l("Reading the calendar takes too long. Try one with fewer events."),
    "empty": _l("The calendar is empty."),
    "unreadable": _l("This is no calendar that we can read: it should be a file in iCalendar."),
}

REASONS: dict[str, Any] = {
    "no-title": _l("It has no title."),
    "no-beginning": _l("It does not say when it begins."),
    "no-date-to-come": _l("It is over, or more than a year away."),
    "ends-before-it-begins": _l("It ends before it begins."),
    "too-long": _l("It lasts longer than a month."),
    "too-often": _l("It comes again several times a day."),
    "too-many-dates": _l("It comes again more than 60 times in a year."),
    "too-many-events": _l("There are more than 300 events before it."),
    "too-old": _l("Its series began before 1970."),
    "unreadable-rule": _l("It does not say how it comes again."),
    "cancelled": _l("It was cancelled there."),
    "unreadable": _l("It cannot be read."),
}


@calendars.get("/calendar/import")
def choose_calendar() -> Response:
    allow(policy.may_import(viewer()))
    form = _form(address=clean_line(request.args.get("url", ""))[:500], language=current_language())
    return page("calendars/import.html", "form", **_choosing(form))


@calendars.post("/calendar/import")
def read_calendar() -> Response | tuple[Response, int]:
    allow(policy.may_import(viewer()))
    form = _form()
    source = _read(form) if form.validate() else None
    if source is None:
        return page("calendars/import.html", "form", **_choosing(form)), 422
    chosen = {"language": form.language.data, "audience": form.audience.data}
    return done(url_for(".preview", source_id=source.id, **chosen))


@calendars.get("/calendar/import/<int:source_id>")
def preview(source_id: int) -> Response:
    allow(policy.may_import(viewer()))
    return page("calendars/preview.html", "preview", **_previewing(_source(source_id)))


@calendars.post("/calendar/import/<int:source_id>")
def take_over(source_id: int) -> Response | tuple[Response, int]:
    allow(policy.may_import(viewer()))
    source = _source(source_id)
    wanted = set(request.form.getlist("take"))
    if not wanted:
        fault = _("Choose at least one event.")
        return page("calendars/preview.html", "preview", **_previewing(source, fault)), 422

    taken = jobs.take_over(
        source,
        wanted,
        by=viewer(),
        at=now(),
        language=_language(),
        audience=_audience(source),
        publishes=request.form.get("publish") == "yes",
    )
    flash(_told(taken), "success")
    return done(url_for("planning.mine"))


def _source(source_id: int) -> CalendarSource:
    return queries.find_source(source_id, viewer()) or abort(404)


def _form(**values: Any) -> CalendarForm:
    groups = queries.groups_to_fill(viewer())
    return CalendarForm(groups=groups, by_desk=viewer().is_staff, **values)


def _read(form: CalendarForm) -> CalendarSource | None:
    """Fetch and read the calendar; where that fails the form says why."""
    faulty = form.address if form.address.data else form.file
    too_many = too_often((MOST_READINGS, f"calendar-import:{viewer().id}"))
    if too_many:
        faulty.errors = [too_many]
        return None
    try:
        data = _data(form)
        reading = read_apart(data, at=now(), zone=_zone())
    except (CannotFetch, NotACalendar) as error:
        faulty.errors = [FAULTS[error.code]]
        return None
    groups = {group.id: group for group in queries.groups_to_fill(viewer())}
    return commands.keep_reading(
        reading,
        name=clean_line(form.address.data or form.file.data.filename) or _("Calendar"),
        url=form.address.data,
        group=groups.get(form.group.data),
        by=viewer(),
        at=now(),
    )


def _data(form: CalendarForm) -> bytes:
    if form.address.data:
        return fetch(form.address.data, largest=LARGEST, accept="text/calendar")
    data: bytes = form.file.data.read(LARGEST + 1)
    return data


def _zone() -> str:
    zone: str = viewer().timezone or current_app.extensions["officine.settings"].timezone
    return zone


def _language() -> str:
    asked = request.values.get("language", "")
    return asked if asked in LANGUAGES else current_language()


def _audience(source: CalendarSource) -> str:
    asked = request.values.get("audience", "")
    if asked not in AUDIENCES or (asked == "group" and source.group_id is None):
        return "members"
    return asked


def _choosing(form: CalendarForm) -> dict[str, Any]:
    return {"form": form, "sources": queries.my_sources(viewer())}


def _previewing(source: CalendarSource, fault: str = "") -> dict[str, Any]:
    compared, reading = queries.compared(source)
    by_state = {
        state: [each for each in compared if each.state == state]
        for state in ("new", "changed", "same", "elsewhere")
    }
    return {
        "source": source,
        "by_state": by_state,
        "refused": [(each.title, REASONS[each.why]) for each in reading.refused],
        "fault": fault,
        "language": _language(),
        "audience": _audience(source),
    }


def _told(taken: jobs.TakenOver) -> str:
    new = ngettext("%(num)s event taken over.", "%(num)s events taken over.", taken.new)
    changed = ngettext("%(num)s changed.", "%(num)s changed.", taken.changed)
    left = ngettext("%(num)s was left as it is.", "%(num)s were left as they are.", taken.left)
    said = [new] + ([changed] if taken.changed else []) + ([left] if taken.left else [])
    return " ".join(said)
