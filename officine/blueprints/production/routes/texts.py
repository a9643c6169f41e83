"""Texts in each language, side by side."""

from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext as _

from officine.blueprints.production import queries
from officine.blueprints.production.commands import texts as commands
from officine.blueprints.production.commands.errors import EditedMeanwhile, OriginalFirst
from officine.blueprints.production.forms import OriginalForm, TextForm, TranslationForm
from officine.blueprints.production.routes.blueprint import (
    found,
    production,
    somebody_was_faster,
)
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES
from officine.core.session import viewer
from officine.models import Interview
from officine.models.translation import is_out_of_date


@production.get("/desk/interviews/<int:interview_id>/texts/<language>")
def text(interview_id: int, language: str) -> Response:
    """What is read in one language, the original beside a translation."""
    interview = _in(interview_id, language)
    return _page(interview, language, _form(interview, language))


@production.post("/desk/interviews/<int:interview_id>/texts/<language>")
def save_text(interview_id: int, language: str) -> Any:
    """Keep it."""
    interview = _in(interview_id, language)
    is_original = language == interview.language
    form = OriginalForm() if is_original else TranslationForm()
    if not form.validate():
        return _page(interview, language, form), 422
    try:
        if isinstance(form, OriginalForm):
            commands.save_original(
                interview,
                large=form.change.data == "large",
                chapters=form.chapters.data or "",
                **_said(form),
            )
        else:
            commands.save_translation(
                interview,
                language,
                translator=form.translator.data or "",
                chapters=_chapter_titles(),
                **_said(form),
            )
    except EditedMeanwhile:
        known = queries.text_in(interview, language)
        form.seen.raw_data, form.seen.data = None, known.version if known else 0
        return _page(interview, language, form, theirs=known), 409
    except OriginalFirst:
        form.title.errors = [_("Write the original first: there is nothing to translate yet.")]
        return _page(interview, language, form), 422
    return done(url_for(".text", interview_id=interview.id, language=language, saved=1))


def _in(interview_id: int, language: str) -> Interview:
    if language not in LANGUAGES:
        abort(404)
    return found(interview_id)


def _said(form: TextForm) -> dict[str, Any]:
    return {
        "by": viewer(),
        "at": now(),
        "seen": form.seen.data or 0,
        "title": form.title.data,
        "standfirst": form.standfirst.data or "",
        "text": form.text.data or "",
    }


def _chapter_titles() -> dict[int, str]:
    return {
        int(name.removeprefix("chapter-")): words
        for name, words in request.form.items()
        if name.startswith("chapter-") and name.removeprefix("chapter-").isdecimal()
    }


def _form(interview: Interview, language: str) -> TextForm:
    known = queries.text_in(interview, language)
    said: dict[str, Any] = {}
    if known is not None:
        said = {
            "title": known.title,
            "standfirst": known.standfirst,
            "text": known.text,
            "seen": known.version,
        }
    if language == interview.language:
        lines = commands.chapter_lines(interview, queries.chapters(interview))
        return OriginalForm(formdata=None, chapters=lines, **said)
    translator = known.translator if known else viewer().name
    return TranslationForm(formdata=None, translator=translator, **said)


def _page(interview: Interview, language: str, form: TextForm, **shown: Any) -> Response:
    known = {each.language: each for each in interview.texts}
    sent = _chapter_titles()
    context: dict[str, Any] = {
        "interview": interview,
        "language": language,
        "form": form,
        "texts": known,
        "outdated": {code for code, each in known.items() if is_out_of_date(interview, each)},
        "original": known.get(interview.language),
        "chapters": [
            {
                "id": chapter.id,
                "clock": commands.clock(chapter.starts_ms),
                "original": commands.title_in(chapter, interview.language),
                "title": sent.get(chapter.id, commands.title_in(chapter, language)),
            }
            for chapter in queries.chapters(interview)
        ],
        "theirs": None,
        "problem": somebody_was_faster(),
        "saved": "saved" in request.args,
    }
    return page("production/text.html", **(context | shown))
