"""Events: none yet, and the page says so."""

from flask import Blueprint, Response

from officine.core.htmx import page

events = Blueprint("events", __name__)


@events.get("/events")
def index() -> Response:
    """What will be here, and what to do meanwhile."""
    return page("events/index.html")
