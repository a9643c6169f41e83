"""Taking over events from a calendar elsewhere: read it, look at what it brings, take it."""

from dataclasses import astuple
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
from officine.core.i18n import current_language
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.core.words import and_list
from officine.lib.ical.reading import LARGEST, NotACalendar, read_apart
from officine.lib.text import clean_line
from officine.models.calendar import CalendarSource

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

FACT_NAMES: dict[str, Any] = {
    "title": _l("the title"),
    "when": _l("the time"),
    "place": _l("the place"),
    "room": _l("the online room"),
    "text": _l("the text"),
}


@calendars.get("/calendar/import")
def choose_calendar() -> Response:
    """The form; with what was chosen for a calendar before, where its number is asked for."""
    allow(policy.may_import(viewer()))
    asked = request.args.get("source", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    source = queries.find_source(number, viewer())
    values: dict[str, Any] = {"language": current_language()}
    if source:
        values = {
            "address": source.url,
            "language": source.language,
            "group": source.group_id or 0,
            "audience": source.audience,
        }
    return page("calendars/import.html", "form", **_choosing(_form(**values)))


@calendars.post("/calendar/import")
def read_calendar() -> Response | tuple[Response, int]:
    allow(policy.may_import(viewer()))
    form = _form()
    source = _read(form) if form.validate() else None
    if source is None:
        return page("calendars/import.html", "form", **_choosing(form)), 422
    return done(url_for(".preview", source_id=source.id))


@calendars.post("/calendar/import/<int:source_id>/reading")
def look_again(source_id: int) -> Response | tuple[Response, int]:
    """Read a calendar once more, for the same group, audience and language."""
    allow(policy.may_import(viewer()))
    source = _source(source_id)
    if not source.url:
        return done(url_for(".choose_calendar", source=source.id))
    form = _form(
        formdata=None,
        address=source.url,
        language=source.language,
        group=source.group_id or 0,
        audience=source.audience,
    )
    if (source.group_id or 0) not in [choice.value for choice in form.group.choices]:
        form.group.errors = [_("You look after this group no more.")]
        return page("calendars/import.html", "form", **_choosing(form)), 422
    if _read(form) is None:
        return page("calendars/import.html", "form", **_choosing(form)), 422
    return done(url_for(".preview", source_id=source.id))


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

    publishes = request.form.get("publish") == "yes"
    taken = jobs.take_over(source, wanted, by=viewer(), at=now(), publishes=publishes)
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
        language=form.language.data,
        audience=form.audience.data,
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


def _choosing(form: CalendarForm) -> dict[str, Any]:
    return {"form": form, "sources": queries.my_sources(viewer())}


def _previewing(source: CalendarSource, fault: str = "") -> dict[str, Any]:
    compared, reading = queries.compared(source, now())
    by_state = {
        state: [each for each in compared if each.state == state]
        for state in ("new", "changed", "cancelled", "gone", "same", "elsewhere")
    }
    return {
        "source": source,
        "by_state": by_state,
        "refused": [(each.title, REASONS[each.why]) for each in reading.refused],
        "fault": fault,
        "facts": lambda names: and_list([str(FACT_NAMES[name]) for name in names]),
    }


def _told(taken: jobs.TakenOver) -> str:
    said = [
        ngettext("%(num)s event taken over.", "%(num)s events taken over.", taken.new),
        ngettext("%(num)s changed.", "%(num)s changed.", taken.changed),
        ngettext("%(num)s does not take place.", "%(num)s do not take place.", taken.ended),
        ngettext("%(num)s was left as it is.", "%(num)s were left as they are.", taken.left),
    ]
    told = [each for each, number in zip(said, astuple(taken), strict=True) if number]
    return " ".join(told or said[:1])
