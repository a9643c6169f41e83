"""The programme of an event, its partners, its questions: each is edited where it stands, put in
order, translated and taken away alike.
"""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands import details as commands
from officine.blueprints.planning.commands import sharing
from officine.blueprints.planning.commands.errors import (
    AnsweredAlready,
    EditedMeanwhile,
    OtherNumberOfChoices,
)
from officine.blueprints.planning.forms.details import (
    DetailForm,
    DetailTextForm,
    PartnerForm,
    PartnerTextForm,
    QuestionForm,
    QuestionTextForm,
    SessionForm,
    SessionTextForm,
)
from officine.blueprints.planning.forms.repeating import ShareForm
from officine.blueprints.planning.routes.blueprint import (
    event_context,
    found,
    planning,
    somebody_was_faster,
)
from officine.blueprints.planning.routes.files import BAD, kept_picture
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES
from officine.core.session import viewer
from officine.models import Event
from officine.models.event_details import EventQuestion, EventSession, Partner
from officine.models.translation import is_out_of_date

MARK_SIDE = 400
TEMPLATE = "planning/details.html"
ALL = "/events/<slug>/<any(programme, partners, questions):kind>"
ONE = f"{ALL}/<int:row_id>"


@dataclass(frozen=True)
class Kind:
    """What these pages are about."""

    model: Any
    form: type[DetailForm]
    text_form: type[DetailTextForm]


KINDS = {
    "programme": Kind(EventSession, SessionForm, SessionTextForm),
    "partners": Kind(Partner, PartnerForm, PartnerTextForm),
    "questions": Kind(EventQuestion, QuestionForm, QuestionTextForm),
}


@planning.get(ALL)
def details(slug: str, kind: str) -> Response:
    """All of them in order; the one that is asked for open to be changed, or to be translated."""
    event = found(slug)
    row_id = request.args.get("edit", 0, type=int)
    rows = queries.whole_details(event, KINDS[kind].model)
    row = next((each for each in rows if each.id == row_id), None)
    language = request.args.get("language", "")
    if row is None:
        return _page(event, kind, KINDS[kind].form.new(event))
    if language in LANGUAGES and language != row.language:
        form: Any = KINDS[kind].text_form.of(row, language)
        return _page(event, kind, form, editing=row, language=language)
    return _page(event, kind, KINDS[kind].form.of(event, row), editing=row)


@planning.post(ALL)
def add_detail(slug: str, kind: str) -> Any:
    """One more."""
    event = found(slug)
    form = KINDS[kind].form(event)
    if not _valid(form):
        return _page(event, kind, form), 422
    commands.add(event, KINDS[kind].model, form.said(), by=viewer(), at=now())
    return _done(event, kind, _("Saved."))


@planning.post(ONE)
def save_detail(slug: str, kind: str, row_id: int) -> Any:
    """Say it otherwise."""
    event, row = _find(slug, kind, row_id)
    form = KINDS[kind].form(event)
    if not _valid(form):
        return _page(event, kind, form, editing=row), 422
    try:
        commands.change(
            event, row, form.said(), by=viewer(), at=now(), seen=form.seen.data or 0,
            large=form.change.data == "large",
        )  # fmt: skip
    except EditedMeanwhile:
        return _crossed(event, kind, form, row)
    except AnsweredAlready:
        form["kind"].errors = [
            _("People have answered: it stays as it is. Take it away, and ask another one.")
        ]
        return _page(event, kind, form, editing=row), 422
    return _done(event, kind, _("Saved."), row)


@planning.post(f"{ONE}/texts/<language>")
def save_detail_text(slug: str, kind: str, row_id: int, language: str) -> Any:
    """Say it in another language."""
    event, row = _find(slug, kind, row_id)
    if language not in LANGUAGES or language == row.language:
        abort(404)
    form = KINDS[kind].text_form(row)
    if not form.validate():
        return _page(event, kind, form, editing=row, language=language), 422
    try:
        commands.translate(
            event, row, language, form.said(), by=viewer(), at=now(), seen=form.seen.data or 0
        )
    except EditedMeanwhile:
        return _crossed(event, kind, form, row, language)
    except OtherNumberOfChoices as problem:
        form["choices"].errors = [
            ngettext(
                "The original has %(count)s answer: write as many, in the same order.",
                "The original has %(count)s answers: write as many, in the same order.",
                problem.asked,
                count=problem.asked,
            )
        ]
        return _page(event, kind, form, editing=row, language=language), 422
    return _done(event, kind, _("Saved."), row)


