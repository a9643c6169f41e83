"""The blueprint, and what its views share."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.units import format_unit
from flask import Blueprint, Response, current_app
from flask_babel import format_percent, get_locale

from officine.core.words import number

openness = Blueprint("openness", __name__)

UNITS = (
    ("minute", timedelta(minutes=1), 60),
    ("hour", timedelta(hours=1), 48),
    ("day", timedelta(days=1), 0),
)
"""Each unit, its length, and from how many of them on the next is used."""


def site_zone() -> ZoneInfo:
    """The clock by which days are counted for everybody, whoever looks."""
    return ZoneInfo(current_app.extensions["officine.settings"].timezone)


@openness.app_template_filter("figure")
def figure(value: Any) -> str:
    """A figure of a table: a number, how long something lasts, or nothing."""
    if value is None:
        return "–"
    return duration(value) if isinstance(value, timedelta) else number(value)


def duration(span: timedelta) -> str:
    """How long something lasts, told so that two such times can be compared: minutes below an
    hour, hours below two days, days.
    """
    unit, size = next((each for each in UNITS if span < each[2] * each[1]), UNITS[-1])[:2]
    amount = span / size
    rounded = round(amount) if unit == "minute" else round(amount, 1)
    return str(format_unit(rounded, unit, "short", locale=get_locale()))


@openness.app_template_filter("share")
def share(value: float) -> str:
    """A part of a whole: “87 %”."""
    return str(format_percent(value))


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A table to take away. It begins with the mark by which spreadsheets know UTF-8; what they
    could take for a formula is text.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return a_file(name, "\ufeff" + out.getvalue(), "text/csv")


def a_file(name: str, text: str, mimetype: str) -> Response:
    """Something to take away under a name."""
    response = Response(text, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, timedelta):
        return f"{value / timedelta(hours=1):.2f}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@") else text
