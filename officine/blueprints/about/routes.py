"""Who we are."""

from email.utils import parseaddr

from flask import Blueprint, Response, current_app

from officine.core.htmx import page

about = Blueprint("about", __name__)


@about.get("/about")
def show() -> Response:
    """Who we are."""
    return page("about/show.html", address=parseaddr(current_app.config["MAIL_FROM"])[1])
