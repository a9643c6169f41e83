"""All captions of an interview, and how far each language is."""

from typing import Any

from flask import Response, abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.captions import commands, policy, queries
from officine.blueprints.captions.forms import DRAFT_PROBLEMS
from officine.blueprints.captions.routes.blueprint import INTERVIEW, LANGUAGE, captions
from officine.blueprints.captions.routes.editing import has_machine
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Interview


@captions.get(INTERVIEW)
def index(interview_id: int) -> Response:
    """How far each language is, and how to begin."""
    allow(policy.may_see(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    return overview(interview)


@captions.post(f"{LANGUAGE}/track")
def begin(interview_id: int, language: str) -> Any:
    """Begin captions by hand, or a translation beside the original."""
    allow(policy.may_work(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    if language == interview.language:
        commands.begin_track(interview, language, at=now())
    else:
        try:
            commands.begin_translation(interview, language, by=viewer(), at=now())
        except commands.NothingToTranslate:
            return overview(
                interview,
                problem=_("There are no captions in the original language to translate yet."),
            ), 409
        flash(_("Each caption of the original has a row beside it now."), "success")
    return done(url_for(".edit", interview_id=interview.id, language=language))


def overview(interview: Interview, problem: str = "") -> Response:
    """The page; ``problem`` says why something could not be done."""
    draft = queries.latest_draft(interview)
    standings = queries.standings(interview)
    original = standings[0]
    return page(
        "captions/index.html",
        part="tracks",
        interview=interview,
        title=queries.title_of(interview),
        standings=standings,
        draft=draft,
        why=DRAFT_PROBLEMS.get(draft.problem) if draft and draft.problem else None,
        may_draft=has_machine()
        and (original.track is None or original.track.is_draft or not original.cues),
        problem=problem,
    )
