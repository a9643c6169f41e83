"""How often somebody may try."""

from datetime import timedelta
from math import ceil
from time import time

from babel.dates import format_timedelta
from flask import Flask, current_app, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse

from officine.core.fields import address_of

limiter = Limiter(key_func=get_remote_address, default_limits=[], strategy="moving-window")


def init_app(app: Flask, storage_url: str) -> None:
    """Count tries where the setting says: ``memory://`` (one process) or ``redis://``."""
    app.config["RATELIMIT_STORAGE_URI"] = storage_url
    app.config["RATELIMIT_HEADERS_ENABLED"] = False
    limiter.init_app(app)


def by_address() -> str:
    """One count for each network address."""
    return f"address:{get_remote_address()}"


def by_account() -> str:
    """One count for each account that is named in the form, whoever asks and however the address
    is spelt.
    """
    given = request.form.get("email", "")
    return f"account:{address_of(given) or given.strip().casefold()[:254]}"


def seconds_to_wait(*limits: tuple[str, str]) -> int:
    """Count a try against each of these limits, pairs of a rate (“5 per hour”) and whose try it
    is. Gives 0 when it may go on, else how many seconds until the next.
    """
    if not current_app.config.get("RATELIMIT_ENABLED", True):
        return 0
    waits = [0]
    for rate, who in limits:
        item = parse(rate)
        if not limiter.limiter.hit(item, who):
            until = limiter.limiter.get_window_stats(item, who).reset_time
            waits.append(max(1, ceil(until - time())))
    return max(waits)


def wait_message(seconds: int) -> str:
    """That somebody tried too often, and for how long to wait."""
    return _("Too many tries. Wait %(time)s, then try again.", time=_in_words(seconds))


def too_often(*limits: tuple[str, str]) -> str | None:
    """What to tell a member who writes or sends more than these limits let through; None while
    they may go on. The form that says it keeps what was typed.
    """
    seconds = seconds_to_wait(*limits)
    if not seconds:
        return None
    return _(
        "That was a lot in a short time. Wait %(time)s, then send it again: it is still here.",
        time=_in_words(seconds),
    )


def _in_words(seconds: int) -> str:
    return str(format_timedelta(timedelta(seconds=seconds), locale=get_locale(), threshold=1.2))
