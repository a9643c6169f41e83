"""How dates, numbers, names of languages and of sectors read in the language of the page."""

import html
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_time as babel_time
from babel.dates import format_timedelta, get_timezone_location
from babel.lists import format_list
from flask import Flask
from flask_babel import (
    format_date,
    format_decimal,
    format_time,
    get_locale,
    gettext,
    to_user_timezone,
)
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from markupsafe import Markup

from officine.core.clock import now
from officine.core.i18n import LANGUAGES, OWN_NAMES, current_language, language_name
from officine.lib.markdown import plain
from officine.lib.text import excerpt
from officine.lib.words import fold

# Two letters that name a union, a quarter of the world or nothing at all.
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

SECTOR_NAMES: dict[str, Any] = {
    "agriculture": _l("Agriculture and fishing"),
    "food": _l("Food and drink"),
    "textile": _l("Textiles, clothing and leather"),
    "wood": _l("Wood and furniture"),
    "packaging": _l("Paper and packaging"),
    "printing": _l("Printing"),
    "chemicals": _l("Chemicals and pharmaceuticals"),
    "plastics": _l("Rubber and plastics"),
    "ceramics": _l("Ceramics, glass and stone"),
    "metal": _l("Metal and metalworking"),
    "electronics": _l("Electronics and electrical equipment"),
    "machinery": _l("Machinery"),
    "automotive": _l("Vehicles and parts"),
    "repair": _l("Repair and other manufacturing"),
    "energy": _lp("sector", "Energy"),
    "waste": _l("Water and waste"),
    "construction": _l("Construction"),
    "trade": _l("Wholesale trade"),
    "retail": _l("Retail"),
    "transport": _l("Transport and logistics"),
    "hospitality": _l("Tourism and hospitality"),
    "digital": _l("Software and communication"),
    "finance": _l("Finance and insurance"),
    "services": _l("Professional services"),
    "support": _l("Business support"),
    "education": _l("Education and public services"),
    "health": _l("Health and care"),
    "culture": _l("Culture, sport and associations"),
}

KIND_NAMES: dict[str, Any] = {
    "entrepreneur": _l("Entrepreneur"),
    "professional": _l("In-company professional"),
    "supplier": _l("Supplier or consultant"),
}

RULE_NAMES: dict[str, Any] = {
    "respect": _l("Respect for people"),
    "advertising": _l("Advertising where nobody asked for it"),
    "off-topic": _l("Off the group’s subject"),
    "privacy": _l("Somebody’s private data"),
    "illegal": _l("Against the law"),
    "minors": _l("Offence against minors"),
    "terrorism": _l("Terrorist content"),
    "copyright": _l("Somebody else’s text or picture"),
    "spam": _l("Spam"),
    "other": _l("Another reason"),
}

MEASURE_NAMES: dict[str, Any] = {
    "hold": _lp("measure", "Held for an editor"),
    "approve": _lp("measure", "Approved"),
    "send-back": _lp("measure", "Sent back to the author"),
    "hide": _lp("measure", "Hidden"),
    "remove": _lp("measure", "Removed"),
    "remove-urgently": _lp("measure", "Removed at once"),
    "show": _lp("measure", "Shown again"),
    "lock": _lp("measure", "Closed to new messages"),
    "unlock": _lp("measure", "Opened again"),
    "slow": _lp("measure", "Slowed down"),
    "unslow": _lp("measure", "No longer slowed down"),
    "move": _lp("measure", "Moved"),
    "split": _lp("measure", "Split"),
    "merge": _lp("measure", "Merged"),
    "warn": _lp("measure", "Warned"),
    "restrict": _lp("measure", "Must be approved before publication"),
    "suspend": _lp("measure", "Suspended"),
    "close-account": _lp("measure", "Account closed"),
    "restrict-reports": _lp("measure", "Reporting suspended"),
    "lift": _lp("measure", "Lifted"),
    "dismiss": _lp("measure", "Left as it is"),
    "leave": _lp("measure", "Looked into and left"),
    "uphold": _lp("measure", "Upheld after an appeal"),
    "reverse": _lp("measure", "Reversed after an appeal"),
    "escalate": _lp("measure", "Left to the community manager"),
    "remove-from-group": _lp("measure", "Removed from a group"),
    "decline-group": _lp("measure", "Group not opened"),
    "decline-event": _lp("measure", "Event not published"),
    "hide-question": _lp("measure", "Question to a guest hidden"),
}


