"""Interviews: none yet, and the page says so."""

from flask import Blueprint, Response

from officine.core.htmx import page

interviews = Blueprint("interviews", __name__)


@interviews.get("/interviews")
def index() -> Response:
    """What will be here, and what to do meanwhile."""
    return page("interviews/index.html")
