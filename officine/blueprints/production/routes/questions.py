"""Questions: the desk prepares them, the guest answers by a secret address."""

from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _

from officine.blueprints.production import queries
from officine.blueprints.production.commands import questions as commands
from officine.blueprints.production.commands.errors import EditedMeanwhile, NoAddress
from officine.blueprints.production.forms import AnswerForm, QuestionForm
from officine.blueprints.production.routes.blueprint import (
    found,
    guests,
    production,
    somebody_was_faster,
)
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.htmx import done, is_partial, page
from officine.core.i18n import page_language, writing_in
from officine.core.limits import too_often
from officine.core.session import viewer
from officine.models import Interview, InterviewQuestion

MOST_LETTERS = "10 per day"


@production.get("/desk/interviews/<int:interview_id>/questions")
def questions(interview_id: int) -> Response:
    """The questions, and what the guest wrote."""
    return _page(found(interview_id, to_work=False))


@production.post("/desk/interviews/<int:interview_id>/questions")
def add_question(interview_id: int) -> Any:
    """One more question."""
    interview = found(interview_id)
    form = QuestionForm(prefix="new-")
    if not form.validate():
        return _page(interview, new_form=form), 422
    commands.add_question(interview, form.text.data, by=viewer())
    return _back(interview)


@production.post("/desk/interviews/<int:interview_id>/questions/<int:question_id>")
def change_question(interview_id: int, question_id: int) -> Any:
    """Ask it otherwise, sooner, later, or not at all."""
    interview = found(interview_id)
    question = queries.find_question(question_id, interview)
    if question is None:
        flash(_("Somebody took this question away meanwhile."), "wait")
        return _back(interview)
    act = request.form.get("act", "")
    if act in ("sooner", "later"):
        commands.move_question(interview, question, -1 if act == "sooner" else 1)
    elif act == "remove":
        if not commands.remove_question(question, by=viewer()):
            flash(_("The guest has answered this question: it stays."), "wait")
    else:
        form = QuestionForm(prefix=f"q{question.id}-")
        if not form.validate():
            return _page(interview, forms={question.id: form}), 422
        try:
            commands.change_question(
                question, form.text.data, by=viewer(), seen=form.seen.data or 0
            )
        except EditedMeanwhile:
            form.seen.raw_data, form.seen.data = None, question.version
            return _page(interview, forms={question.id: form}, crossed=question.id), 409
    return _back(interview)


@production.post("/desk/interviews/<int:interview_id>/questions/address")
def share_questions(interview_id: int) -> Any:
    """Send the guest the address, show it to the editor, or close it."""
    interview = found(interview_id)
    act = request.form.get("act", "")
    if act == "close":
        commands.stop_sharing(interview, by=viewer())
        flash(_("The address opens nothing any more."), "success")
        return _back(interview)
    secret = None
    if act == "send":
        if refused := too_often((MOST_LETTERS, f"questions:{interview.id}")):
            return _page(interview, problem=refused), 429
        try:
            secret = commands.send_questions(interview, by=viewer(), at=now())
        except NoAddress:
            return _page(interview, problem=no_address()), 422
        flash(_("The letter to the guest is on its way."), "success")
    elif act == "share":
        secret = commands.share(interview, by=viewer())
    else:
        abort(400)
    with writing_in(interview.guest_language):
        url = public_url("guests.questions", secret=secret)
    return _page(interview, shared_url=url)


def no_address() -> str:
    """What an editor is told when we cannot write to the guest."""
    return _("There is no e-mail address of the guest: write it in the details first.")


def _back(interview: Interview) -> Response:
    return done(url_for("production.questions", interview_id=interview.id))


def _page(interview: Interview, **shown: Any) -> Response:
    asked = queries.questions(interview)
    forms = {
        each.id: QuestionForm(
            formdata=None, prefix=f"q{each.id}-", text=each.text, seen=each.version
        )
        for each in asked
    } | shown.pop("forms", {})
    context: dict[str, Any] = {
        "interview": interview,
        "questions": asked,
        "forms": forms,
        "new_form": QuestionForm(formdata=None, prefix="new-"),
        "problem": None,
        "crossed": None,
        "crossed_words": somebody_was_faster(),
        "shared_url": None,
    }
    return page("production/questions.html", **(context | shown))


# The guest


@guests.get("/interview-questions/<secret>", endpoint="questions")
def guest_questions(secret: str) -> Response:
    """The guest’s page: each question, an answer or an objection."""
    return _guest_page(secret, _shared(secret))


@guests.post("/interview-questions/<secret>/<int:question_id>")
def answer(secret: str, question_id: int) -> Any:
    """Save what the guest writes to one question."""
    interview = _shared(secret)
    question = queries.find_question(question_id, interview)
    form = AnswerForm(prefix=f"q{question_id}-")
    if question is None:
        lost = form.answer.data or form.objection.data
        return _guest_page(secret, interview, lost=lost), 409
    if not form.validate():
        return _answered(secret, interview, question, form), 422
    try:
        commands.answer_question(
            question,
            answer=form.answer.data or "",
            objection=form.objection.data or "",
            seen=form.seen.data,
            at=now(),
        )
    except EditedMeanwhile:
        form.seen.raw_data, form.seen.data = None, question.version
        return _answered(secret, interview, question, form, crossed=question.id), 409
    if is_partial():
        form.seen.data = question.version
        return _answered(secret, interview, question, form)
    flash(_("Saved. You can change it until the interview is published."), "success")
    return done(url_for(".questions", secret=secret, _anchor=f"question-{question.id}"))


def _answered(
    secret: str,
    interview: Interview,
    question: InterviewQuestion,
    form: AnswerForm,
    crossed: int | None = None,
) -> Response:
    """What has become of an answer: beneath its fields for htmx, in the whole page otherwise."""
    if not is_partial():
        return _guest_page(secret, interview, forms={question.id: form}, crossed=crossed)
    return page(
        "production/_answer_state.html",
        interview=interview,
        question=question,
        foreign=interview.guest_language != page_language(),
        number=[each.id for each in queries.questions(interview)].index(question.id) + 1,
        seen=form.seen.data if form.seen.data is not None else question.version,
        crossed=crossed,
        problems_of=[problem for field in form for problem in field.errors],
    )


def _shared(secret: str) -> Interview:
    interview = queries.shared_by(secret) or abort(404)
    if interview.stage in ("published", "withdrawn"):
        abort(404)
    return interview


def _guest_page(secret: str, interview: Interview, **shown: Any) -> Response:
    asked = queries.questions(interview)
    forms = {each.id: _answer_form(each) for each in asked} | shown.pop("forms", {})
    context: dict[str, Any] = {
        "interview": interview,
        "questions": asked,
        "forms": forms,
        "secret": secret,
        "crossed": None,
        "lost": None,
    }
    return page("production/guest_questions.html", **(context | shown))


def _answer_form(question: InterviewQuestion) -> AnswerForm:
    return AnswerForm(
        formdata=None,
        prefix=f"q{question.id}-",
        answer=question.answer,
        objection=question.objection,
        seen=question.version,
    )
