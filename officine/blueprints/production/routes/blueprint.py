"""The blueprints: the desk’s side, and the pages that a guest opens by a secret address."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, url_for
from flask_babel import gettext as _
from flask_babel import lazy_pgettext as _lp

from officine.blueprints.production import policy, queries
from officine.core.htmx import done
from officine.core.permission import allow
from officine.core.secret_links import guard
from officine.core.session import viewer
from officine.models import Interview

production = Blueprint("production", __name__)
guests = Blueprint("guests", __name__)
guard(guests)

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
