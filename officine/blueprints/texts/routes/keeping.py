"""Where editors keep the texts of the team."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import to_user_timezone
from markupsafe import Markup

from officine.blueprints.texts import commands, policy, queries
from officine.blueprints.texts.forms import (
    EditAnnouncementForm,
    EditionForm,
    EditReasonForm,
    NewAnnouncementForm,
    NewReasonForm,
    TranslatedForm,
)
from officine.blueprints.texts.queries import TextState
from officine.blueprints.texts.routes.blueprint import LANGUAGE, beginning_of, end_of, texts
from officine.blueprints.texts.routes.reading import changes_in
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES, page_language
from officine.core.permission import allow
from officine.core.session import viewer
from officine.core.words import day, plain_date
from officine.lib.differences import differences
from officine.lib.text import clean
from officine.models import Document, Edition
from officine.models.document import KINDS

A_SECOND = timedelta(seconds=1)
A_WEEK = timedelta(days=7)


@texts.get("/desk/texts")
def index() -> Response:
    """Every text by kind, with its edition in each language."""
    allow(policy.may_see_texts(viewer()))
    by_kind: dict[str, list[TextState]] = {}
    for state in queries.texts():
        by_kind.setdefault(state.document.kind, []).append(state)
    return page(
        "texts/index.html",
        by_kind=by_kind,
        may_keep={kind: bool(policy.may_keep(viewer(), kind)) for kind in KINDS},
        highlights=queries.highlights(now()),
        last_day=lambda moment: day(moment - A_SECOND, "medium"),
    )


@texts.get(f"/desk/texts/<int:document_id>/<{LANGUAGE}:language>")
def edit(document_id: int, language: str) -> Response:
    """A text in one language: write its next edition, beside another language."""
    text = _text(document_id)
    return _edit_page(text, language, _form_for(text, language))


@texts.post(f"/desk/texts/<int:document_id>/<{LANGUAGE}:language>")
def publish(document_id: int, language: str) -> Any:
    text = _text(document_id)
    allow(policy.may_edit(viewer(), text.document))
    form = _form_for(text, language)
    if request.form.get("preview"):
        return _edit_page(text, language, form, preview=_preview(text.document.kind))
    if not form.validate_on_submit():
        return _edit_page(text, language, form), 422
    try:
        edition = commands.publish(
            text.document, language, by=viewer(), at=now(),
            title=form.title.data or "", text=form.text.data or "",
            change=form.change.data if isinstance(form, TranslatedForm) else "translation",
            seen=form.seen_number(),
        )  # fmt: skip
    except commands.EditedMeanwhile as error:
        form.seen.data = str(error.edition.number)
        return _edit_page(text, language, form, theirs=error.edition), 422
    except commands.NothingChanged:
        if not _keep_details(text.document, form):
            flash(_("Nothing was changed: this is what the text says already."))
            return done(url_for(".edit", document_id=document_id, language=language))
        flash(_("Saved."), "success")
        return done(url_for(".index"))
    _keep_details(text.document, form)
    _say_published(edition)
    return done(url_for(".index"))


@texts.post("/desk/texts/preview")
def preview() -> Response:
    """How a text will read."""
    allow(policy.may_see_texts(viewer()))
    return page("texts/preview.html", part="preview", preview=_preview("legal"))


@texts.get(f"/desk/texts/<int:document_id>/<{LANGUAGE}:language>/editions/<int:number>")
def edition(document_id: int, language: str, number: int) -> Response:
    """One edition of a text, with what it changed."""
    text = _text(document_id)
    editions = queries.editions_of(text.document, language)
    found = next((each for each in editions if each.number == number), None) or abort(404)
    pieces = changes_in(found, editions)
    return page("texts/edition.html", text=text, edition=found, pieces=pieces)


@texts.post("/desk/texts/<int:document_id>/retirement")
def retire(document_id: int) -> Any:
    text = _text(document_id)
    allow(policy.may_retire(viewer(), text.document))
    if request.form.get("retire") == "no":
        commands.bring_back(text.document, by=viewer())
        flash(_("It is in use again."), "success")
    else:
        commands.retire(text.document, by=viewer(), at=now())
        flash(_("It is retired. What was decided with it keeps its words."), "success")
    return done(url_for(".index"))


@texts.get("/desk/texts/new-reason")
def new_reason() -> Response:
    allow(policy.may_keep(viewer(), "reason"))
    return _new_page("reason", NewReasonForm(language=page_language()))


@texts.post("/desk/texts/new-reason")
def write_reason() -> Any:
    allow(policy.may_keep(viewer(), "reason"))
    form = NewReasonForm()
    if request.form.get("preview"):
        return _new_page("reason", form, preview=_preview("reason"))
    if not form.validate_on_submit():
        return _new_page("reason", form), 422
    commands.write_reason(
        form.language.data, by=viewer(), at=now(), rule=form.rule.data,
        title=form.title.data or "", text=form.text.data or "",
    )  # fmt: skip
    flash(_("The reason is in the library. Its translations are missing."), "success")
    return done(url_for(".index"))


@texts.get("/desk/texts/new-announcement")
def new_announcement() -> Response:
    allow(policy.may_keep(viewer(), "announcement"))
    today = to_user_timezone(now()).date()
    form = NewAnnouncementForm(language=page_language(), first_day=today, last_day=today + A_WEEK)
    return _new_page("announcement", form)


@texts.post("/desk/texts/new-announcement")
def announce() -> Any:
    allow(policy.may_keep(viewer(), "announcement"))
    form = NewAnnouncementForm()
    if request.form.get("preview"):
        return _new_page("announcement", form, preview=_preview("announcement"))
    if not form.validate_on_submit() or not (form.first_day.data and form.last_day.data):
        return _new_page("announcement", form), 422
    commands.announce(
        form.language.data, by=viewer(), at=now(),
        title=form.title.data or "", text=form.text.data or "",
        starts_at=beginning_of(form.first_day.data), ends_at=end_of(form.last_day.data),
    )  # fmt: skip
    flash(_("The announcement is written. Its translations are missing."), "success")
    return done(url_for(".index"))


def _say_published(edition: Edition) -> None:
    if edition.in_force_at > now():
        said = _(
            "Published: edition %(number)s. Members are told now; it is in force from %(date)s.",
            number=edition.number, date=plain_date(edition.in_force_on, "long"),
        )  # fmt: skip
    else:
        said = _("Published: edition %(number)s.", number=edition.number)
    flash(said, "success")


def _text(document_id: int) -> TextState:
    allow(policy.may_see_texts(viewer()))
    return queries.find_text(document_id) or abort(404)


def _form_for(text: TextState, language: str) -> EditionForm:
    """The form of a kind of text, with what its current edition says."""
    document, current = text.document, text.editions.get(language)
    said: dict[str, Any] = {
        "title": current.title if current else "",
        "text": current.text if current else "",
        "seen": str(current.number if current else 0),
    }
    if not document.is_translated:
        return EditionForm(**said)
    said |= {"outdated": text.is_outdated(language), "first": current is None}
    if document.kind == "reason":
        return EditReasonForm(rule=document.rule, **said)
    if document.kind == "announcement" and document.starts_at and document.ends_at:
        last = document.ends_at - timedelta(seconds=1)
        return EditAnnouncementForm(
            first_day=to_user_timezone(document.starts_at).date(),
            last_day=to_user_timezone(last).date(),
            **said,
        )
    return TranslatedForm(**said)


def _keep_details(document: Document, form: EditionForm) -> bool:
    """What a document has beside its words; whether any of it changed."""
    if isinstance(form, EditReasonForm) and form.rule.data != document.rule:
        commands.file_under(document, form.rule.data, by=viewer())
        return True
    if isinstance(form, EditAnnouncementForm) and form.first_day.data and form.last_day.data:
        days = beginning_of(form.first_day.data), end_of(form.last_day.data)
        changed = days != (document.starts_at, document.ends_at)
        commands.show_between(document, starts_at=days[0], ends_at=days[1], by=viewer())
        return changed
    return False


def _edit_page(
    text: TextState,
    language: str,
    form: EditionForm,
    *,
    preview: Markup | None = None,
    theirs: Edition | None = None,
) -> Response:
    asked = request.args.get("beside", "")
    others = [code for code in LANGUAGES if code != language and code in text.editions]
    beside = text.editions.get(asked if asked in others else _best_beside(text, others))
    return page(
        "texts/edit.html",
        part="edition",
        text=text,
        language=language,
        form=form,
        current=text.editions.get(language),
        others=others,
        beside=beside,
        editions=queries.editions_of(text.document, language),
        at=now(),
        verdict=policy.may_edit(viewer(), text.document),
        may_retire=bool(policy.may_retire(viewer(), text.document)),
        preview=preview,
        theirs=theirs,
        pieces=differences(theirs.text, clean(form.text.data)) if theirs else None,
    )


def _best_beside(text: TextState, others: list[str]) -> str:
    """The language to translate from: one that is up to date, the page’s if it can be."""
    order = sorted(others, key=lambda code: (text.is_outdated(code), code != page_language()))
    return order[0] if order else ""


def _new_page(kind: str, form: Any, preview: Markup | None = None) -> Response:
    return page("texts/new.html", part="edition", kind=kind, form=form, preview=preview)


def _preview(kind: str) -> Markup:
    return Markup(commands.rendered(kind, clean(request.form.get("text"))[:30_000]))
