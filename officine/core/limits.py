"""How often somebody may try."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

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
