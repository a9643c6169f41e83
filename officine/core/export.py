"""What a member takes away of their own, in plain values.

A feature brings its parts in its own ``exports.py``; whoever hands them out knows only what is
here.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, current_app

Parts = Mapping[str, Callable[[Any], Any]]
"""By the name it has in the file: what it says of a member, as JSON can hold it."""


def init_app(app: Flask, parts: Parts) -> None:
    """Keep what the features bring, in the order of the file."""
    app.extensions["officine.exported"] = parts


def own_data(member: Any) -> dict[str, Any]:
    """What we keep of a member: who they are, where they belong, what they wrote and did."""
    parts: Parts = current_app.extensions["officine.exported"]
    return {name: part(member) for name, part in parts.items()}


def moment(at: datetime | None) -> str | None:
    """A moment as programs read it."""
    return at.isoformat() if at else None
