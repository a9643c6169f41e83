"""Changing many rows at once."""

from typing import Any

from flask import Response, abort, flash, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from officine.blueprints.captions import commands, policy, queries
from officine.blueprints.captions.forms import ReplaceForm, ShiftForm
from officine.blueprints.captions.routes.blueprint import LANGUAGE, captions
from officine.blueprints.captions.routes.editing import asked_track, edited, editor, row_helpers
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.lib.captions import words_of
from officine.lib.differences import differences
from officine.models import CaptionTrack


@captions.post(f"{LANGUAGE}/shift")
def shift(interview_id: int, language: str) -> Any:
    """Move all captions, or all from one on."""
    interview, track = asked_track(interview_id, language)
    form = ShiftForm()
    if not form.validate():
        return editor(interview, track, shift_form=form), 422
    cues = queries.cues_of(track)
    first = form.start.data or 1
    if not 1 <= first <= max(1, len(cues)):
        form.start.errors = [_("There is no caption with this number.")]
        return editor(interview, track, shift_form=form), 422
    start = cues[first - 1] if first > 1 else None
    try:
        moved = commands.shift(
            track, by_ms=form.by_ms.data or 0, by=viewer(), at=now(), start=start
        )
    except commands.BeforeBeginning:
        form.by_ms.errors = [_("The first of them would start before the video.")]
        return editor(interview, track, shift_form=form), 422
    flash(ngettext("%(num)s caption moved.", "%(num)s captions moved.", moved), "success")
    return edited(interview, track, start)


@captions.get(f"{LANGUAGE}/replacement")
def preview_replacement(interview_id: int, language: str) -> Any:
    """What a search with replacement would change."""
    allow(policy.may_see(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    track = queries.find_track(interview, language) or abort(404)
    form = ReplaceForm(_asked(), meta={"csrf": False})
    if not form.validate():
        return _preview(interview, track, form, []), 422
    return _preview(interview, track, form, _found(track, form))


@captions.post(f"{LANGUAGE}/replacement")
def replace(interview_id: int, language: str) -> Any:
    """Do it, in the captions that were shown."""
    interview, track = asked_track(interview_id, language)
    form = ReplaceForm()
    if not form.validate():
        return _preview(interview, track, form, []), 422
    shown = {}
    for each in request.form.getlist("cue"):
        cue_id, _colon, mark = each.partition(":")
        if cue_id.isdecimal():
            shown[int(cue_id[:9])] = mark
    changed, left = commands.replace_words(
        track, find=form.find.data or "", replacement=form.replacement.data or "",
        any_case=not form.exactly.data, shown=shown, by=viewer(), at=now(),
    )  # fmt: skip
    if changed:
        flash(ngettext("%(num)s caption changed.", "%(num)s captions changed.", changed), "success")
    if left:
        flash(
            ngettext(
                "%(num)s caption was left: somebody has changed it since you looked.",
                "%(num)s captions were left: somebody has changed them since you looked.",
                left,
            ),
            "wait",
        )
    if not changed and not left:
        flash(_("Nothing was chosen, and nothing changed."), "wait")
    return edited(interview, track)


def _asked() -> MultiDict[str, str]:
    return MultiDict(request.args)


def _found(track: CaptionTrack, form: ReplaceForm) -> list[queries.Replacement]:
    return queries.replacements(
        track,
        form.find.data or "",
        form.replacement.data or "",
        any_case=not form.exactly.data,
    )


def _preview(
    interview: Any, track: CaptionTrack, form: ReplaceForm, found: list[queries.Replacement]
) -> Response:
    return page(
        "captions/replacement.html",
        interview=interview,
        title=queries.title_of(interview),
        track=track,
        form=form,
        found=found,
        pieces=lambda each: differences(words_of(each.cue.text), words_of(each.text)),
        is_same=form.find.data == form.replacement.data,
        **row_helpers(),
    )
