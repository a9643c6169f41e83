"""The forum’s pages hang on this."""

from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton
from flask import Blueprint
from flask_babel import format_date, format_time, get_locale, get_timezone, to_user_timezone
from markupsafe import Markup

from officine.core.clock import now
from officine.models.screening import said

forum = Blueprint("forum", __name__)

KEPT = 3000

# No row has a greater number; a longer one in an address names nothing.
ID = "int(max=2147483647)"


forum.add_app_template_filter(said, "signal_sentence")


@forum.app_template_filter("moment")
def moment(at: datetime, short: bool = False) -> Markup:
    """When something was written: the hour today, day and hour before, the day in other years.
    ``short`` leaves the hour to today’s.
    """
    today = to_user_timezone(now()).date()
    return _moment(at, short, today, get_locale(), str(get_timezone()))


@lru_cache(maxsize=KEPT)
def _moment(at: datetime, short: bool, today: date, locale: Locale, _timezone: str) -> Markup:
    local, hour = to_user_timezone(at), format_time(at, "short")
    if local.date() == today:
        words = hour
    elif local.year == today.year:
        day = format_skeleton("MMMd", local, locale=locale)
        words = day if short else f"{day}, {hour}"
    else:
        words = (
            format_skeleton("yMMM", local, locale=locale) if short else format_date(at, "medium")
        )
    exact = f"{format_date(at, 'long')}, {hour}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        at.isoformat(timespec="seconds"), exact, words
    )
