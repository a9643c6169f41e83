"""Writing row by row."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, flash, make_response, request
from flask_babel import gettext as _

from officine.blueprints.captions import commands, queries
from officine.blueprints.captions.forms import CueForm
from officine.blueprints.captions.routes.blueprint import LANGUAGE, captions
from officine.blueprints.captions.routes.editing import (
    asked_cue,
    asked_track,
    context,
    edited,
    editor,
    row_helpers,
    row_of,
)
from officine.core.clock import now
from officine.core.db import db
from officine.core.htmx import is_partial, page
from officine.core.session import viewer
from officine.lib.captions import settle_markup, words_of
from officine.lib.text import clean
from officine.models import CaptionTrack, Cue, Interview

CUE = f"{LANGUAGE}/cues/<int:cue_id>"
MARK = "|"
"""Where a text is to be cut, for those who have no caret to show."""


@captions.post(CUE)
def save(interview_id: int, language: str, cue_id: int) -> Any:
    """Keep a row."""
    interview, track = asked_track(interview_id, language)
    cue = queries.find_cue(track, cue_id)
    form = CueForm()
    if cue is None:
        return _gone(interview, track, form)
    if not form.validate():
        return _row(interview, track, cue, form=form), 422
    try:
        commands.save_cue(
            track, cue, shown=form.seen.data or "", settings=form.settings.data or "",
            by=viewer(), at=now(), **form.written(),
        )  # fmt: skip
    except commands.ChangedMeanwhile:
        return _crossed(interview, track, cue, form), 409
    if is_partial():
        return _row(interview, track, cue, is_saved=True)
    flash(_("Saved."), "success")
    return edited(interview, track, cue)


@captions.post(f"{LANGUAGE}/cues")
def add(interview_id: int, language: str) -> Any:
    """Write a new row."""
    interview, track = asked_track(interview_id, language)
    form = CueForm()
    if not form.validate():
        return editor(interview, track, new_form=form), 422

    source = _source(interview, language, request.form.get("source", ""))
    cue = commands.add_cue(track, by=viewer(), at=now(), source=source, **form.written())
    flash(_("The caption is there."), "success")
    return edited(interview, track, cue)


def on_row(act: Callable[[Interview, CaptionTrack, Cue, CueForm], Any]) -> Callable[..., Any]:
    """A view that changes a row; where somebody was faster, theirs is shown beside what one
    typed.
    """

    @wraps(act)
    def view(interview_id: int, language: str, cue_id: int) -> Any:
        interview, track = asked_track(interview_id, language)
        cue = asked_cue(track, cue_id)
        form = CueForm()
        try:
            return act(interview, track, cue, form)
        except commands.ChangedMeanwhile:
            return _crossed(interview, track, cue, form), 409

    return view


@captions.post(f"{CUE}/removal")
@on_row
def remove(interview: Interview, track: CaptionTrack, cue: Cue, form: CueForm) -> Any:
    """Take a row out."""
    commands.remove_cue(track, cue, shown=_shown(), by=viewer(), at=now())
    flash(_("The caption is gone. “Take back” brings it again."), "success")
    return edited(interview, track)


@captions.post(f"{CUE}/halves")
@on_row
def divide(interview: Interview, track: CaptionTrack, cue: Cue, form: CueForm) -> Any:
    """Make two rows of one: at the caret, at a mark |, or in the middle."""
    if refused := _not_kept(interview, track, cue, form):
        return refused
    try:
        new = commands.divide_cue(
            track, cue, place=_place(cue), shown=None,
            by=viewer(), at=now(), moment_ms=_number("moment"),
        )  # fmt: skip
    except commands.NothingToDivide:
        flash(_("This caption cannot be divided there: each half needs words and time."), "wait")
        return edited(interview, track, cue)
    flash(_("One caption became two."), "success")
    return edited(interview, track, new)


@captions.post(f"{CUE}/union")
@on_row
def join(interview: Interview, track: CaptionTrack, cue: Cue, form: CueForm) -> Any:
    """Make one row of this and the next."""
    if refused := _not_kept(interview, track, cue, form):
        return refused
    try:
        commands.join_with_next(track, cue, shown=None, by=viewer(), at=now())
    except commands.NoNext:
        flash(_("This is the last caption: there is none to join it with."), "wait")
        return edited(interview, track, cue)
    flash(_("Two captions became one."), "success")
    return edited(interview, track, cue)


@captions.post(f"{CUE}/confirmation")
@on_row
def confirm(interview: Interview, track: CaptionTrack, cue: Cue, form: CueForm) -> Any:
    """A translation holds although its original has changed."""
    commands.mark_up_to_date(track, cue, shown=_shown(), by=viewer(), at=now())
    if is_partial():
        return _row(interview, track, cue, is_saved=True)
    flash(_("Marked as up to date."), "success")
    return edited(interview, track, cue)


def _not_kept(interview: Interview, track: CaptionTrack, cue: Cue, form: CueForm) -> Any:
    """What was typed in the row is kept before it is divided or joined; gives the answer where it
    cannot be.
    """
    if "text" not in request.form:
        if queries.seen(cue) != _shown():
            raise commands.ChangedMeanwhile(cue)
        return None
    form.text.data = (form.text.data or "").replace(MARK, "")
    if not form.validate():
        return editor(interview, track, near=cue.id, forms={cue.id: form}), 422
    commands.save_cue(
        track, cue, shown=_shown(), settings=form.settings.data or "",
        by=viewer(), at=now(), **form.written(),
    )  # fmt: skip
    return None


def _place(cue: Cue) -> int:
    """Before which letter of its words a cue is divided."""
    # A caret counts a line break once, a form sends it as two characters.
    raw = request.form.get("text", "").replace("\r\n", "\n")
    said = words_of(cue.text)
    caret = _number("caret")
    if caret is None and MARK in raw:
        caret = raw.index(MARK)
    if caret is not None:
        return len(words_of(settle_markup(clean(raw.replace(MARK, "")[:caret]))))
    spaces = [place for place, letter in enumerate(said) if letter.isspace()]
    return min(spaces, key=lambda place: abs(place - len(said) / 2), default=0)


def _source(interview: Interview, language: str, asked: str) -> Cue | None:
    original = queries.find_track(interview, interview.language)
    if original is None or language == interview.language or not asked.isdecimal():
        return None
    return queries.find_cue(original, int(asked[:9]))


def _number(name: str) -> int | None:
    text = request.form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _shown() -> str:
    return request.form.get("seen", "")


def _row(
    interview: Interview,
    track: CaptionTrack,
    cue: Cue,
    *,
    form: CueForm | None = None,
    is_saved: bool = False,
) -> Response:
    """What has become of a row: beneath its fields for htmx, in the whole page for a browser."""
    if is_partial():
        return page(
            "captions/_state.html",
            row=row_of(interview, track, cue),
            interview=interview,
            track=track,
            form=form,
            theirs=None,
            is_saved=is_saved,
            **row_helpers(),
        )
    forms = {cue.id: form} if form else {}
    return page("captions/edit.html", **context(interview, track, near=cue.id, forms=forms))


def _crossed(interview: Interview, track: CaptionTrack, cue: Cue, form: CueForm) -> Response:
    """Somebody was faster: theirs is shown beside what one typed, and nothing is lost."""
    db.session.refresh(cue)
    asks_for_state = request.path.endswith((f"/cues/{cue.id}", "/confirmation"))
    if is_partial() and asks_for_state:
        return page(
            "captions/_state.html",
            row=row_of(interview, track, cue),
            interview=interview,
            track=track,
            form=None,
            theirs=cue,
            is_saved=False,
            **row_helpers(),
        )
    told = context(interview, track, near=cue.id, forms={cue.id: form}, theirs=cue)
    return page("captions/edit.html", part="cues", **told)


def _gone(interview: Interview, track: CaptionTrack, form: CueForm) -> Any:
    """Somebody took the row out meanwhile: what was typed waits to be added again."""
    if not form.starts.data and not form.text.data:
        abort(404)
    flash(
        _(
            "Somebody has taken this caption out meanwhile. What you wrote stands below: "
            "add it again if it is needed."
        ),
        "wait",
    )
    if is_partial():
        return make_response(page("captions/_gone.html"), 409)
    return editor(interview, track, new_form=form), 409
