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
    """One count for each account that is named in the form, whoever asks."""
    return f"account:{request.form.get('email', '').strip().casefold()[:254]}"


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
    wait = format_timedelta(timedelta(seconds=seconds), locale=get_locale(), threshold=1.2)
    return _("Too many tries. Wait %(time)s, then try again.", time=wait)
