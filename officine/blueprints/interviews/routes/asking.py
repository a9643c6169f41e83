"""Ask the guest: readers ask, the desk chooses, the guest answers in the page."""

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.interviews import commands, policy, queries
from officine.blueprints.interviews.forms import AnswerForm, DiscussionForm, QuestionForm
from officine.blueprints.interviews.routes.blueprint import interviews
from officine.blueprints.interviews.routes.discussing import for_the_desk, group_choices
from officine.blueprints.interviews.routes.showing import find, interview_page
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import page_language
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Interview, ReaderQuestion
from officine.models.translation import best_text

MOST_A_DAY = "10 per day"
MOST_TO_ONE_GUEST = 3


@interviews.post("/interviews/<slug>/questions")
def ask(slug: str) -> Any:
    """Ask the guest something."""
    interview = find(slug)
    allow(policy.may_ask(viewer(), interview))

    form = QuestionForm()
    if not form.validate():
        return interview_page(interview, question_form=form), 422
    if queries.asked_lately(interview, viewer(), now()) >= MOST_TO_ONE_GUEST:
        form.question.errors = [
            _("You have asked this guest three questions today. Others want to ask too.")
        ]
        return interview_page(interview, question_form=form), 429
    if refused := too_often((MOST_A_DAY, f"reader-questions:{viewer().id}")):
        form.question.errors = [refused]
        return interview_page(interview, question_form=form), 429

    commands.ask_guest(
        interview,
        by=viewer(),
        text=form.question.data or "",
        at=now(),
        page_language=page_language(),
    )
    flash(
        _("Your question is with the editorial team. If the guest answers it, you hear of it."),
        "success",
    )
    return done(url_for(".show", slug=slug, _anchor="questions"))


@interviews.post("/interviews/<slug>/questions/<int:question_id>/answer")
def answer(slug: str, question_id: int) -> Any:
    """The guest’s answer, or an editor’s in the guest’s name."""
    interview = find(slug)
    allow(policy.may_answer(viewer(), interview))
    question = queries.find_question(interview, question_id) or abort(404)
    if question.chosen_at is None or question.hiding_id:
        abort(404)

    form = AnswerForm()
    if not form.validate():
        return page(
            "interviews/answer.html", interview=interview, question=question, form=form
        ), 422
    commands.answer_question(
        question, text=form.answer.data or "", at=now(), usual_language=interview.language
    )
    flash(_("The answer is in the page."), "success")
    return done(url_for(".show", slug=slug, _anchor=f"question-{question.id}"))


@interviews.get("/interviews/<slug>/questions/<int:question_id>/answer")
def new_answer(slug: str, question_id: int) -> Any:
    """Answer one question."""
    interview = find(slug)
    allow(policy.may_answer(viewer(), interview))
    question = queries.find_question(interview, question_id) or abort(404)
    if question.chosen_at is None or question.hiding_id:
        abort(404)
    form = AnswerForm(formdata=None, answer=question.answer)
    return _answer_page(interview, question, form)


@interviews.get("/desk/interviews/<int:interview_id>/asked")
def asked(interview_id: int) -> Any:
    """What readers ask, and where the interview is discussed: the desk’s page."""
    interview = for_the_desk(interview_id)
    return asked_page(interview, DiscussionForm(group_choices(), formdata=None))


@interviews.post("/desk/interviews/<int:interview_id>/asked/<int:question_id>/choice")
def choose(interview_id: int, question_id: int) -> Any:
    """Put a question before the guest."""
    interview, question = _question(interview_id, question_id)
    commands.choose_question(question, at=now())
    return _asked_done(interview)


@interviews.post("/desk/interviews/<int:interview_id>/asked/<int:question_id>/refusal")
def decline(interview_id: int, question_id: int) -> Any:
    """Leave a question aside."""
    interview, question = _question(interview_id, question_id)
    allow(policy.may_leave_aside(question))
    commands.decline_question(question, at=now())
    return _asked_done(interview)


def asked_page(interview: Interview, form: DiscussionForm) -> Any:
    """What readers ask, with the form that begins the discussion."""
    return page(
        "interviews/asked.html",
        part="asked",
        interview=interview,
        title=title_of(interview),
        questions=queries.questions_asked(interview),
        form=form,
    )


def title_of(interview: Interview) -> str:
    """The title in the page’s language, or the original."""
    text = best_text(interview, (page_language(),))
    return text.title if text else interview.guest_name


def _answer_page(interview: Interview, question: ReaderQuestion, form: AnswerForm) -> Any:
    return page("interviews/answer.html", interview=interview, question=question, form=form)


def _asked_done(interview: Interview) -> Any:
    return done(
        url_for(".asked", interview_id=interview.id),
        "interviews/asked.html",
        part="asked",
        interview=interview,
        title=title_of(interview),
        questions=queries.questions_asked(interview),
        form=DiscussionForm(group_choices(), formdata=None),
    )


def _question(interview_id: int, question_id: int) -> tuple[Interview, ReaderQuestion]:
    interview = for_the_desk(interview_id)
    return interview, queries.find_question(interview, question_id) or abort(404)