def init_app(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.filters.update(
        date=day,
        time=hour,
        ago=ago,
        number=number,
        span_of_time=span_of_time,
        # For letters in plain text that share sentences with pages, which escape what people wrote.
        unescape=lambda words: html.unescape(str(words)),
        excerpt_of=lambda text, length: excerpt(plain(text), length),
        language_name=language_name,
        own_language_name=lambda code: OWN_NAMES.get(code, code),
        sector_name=sector_name,
        kind_name=lambda kind: KIND_NAMES.get(kind, kind),
        measure_name=lambda measure: MEASURE_NAMES.get(measure, measure),
        rule_name=lambda rule: RULE_NAMES.get(rule, rule),
        country_name=country_name,
        timezone_name=timezone_name,
        plain_date=plain_date,
        day_in=day_in,
        hour_in=hour_in,
        and_list=and_list,
    )
    app.jinja_env.tests["elsewhere"] = is_elsewhere
    app.jinja_env.globals.update(language_codes=LANGUAGES, page_language=current_language)


def day(moment: datetime | date, style: str = "long") -> Markup:
    """A day, marked up: “21 novembre 2026”."""
    local = to_user_timezone(moment) if isinstance(moment, datetime) else moment
    return Markup('<time datetime="{}">{}</time>').format(
        local.date().isoformat() if isinstance(local, datetime) else local.isoformat(),
        format_date(moment, style),
    )


def timezone_name(zone: str) -> str:
    """The city by which a time zone is known: “Roma”, “Città del Messico”."""
    place: str = get_timezone_location(zone, locale=get_locale(), return_city=True)
    return place.rpartition("/")[2]


def hour(moment: datetime) -> Markup:
    """An hour of the day, marked up."""
    return Markup('<time datetime="{}">{}</time>').format(
        moment.isoformat(timespec="seconds"), format_time(moment, "short")
    )


def plain_date(day: date, style: str) -> str:
    """A day in words or in a pattern of CLDR’s (“LLLL yyyy”), not marked up."""
    return str(babel_date(day, style, locale=get_locale()))


def day_in(moment: datetime, zone: str, style: str = "full") -> str:
    """The day it is at a moment somewhere: “mercoledì 2 dicembre 2026”."""
    local = moment.astimezone(ZoneInfo(zone)).date()
    return str(babel_date(local, style, locale=get_locale()))


def hour_in(moment: datetime, zone: str) -> Markup:
    """The hour it is at a moment somewhere, marked up with the moment as it is counted there."""
    local = moment.astimezone(ZoneInfo(zone))
    return Markup('<time datetime="{}">{}</time>').format(
        local.isoformat(timespec="minutes"), babel_time(local, "short", local.tzinfo, get_locale())
    )


def is_elsewhere(zone: str | None, moment: datetime, other: str) -> bool:
    """Whether clocks in ``zone`` show another time than in ``other`` at a moment; not where
    nobody knows the zone.
    """
    if not zone:
        return False
    here, there = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(other))
    return here.utcoffset() != there.utcoffset()


def ago(moment: datetime) -> Markup:
    """How long ago, marked up, with the exact moment for whoever asks: “3 ore fa”."""
    passed = now() - moment
    exact = f"{format_date(moment, 'long')}, {format_time(moment, 'short')}"
    if passed < timedelta(seconds=45):
        words = gettext("just now")
    elif timedelta(hours=6) < passed and _was_yesterday(moment):
        words = gettext("yesterday")
    elif passed < timedelta(days=30):
        words = format_timedelta(-passed, add_direction=True, locale=get_locale(), threshold=0.99)
    else:
        words = format_date(moment, "medium")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.isoformat(timespec="seconds"), exact, words
    )


def span_of_time(span: timedelta) -> str:
    """How long something lasts, in its largest unit: “38 min”, “2 h”, “3 g”."""
    return format_timedelta(abs(span), format="narrow", threshold=1.2, locale=get_locale())


def _was_yesterday(moment: datetime) -> bool:
    today = to_user_timezone(now()).date()
    return bool(to_user_timezone(moment).date() == today - timedelta(days=1))


def number(value: int | float) -> str:
    """A number with the page's separators. Most are small and need none: looking up how the
    language writes them would take longer than the row they stand in.
    """
    if isinstance(value, int) and 0 <= value < 1000:
        return str(int(value))
    return str(format_decimal(value))


def sector_name(code: str) -> str:
    """What a sector is called."""
    return str(SECTOR_NAMES.get(code, ""))


def country_name(code: str) -> str:
    """What a country is called, in the language being written."""
    return str(Locale.parse(current_language()).territories.get(code, code)) if code else ""


def and_list(words: list[str]) -> str:
    """“a, b and c”, as the language joins them."""
    return format_list(list(words), locale=current_language())


def countries() -> list[tuple[str, str]]:
    """The codes and names of all countries, in the order of the language being written."""
    return list(_countries(current_language()))


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(language).territories
    codes = [str(code) for code in names if len(str(code)) == 2]
    known = [(code, names[code]) for code in codes if code not in NO_COUNTRIES]
    return tuple(sorted(known, key=lambda pair: fold(pair[1])))
