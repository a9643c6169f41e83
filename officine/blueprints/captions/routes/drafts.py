"""Asking the machine for a first draft."""

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.captions import commands, jobs, policy, queries
from officine.blueprints.captions.routes.blueprint import INTERVIEW, captions
from officine.blueprints.captions.routes.editing import has_machine
from officine.blueprints.captions.routes.overview import overview
from officine.core.clock import now
from officine.core.htmx import done
from officine.core.permission import allow
from officine.core.session import viewer

__all__ = ["draft", "jobs"]


@captions.post(f"{INTERVIEW}/draft")
def draft(interview_id: int) -> Any:
    """Let the machine begin."""
    allow(policy.may_work(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    if not has_machine():
        abort(404)
    track = queries.find_track(interview, interview.language)
    if track and not track.is_draft and queries.cues_of(track):
        return overview(
            interview, problem=_("Somebody has written these captions: no draft takes their place.")
        ), 409
    try:
        commands.ask_for_draft(interview, by=viewer(), at=now())
    except commands.UnderWay:
        return overview(interview, problem=_("A draft is being written already.")), 409
    flash(_("The machine listens. You can leave this page."), "success")
    return done(url_for(".index", interview_id=interview.id))
