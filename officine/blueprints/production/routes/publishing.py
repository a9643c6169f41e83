"""Preview, publication, withdrawal, corrections."""

from typing import Any

from flask import Response, abort, current_app, g
from flask_babel import get_timezone
from flask_babel import gettext as _

from officine.blueprints.production.commands import publishing as commands
from officine.blueprints.production.commands.errors import NotAllowedThere, NotReady
from officine.blueprints.production.forms import CorrectionForm, ScheduleForm, WithdrawForm
from officine.blueprints.production.routes.blueprint import back, found, production
from officine.blueprints.production.routes.making import interview_page
from officine.core.asked import one_of
from officine.core.clock import now
from officine.core.session import Visitor, viewer
from officine.core.words import day, hour, timezone_name
from officine.models import Interview, Member

AS = ("visitor", "member")


@production.get("/desk/interviews/<int:interview_id>/preview")
def preview(interview_id: int) -> Any:
    """The public page as a visitor or a member will find it, in the language of the address."""
    interview = found(interview_id, to_work=False)
    role = one_of(AS, "as") or "visitor"
    looking = Visitor() if role == "visitor" else _as_member(viewer())
    looking.previews = interview.id
    g.preview = {"interview": interview, "as": role}
    g.viewer = looking
    show = current_app.view_functions["interviews.show"]
    return show(slug=interview.slug)


@production.post("/desk/interviews/<int:interview_id>/publication")
def publish(interview_id: int) -> Any:
    """Publish it now."""
    interview = found(interview_id)
    try:
        commands.publish(interview, by=viewer(), at=now())
    except NotReady as problem:
        return interview_page(interview, unready=problem.missing), 422
    except NotAllowedThere:
        return _not_in_review(interview)
    return back(interview, _("The interview is published."))


@production.post("/desk/interviews/<int:interview_id>/schedule")
def schedule(interview_id: int) -> Any:
    """Publish it by itself at a moment."""
    interview = found(interview_id)
    form = ScheduleForm(now())
    if not form.validate():
        return interview_page(interview, schedule_form=form), 422
    try:
        commands.schedule(interview, by=viewer(), at=now(), publish_at=form.moment())
    except NotReady as problem:
        shown = interview_page(interview, schedule_form=form, unready=problem.missing)
        return shown, 422
    except NotAllowedThere:
        return _not_in_review(interview)
    assert interview.publish_at is not None
    said = _(
        "It is published by itself on %(day)s at %(hour)s (%(timezone)s).",
        day=day(interview.publish_at).striptags(),
        hour=hour(interview.publish_at).striptags(),
        timezone=_("%(city)s time", city=timezone_name(str(get_timezone()))),
    )
    return back(interview, said)


@production.post("/desk/interviews/<int:interview_id>/schedule/end")
def unschedule(interview_id: int) -> Any:
    """Not by itself, after all."""
    interview = found(interview_id)
    try:
        commands.unschedule(interview, by=viewer())
    except NotAllowedThere:
        said = _("Somebody moved it meanwhile: it is in another stage now.")
        return interview_page(interview, problem=said), 409
    return back(interview, _("It is not published by itself."))


@production.post("/desk/interviews/<int:interview_id>/withdrawal")
def withdraw(interview_id: int) -> Any:
    """Let nobody see it any more."""
    interview = found(interview_id)
    form = WithdrawForm()
    if not form.validate():
        return interview_page(interview, withdraw_form=form), 422
    commands.withdraw(interview, by=viewer(), at=now(), why=form.why.data)
    return back(interview, _("Nobody sees it any more."))


@production.post("/desk/interviews/<int:interview_id>/withdrawal/end")
def bring_back(interview_id: int) -> Any:
    """Back to the review."""
    interview = found(interview_id)
    try:
        commands.bring_back(interview, by=viewer())
    except NotAllowedThere:
        abort(409)
    return back(interview, _("It is in review again."))


@production.post("/desk/interviews/<int:interview_id>/corrections")
def correct(interview_id: int) -> Any:
    """Say what was corrected."""
    interview = found(interview_id)
    form = CorrectionForm(prefix="correction-")
    if not form.validate():
        return interview_page(interview, correction_form=form), 422
    try:
        commands.correct(
            interview, form.text.data, by=viewer(), at=now(), language=form.language.data
        )
    except NotAllowedThere:
        said = _("Corrections are for published interviews.")
        return interview_page(interview, problem=said), 422
    return back(interview, _("Readers see the correction."), "corrections")


def _not_in_review(interview: Interview) -> tuple[Response, int]:
    said = _("Only an interview in review can be published: move it there first.")
    return interview_page(interview, problem=said), 422


def _as_member(editor: Member) -> Member:
    """The editor as a plain member would look; never kept."""
    values = {column.key: getattr(editor, column.key) for column in Member.__mapper__.column_attrs}
    return Member(**values | {"role": "member"})
