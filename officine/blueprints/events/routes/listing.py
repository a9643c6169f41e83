"""The list of events, and their months."""

from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, request, url_for
from flask_babel import format_date, get_timezone
from flask_babel import lazy_gettext as _l

from officine.blueprints.attendance.queries import my_registrations
from officine.blueprints.events import queries
from officine.blueprints.events.queries.listing import HOWS, PRICES, WHENS
from officine.blueprints.events.routes.blueprint import events
from officine.core.asked import asked_languages, one_of, page_number
from officine.core.clock import now
from officine.core.context import filter_url
from officine.core.htmx import page
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.reading import reading_order
from officine.core.session import viewer
from officine.core.words import country_name, number
from officine.lib.months import Month, month_named, month_of

HOW_NAMES = {"online": _l("Online"), "person": _l("In person")}
PRICE_NAMES = {"free": _l("Free"), "paid": _l("With a price")}
WHEN_NAMES = {
    "week": _l("Within a week"),
    "month": _l("Within a month"),
    "quarter": _l("Within three months"),
}


@events.get("/events")
def index() -> Response:
    """What is to come, what was, or a month."""
    at = now()
    day = _asked_day()
    month = month_of(day) if day else month_named(request.args.get("month", ""))
    return _month_page(month, day, at) if month else _list_page(at)


def _list_page(at: datetime) -> Response:
    wanted = _wanted()
    listed = queries.events_for(viewer(), wanted, reading_order(), at)
    if not listed.rows and wanted.page > 1:
        abort(404)
    return page(
        "events/index.html",
        part="events",
        listed=listed,
        months=_by_month(listed.rows, at),
        left=max(0, listed.total - wanted.page * queries.PAGE),
        grid=queries.month_marks(viewer(), _first_month(listed, at), wanted, get_timezone(), at),
        choices=_choices(wanted, listed),
        **_shown(listed.rows, wanted, listed.by_language, at),
    )


def _month_page(month: Month, day: date | None, at: datetime) -> Response:
    wanted = _wanted()
    grid = queries.month_grid(viewer(), month, wanted, reading_order(), get_timezone(), at)
    rows = grid.rows_on(day) if day else grid.rows
    return page(
        "events/month.html",
        part="events",
        grid=grid,
        day=day,
        rows=rows,
        choices=_choices(wanted, None),
        **_shown(rows, wanted, {}, at),
    )


def _shown(
    rows: list[queries.EventRow], wanted: queries.Wanted, counts: dict[str, int], at: datetime
) -> dict[str, Any]:
    """What the list and the months have in common."""
    return {
        "at": at,
        "wanted": wanted,
        "registrations": my_registrations(viewer(), [row.event.id for row in rows]),
        "switches": _switches(wanted, counts),
        "weekdays": _weekdays(),
        "zone": str(get_timezone()),
        "reader_zone": viewer().timezone,
        "month_url": lambda month: filter_url(month=month, day=None, page=None, when=None),
        "day_url": lambda day: filter_url(day=day, month=None, page=None, when=None) + "#day",
    }


def _by_month(
    rows: list[queries.EventRow], at: datetime
) -> list[tuple[str, list[queries.EventRow]]]:
    """The rows under the months in which they begin; a year is named where it is not this one."""

    def begins(row: queries.EventRow) -> tuple[int, int]:
        local = row.event.starts_at.astimezone(row.event.timezone)
        return local.year, local.month

    return [
        (
            format_date(date(year, month, 1), "LLLL" if year == at.year else "LLLL yyyy"),
            list(of_month),
        )
        for (year, month), of_month in groupby(rows, key=begins)
    ]


Choices = list[tuple[str, Any, int | bool]]
"""What one can filter by: a code, what it is called, how many; True where nobody counted."""


def _choices(wanted: queries.Wanted, listed: queries.Listed | None) -> dict[str, Choices]:
    """The filters with what there is to choose, each in its order."""
    names = {"how": HOW_NAMES, "price": PRICE_NAMES, "when": WHEN_NAMES}
    if listed is None:
        return {
            **{
                name: [(code, words, True) for code, words in names[name].items()] for name in names
            },
            "place": [(wanted.place, country_name(wanted.place), True)] if wanted.place else [],
            "group": _my_groups(True),
        }
    counts = {"how": listed.by_how, "price": listed.by_price, "when": listed.by_when}
    places = sorted(listed.by_place, key=country_name)
    return {
        **{
            name: [(code, words, counts[name].get(code, 0)) for code, words in names[name].items()]
            for name in names
        },
        "place": [(code, country_name(code), listed.by_place[code]) for code in places if code],
        "group": _my_groups(listed.by_group.get(queries.MINE, 0))
        + [
            (slug, name, listed.by_group.get(slug, 0))
            for slug, name in sorted(listed.group_names.items(), key=lambda it: it[1].casefold())
        ],
    }


def _my_groups(number: int | bool) -> Choices:
    return [(queries.MINE, _l("My groups"), number)] if viewer().is_member else []


def _wanted() -> queries.Wanted:
    """What the address asks for; of languages, those that the viewer reads."""
    return queries.Wanted(
        languages=asked_languages() or tuple(code for code in LANGUAGES if code in viewer().reads),
        how=one_of(HOWS, "how"),
        place=_code("place"),
        group=request.args.get("group", "")[:90],
        price=one_of(PRICES, "price"),
        when=one_of(WHENS, "when"),
        page=page_number(),
    )


def _code(name: str) -> str:
    value = request.args.get(name, "")
    return value if len(value) == 2 and value.isascii() and value.isupper() else ""


def _asked_day() -> date | None:
    text = request.args.get("day", "")
    if month_named(text[:7]) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _first_month(listed: queries.Listed, at: datetime) -> Month:
    """This month, or the one of the first event of the list where that comes later."""
    today = at.astimezone(get_timezone()).date()
    days = [row.event.starts_at.astimezone(get_timezone()).date() for row in listed.rows]
    return month_of(max(today, min(days, default=today)))


def _switches(
    wanted: queries.Wanted, counts: dict[str, int]
) -> list[tuple[str, str, str | None, bool, str]]:
    """Each language as a link that takes it in or leaves it out: code, own name, count, whether
    it is on, address.
    """
    on = set(wanted.languages)
    return [
        (
            code,
            OWN_NAMES[code],
            number(counts.get(code, 0)) if counts else None,
            code in on,
            _with([each for each in LANGUAGES if each in on ^ {code}]),
        )
        for code in LANGUAGES
    ]


def _with(languages: list[str]) -> str:
    """This page’s address with other languages. Written by hand: the filter is called as the
    first part of the address is.
    """
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    kept = [(name, value) for name, value in kept if name != "page"]
    query = urlencode([*kept, *(("lang", each) for each in languages)])
    return f"{url_for('.index')}?{query}" if query else url_for(".index")


def _weekdays() -> list[tuple[str, str]]:
    """The days of the week, Monday first: a letter or two, and the whole name."""
    monday = date(2026, 11, 23)
    days = [monday.replace(day=monday.day + n) for n in range(7)]
    return [(format_date(day, "EEEEE"), format_date(day, "EEEE")) for day in days]