@planning.post(f"{ONE}/place")
def move_detail(slug: str, kind: str, row_id: int) -> Any:
    """One place up or down."""
    event, row = _find(slug, kind, row_id)
    step = {"up": -1, "down": 1}.get(request.form.get("to", "")) or abort(400)
    hours = commands.move(event, row, step, by=viewer(), at=now())
    said = _("Their hours changed with their places.") if hours else _("Saved.")
    return _done(event, kind, said, row)


@planning.post(f"{ONE}/removal")
def remove_detail(slug: str, kind: str, row_id: int) -> Any:
    """One less; what was answered is kept."""
    event, row = _find(slug, kind, row_id)
    commands.remove(event, row, by=viewer(), at=now())
    return _done(event, kind, _("Taken away."))


@planning.post("/events/<slug>/questions/<int:row_id>/return")
def ask_again(slug: str, row_id: int) -> Any:
    """Ask again what was asked no more."""
    event, row = _find(slug, "questions", row_id)
    commands.ask_again(event, row, by=viewer(), at=now())
    return _done(event, "questions", _("Saved."), row)


@planning.post(f"{ALL}/dates")
def share_details(slug: str, kind: str) -> Any:
    """Give them to other dates of the series too."""
    event = found(slug)
    scope = ShareForm().chosen_scope()
    count = sharing.share_details(event, KINDS[kind].model, scope, by=viewer(), at=now())
    said = ngettext(
        "%(count)s other date has it now.",
        "%(count)s other dates have it now.",
        count,
        count=count,
    )
    return _done(event, kind, said)


def _find(slug: str, kind: str, row_id: int) -> tuple[Event, Any]:
    event = found(slug)
    return event, queries.find_detail(event, KINDS[kind].model, row_id) or abort(404)


def _valid(form: DetailForm) -> bool:
    """Whether all is well with it. A mark that was sent is kept at once."""
    if not form.validate():
        return False
    if isinstance(form, PartnerForm) and form.mark.data:
        try:
            form.mark_key = kept_picture(form.mark.data, MARK_SIDE)
        except BAD as problem:
            form.mark.errors = [str(problem)]
            return False
    return True


def _crossed(event: Event, kind: str, form: Any, row: Any, language: str = "") -> Any:
    """Sent again, it wins: by then the organiser has seen what the colleague wrote."""
    form.seen.raw_data, form.seen.data = None, row.version
    theirs = next((each for each in row.texts if each.language == language), row)
    return _page(
        event, kind, form, editing=row, language=language, theirs=theirs,
        crossed=somebody_was_faster(),
    ), 409  # fmt: skip


def _done(event: Event, kind: str, said: str, row: Any = None) -> Response:
    flash(said, "success")
    anchor = f"{kind}-{row.id}" if row is not None else None
    url = url_for("planning.details", slug=event.slug, kind=kind, _anchor=anchor)
    return done(url, TEMPLATE, "details", **_context(event, kind, KINDS[kind].form.new(event)))


def _page(event: Event, kind: str, form: Any, **shown: Any) -> Response:
    return page(TEMPLATE, "details", **(_context(event, kind, form) | shown))


def _context(event: Event, kind: str, form: Any) -> dict[str, Any]:
    rows = queries.whole_details(event, KINDS[kind].model)
    return event_context(event) | {
        "kind": kind,
        "form": form,
        "rows": [each for each in rows if not getattr(each, "withdrawn_at", None)],
        "withdrawn": [each for each in rows if getattr(each, "withdrawn_at", None)],
        "states": {each.id: _states(each) for each in rows},
        "answered": queries.answers_counts(event) if kind == "questions" else {},
        "share_form": ShareForm(formdata=None) if event.series_id and rows else None,
        "editing": None,
        "language": "",
        "theirs": None,
        "crossed": None,
    }


def _states(row: Any) -> dict[str, str]:
    """How it stands with each language of one: original, missing, outdated or said."""
    known = {each.language: each for each in row.translations}
    states = {}
    for code in LANGUAGES:
        if code == row.language:
            states[code] = "original"
        elif code not in known:
            states[code] = "missing"
        else:
            states[code] = "outdated" if is_out_of_date(row, known[code]) else "said"
    return states
