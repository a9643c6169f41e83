"""What a process remembers for a moment, so that not every page asks the database for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app

from officine.core.clock import now

Kept = dict[str, tuple[datetime, Any]]


def remembered(name: str, lasts: timedelta, ask: Callable[[], Any]) -> Any:
    """What ``ask`` gives, asked again only when the last answer is older than ``lasts``.

    For what is the same for everybody and may be late by as much. No rows of the database: they
    belong to the transaction that read them.
    """
    kept: Kept = current_app.extensions.setdefault("officine.memory", {})
    found = kept.get(name)
    moment = now()
    # A clock that was set back must not keep an answer for ever.
    if found is None or not timedelta(0) <= moment - found[0] < lasts:
        kept[name] = found = (moment, ask())
    return found[1]


def forget(name: str) -> None:
    """Ask again the next time; in this process only."""
    current_app.extensions.get("officine.memory", {}).pop(name, None)


def forget_all(app: Flask) -> None:
    """Ask everything again."""
    app.extensions.pop("officine.memory", None)
