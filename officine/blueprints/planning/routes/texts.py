"""Texts in each language, side by side."""

from typing import Any

from flask import Response, abort
from flask_babel import gettext as _

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands import drafting, series
from officine.blueprints.planning.commands.errors import EditedMeanwhile, OriginalFirst
from officine.blueprints.planning.forms.texts import OriginalForm, TextForm, TranslationForm
from officine.blueprints.planning.routes.blueprint import (
    back,
    event_page,
    found,
    planning,
    somebody_was_faster,
)
from officine.core.clock import now
from officine.core.i18n import LANGUAGES
from officine.core.session import viewer
from officine.models import Event
from officine.models.translation import is_out_of_date


@planning.get("/events/<slug>/texts/<language>")
def text(slug: str, language: str) -> Response:
    """What is read in one language, the original beside a translation."""
    event = _in(slug, language)
    known = queries.text_in(event, language)
    said: dict[str, Any] = {}
    if known is not None:
        names = ("title", "summary", "text", "price", "translator")
        said = {name: getattr(known, name) for name in names} | {"seen": known.version}
    which = OriginalForm if language == event.language else TranslationForm
    return _page(event, language, which(formdata=None, **said))


@planning.post("/events/<slug>/texts/<language>")
def save_text(slug: str, language: str) -> Any:
    """Keep it."""
    event = _in(slug, language)
    form = OriginalForm() if language == event.language else TranslationForm()
    if not form.validate():
        return _page(event, language, form), 422
    words = form.words()
    if isinstance(form, TranslationForm):
        words["translator"] = form.translator.data or ""
    at, large = now(), isinstance(form, OriginalForm) and form.change.data == "large"

    def change(each: Event) -> None:
        theirs = queries.text_in(each, language)
        known = theirs.version if theirs else 0
        drafting.save_text(
            each, language, by=viewer(), at=at, large=large,
            seen=(form.seen.data or 0) if each is event else known, **words,
        )  # fmt: skip

    try:
        series.change_with(event, form.chosen_scope(), at, change)
    except EditedMeanwhile:
        known = queries.text_in(event, language)
        form.seen.raw_data, form.seen.data = None, known.version if known else 0
        return _page(event, language, form, theirs=known, problem=somebody_was_faster()), 409
    except OriginalFirst:
        form.title.errors = [_("Write the original first: there is nothing to translate yet.")]
        return _page(event, language, form), 422
    return back("planning.text", event, _("Saved."), language=language)


def _in(slug: str, language: str) -> Event:
    if language not in LANGUAGES:
        abort(404)
    return found(slug)


def _page(event: Event, language: str, form: TextForm, **shown: Any) -> Response:
    known = {each.language: each for each in event.texts}
    context: dict[str, Any] = {
        "language": language,
        "form": form,
        "known": known,
        "outdated": {code for code, each in known.items() if is_out_of_date(event, each)},
        "original": known.get(event.language),
        "theirs": None,
    }
    return event_page("planning/text.html", event, **(context | shown))
