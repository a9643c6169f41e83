"""The blueprints: the desk’s side, and the pages that a guest opens by a secret address."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, url_for
from flask_babel import gettext as _
from flask_babel import lazy_pgettext as _lp

from officine.blueprints.production import policy, queries
from officine.core.htmx import done
from officine.core.limits import by_address, seconds_to_wait, wait_message
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Interview

production = Blueprint("production", __name__)
guests = Blueprint("guests", __name__)

MOST_TRIES = "120 per hour"
"""How often one address may open secret pages: many more than a guest needs."""

STAGE_NAMES: dict[str, Any] = {
    "idea": _lp("stage", "Idea"),
    "questions": _lp("stage", "Questions"),
    "recorded": _lp("stage", "Recorded"),
    "editing": _lp("stage", "Editing"),
    "captions": _lp("stage", "Captions"),
    "review": _lp("stage", "Review"),
    "scheduled": _lp("stage", "Scheduled"),
    "published": _lp("stage", "Published"),
    "withdrawn": _lp("stage", "Withdrawn"),
}


@production.app_template_filter("stage_name")
def stage_name(stage: str) -> str:
    """What a stage is called."""
    return str(STAGE_NAMES.get(stage, stage))


@production.app_template_global()
def has_page(endpoint: str) -> bool:
    """Whether a feature has this page."""
    return endpoint in current_app.view_functions


def found(interview_id: int, *, to_work: bool = True) -> Interview:
    """The interview, for an editor."""
    allow(policy.may_see(viewer()))
    if to_work:
        allow(policy.may_work(viewer()))
    return queries.find_interview(interview_id) or abort(404)


def back(interview: Interview, said: str = "", anchor: str | None = None) -> Response:
    """To the interview’s page, with a word about what was done."""
    if said:
        flash(said, "success")
    return done(url_for("production.show", interview_id=interview.id, _anchor=anchor))


def somebody_was_faster() -> str:
    """What an editor is told whose change crossed a colleague’s."""
    return _("Somebody changed this while you were writing. What you wrote is still here: compare.")


def secret_page(reply: Any) -> Response:
    """A page that only its address opens: found by nobody else, kept by nothing, telling no other
    site its address.
    """
    reply.headers["Referrer-Policy"] = "no-referrer"
    reply.headers["X-Robots-Tag"] = "noindex, nofollow"
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


@guests.before_request
def _not_too_often() -> Any:
    """Nobody tries secrets."""
    if seconds := seconds_to_wait((MOST_TRIES, f"secret:{by_address()}")):
        return secret_page(Response(wait_message(seconds), 429, mimetype="text/plain"))
    return None


@guests.after_request
def _keep_secret(reply: Response) -> Response:
    return secret_page(reply)
