"""The pages that say how the house is run."""

from email.utils import parseaddr

from flask import Blueprint, Response, current_app

from officine.core.htmx import page
from officine.models.decision import RULES

about = Blueprint("about", __name__)


@about.get("/about")
def show() -> Response:
    """Who we are."""
    return page("about/show.html", address=_address())


@about.get("/rules")
def rules() -> Response:
    """How we moderate, with each rule that a decision may name."""
    return page("about/rules.html", rules=[rule for rule in RULES if rule != "other"])


@about.get("/accessibility")
def accessibility() -> Response:
    """For whom the site works, and whom to tell when it does not."""
    return page("about/accessibility.html", address=_address())


@about.get("/privacy")
def privacy() -> Response:
    """What is kept of each person, for how long, and who sees it."""
    return page("about/privacy.html", address=_address())


@about.get("/terms")
def terms() -> Response:
    """What members and the house promise each other."""
    return page("about/terms.html", address=_address())


def _address() -> str:
    """Where the editorial desk can be written to."""
    return parseaddr(current_app.config["MAIL_FROM"])[1]
