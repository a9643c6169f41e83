"""One interview: what it is, what it needs, who does what."""

from typing import Any

from flask import Response, abort, request
from flask_babel import get_timezone
from flask_babel import gettext as _

from officine.blueprints.companies.queries import company_names
from officine.blueprints.production import queries
from officine.blueprints.production.commands import making
from officine.blueprints.production.commands.errors import EditedMeanwhile, NotAllowedThere
from officine.blueprints.production.forms import (
    CorrectionForm,
    InterviewForm,
    LineForm,
    NoteForm,
    ScheduleForm,
    WithdrawForm,
)
from officine.blueprints.production.routes.blueprint import (
    back,
    found,
    production,
    somebody_was_faster,
)
from officine.core.clock import day_of, now
from officine.core.db import db
from officine.core.htmx import page
from officine.core.session import viewer
from officine.models import ChecklistItem, Interview
from officine.models.interview import STAGES


@production.get("/desk/interviews/<int:interview_id>")
def show(interview_id: int) -> Response:
    """All about one interview."""
    return interview_page(found(interview_id, to_work=False))


@production.get("/desk/interviews/<int:interview_id>/edit")
def edit(interview_id: int) -> Response:
    """Whom it is about, who looks after it, until when."""
    interview = found(interview_id)
    return _edit_page(interview, InterviewForm.of(interview, queries.editors()))


@production.post("/desk/interviews/<int:interview_id>/edit")
def save(interview_id: int) -> Any:
    """Keep it."""
    interview = found(interview_id)
    form = InterviewForm(queries.editors())
    if not form.validate():
        return _edit_page(interview, form), 422
    try:
        making.describe(
            interview,
            by=viewer(),
            at=now(),
            seen=form.edits.data or 0,
            recorded_on=form.recorded_on.data,
            **form.said(),
        )
    except EditedMeanwhile:
        # Sent again, it wins: by then the editor has seen what the colleague wrote.
        form.edits.data = form.edits.raw_data = None
        form.edits.data = interview.edits
        return _edit_page(interview, form, theirs=interview), 409
    return back(interview, _("Saved."))


@production.post("/desk/interviews/<int:interview_id>/stage")
def move(interview_id: int) -> Any:
    """Put it into another stage."""
    interview = found(interview_id)
    stage = request.form.get("stage", "")
    if stage not in STAGES:
        abort(400)
    try:
        making.move(interview, stage, by=viewer(), at=now(), seen=request.form.get("seen", ""))
    except EditedMeanwhile:
        said = _("Somebody moved it meanwhile: it is in another stage now.")
        return interview_page(interview, problem=said), 409
    except NotAllowedThere:
        said = _("It cannot go there from here.")
        return interview_page(interview, problem=said), 422
    return back(interview, _("Moved."))


# Checklist


@production.post("/desk/interviews/<int:interview_id>/checklist")
def add_item(interview_id: int) -> Any:
    """One more thing to do."""
    interview = found(interview_id)
    form = LineForm(prefix="item-")
    if not form.validate():
        return interview_page(interview, item_form=form), 422
    making.add_item(interview, form.text.data, by=viewer())
    return back(interview, anchor="checklist")


@production.post("/desk/interviews/<int:interview_id>/checklist/<int:item_id>")
def change_item(interview_id: int, item_id: int) -> Any:
    """Tick it, say it otherwise, or take it away."""
    interview = found(interview_id)
    item = db.session.get(ChecklistItem, item_id)
    if item is None or item.interview_id != interview.id:
        return back(interview, _("Somebody took this away meanwhile."), "checklist")
    act = request.form.get("act", "")
    if act in ("done", "undone"):
        making.tick(item, by=viewer(), at=now(), done=act == "done")
    elif act == "remove":
        making.remove_item(item)
    elif act == "reword" and request.form.get("text", "").strip():
        making.reword_item(item, request.form["text"])
    else:
        abort(400)
    return back(interview, anchor="checklist")


@production.post("/desk/interviews/<int:interview_id>/notes")
def add_note(interview_id: int) -> Any:
    """A word to colleagues."""
    interview = found(interview_id)
    form = NoteForm(prefix="note-")
    if not form.validate():
        return interview_page(interview, note_form=form), 422
    making.add_note(interview, form.text.data, by=viewer(), at=now())
    return back(interview, anchor="notes")


def interview_page(interview: Interview, **shown: Any) -> Response:
    """The page of one interview, with forms as they came back."""
    day = day_of(now())
    known = queries.releases(interview)
    context: dict[str, Any] = {
        "interview": interview,
        "missing": queries.missing(interview, day),
        "stages": [stage for stage in queries.WORKING if making.may_move(interview, stage)],
        "items": queries.checklist(interview),
        "notes": queries.notes(interview),
        "questions": queries.questions(interview),
        "release": known[0] if known else None,
        "corrections": queries.corrections(interview),
        "item_form": LineForm(formdata=None, prefix="item-"),
        "note_form": NoteForm(formdata=None, prefix="note-"),
        "schedule_form": ScheduleForm(now(), formdata=None),
        "withdraw_form": WithdrawForm(formdata=None),
        "correction_form": CorrectionForm(
            formdata=None, prefix="correction-", language=interview.language
        ),
        "zone": str(get_timezone()),
        "today": day,
        "problem": None,
        "unready": (),
    }
    return page("production/show.html", **(context | shown))


def _edit_page(
    interview: Interview, form: InterviewForm, theirs: Interview | None = None
) -> Response:
    return page(
        "production/edit.html",
        interview=interview,
        form=form,
        theirs=theirs,
        problem=somebody_was_faster() if theirs else None,
        companies=company_names(),
    )
