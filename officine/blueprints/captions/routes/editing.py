"""The editor’s page, and what every view of it needs."""

from typing import Any

from flask import Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from officine.blueprints.captions import commands, policy, queries
from officine.blueprints.captions.forms import (
    FINDINGS,
    CreditForm,
    CueForm,
    ReplaceForm,
    ShiftForm,
    credit_of,
)
from officine.blueprints.captions.queries import Line, Row, Sheet
from officine.blueprints.captions.routes.blueprint import LANGUAGE, captions
from officine.core.asked import page_number
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.core.words import number
from officine.lib.captions import Finding, clock
from officine.lib.differences import differences
from officine.models import CaptionTrack, Cue, Interview

ROWS = 60
"""Rows of a page: a long interview has a thousand."""
NEW_LASTS_MS = 2000


@captions.get(LANGUAGE)
def edit(interview_id: int, language: str) -> Response:
    """Text beside the player."""
    allow(policy.may_see(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    track = queries.find_track(interview, language) or abort(404)
    return editor(interview, track)


@captions.post(f"{LANGUAGE}/credit")
def credit(interview_id: int, language: str) -> Any:
    """Say who translated."""
    interview, track = asked_track(interview_id, language)
    form = CreditForm()
    if not form.validate():
        return editor(interview, track, credit_form=form), 422

    commands.credit_translator(track, form.translator.data or "", at=now())
    flash(_("The translator’s name stands with the captions."), "success")
    return edited(interview, track)


@captions.post(f"{LANGUAGE}/reading")
def go_through(interview_id: int, language: str) -> Any:
    """An editor went through what a machine wrote."""
    interview, track = asked_track(interview_id, language)

    commands.mark_gone_through(track, by=viewer(), at=now())
    flash(_("These captions are no longer a draft."), "success")
    return edited(interview, track)


@captions.post(f"{LANGUAGE}/undoing")
def undo(interview_id: int, language: str) -> Any:
    """Take back what one did last."""
    interview, track = asked_track(interview_id, language)
    try:
        left = commands.undo(track, by=viewer(), at=now())
    except commands.NothingToUndo:
        flash(_("There is nothing of yours to take back."), "wait")
        return edited(interview, track)
    if left:
        flash(
            ngettext(
                "Taken back, except for %(num)s caption that somebody has changed since.",
                "Taken back, except for %(num)s captions that somebody has changed since.",
                left,
            ),
            "wait",
        )
    else:
        flash(_("Taken back."), "success")
    return edited(interview, track)


# What the views share


def asked_track(interview_id: int, language: str) -> tuple[Interview, CaptionTrack]:
    """The track that somebody wants to change, if they may."""
    allow(policy.may_work(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    return interview, queries.find_track(interview, language) or abort(404)


def asked_cue(track: CaptionTrack, cue_id: int) -> Cue:
    """One of its rows."""
    return queries.find_cue(track, cue_id) or abort(404)


def editor(interview: Interview, track: CaptionTrack, **more: Any) -> Response:
    """The editor; ``more`` holds forms as they came back."""
    return page("captions/edit.html", part="cues", **context(interview, track, **more))


def edited(interview: Interview, track: CaptionTrack, near: Cue | None = None) -> Any:
    """After a change: the rows anew."""
    told = context(interview, track, near=near.id if near else None)
    url = url_for(
        "captions.edit",
        interview_id=interview.id,
        language=track.language,
        page=told["page"] if told["page"] > 1 else None,
        _anchor=f"cue-{near.id}" if near else None,
    )
    return done(url, "captions/edit.html", part="cues", **told)


def context(
    interview: Interview,
    track: CaptionTrack,
    *,
    near: int | None = None,
    forms: dict[int, CueForm] | None = None,
    theirs: Cue | None = None,
    new_form: CueForm | None = None,
    shift_form: ShiftForm | None = None,
    credit_form: CreditForm | None = None,
    replace_form: ReplaceForm | None = None,
) -> dict[str, Any]:
    """All that the editor shows."""
    sheet = queries.sheet_of(interview, track)
    here = _page_of(sheet, near)
    rows = sheet.rows[(here - 1) * ROWS : here * ROWS]
    if not rows and here > 1:
        abort(404)
    places = {id(row): place for place, row in enumerate(sheet.rows)}
    return {
        "interview": interview,
        "title": queries.title_of(interview),
        "track": track,
        "sheet": sheet,
        "rows": rows,
        "page": here,
        "pages": max(1, -(-len(sheet.rows) // ROWS)),
        "page_of": lambda row: places[id(row)] // ROWS + 1,
        "forms": forms or {},
        "theirs": theirs,
        "new_form": new_form or CueForm(formdata=None, **_new_times(sheet)),
        "shift_form": shift_form or ShiftForm(formdata=None),
        "credit_form": credit_form or credit_of(track),
        "replace_form": replace_form or ReplaceForm(formdata=None),
        "video": queries.video_of(interview),
        "last_edit": queries.last_edit(track, viewer()),
        "speakers": queries.speakers_of(interview),
        **row_helpers(),
    }


def row_helpers() -> dict[str, Any]:
    """What a row’s template asks for."""
    return {
        "clock": clock,
        "finding_sentence": finding_sentence,
        "seen": queries.seen,
        "words": queries.plain_words,
        "difference": difference,
    }


def _page_of(sheet: Sheet, near: int | None) -> int:
    if near is None:
        return page_number()
    for place, row in enumerate(sheet.rows):
        if row.cue is not None and row.cue.id == near:
            return place // ROWS + 1
    return 1


def _new_times(sheet: Sheet) -> dict[str, Any]:
    cues = [row.cue for row in sheet.rows if row.cue is not None]
    begins = cues[-1].ends_ms if cues else 0
    return {"starts": begins, "ends": begins + NEW_LASTS_MS}


def row_of(interview: Interview, track: CaptionTrack, cue: Cue) -> Row:
    """The row of a cue."""
    sheet = queries.sheet_of(interview, track)
    return next(row for row in sheet.rows if row.cue is not None and row.cue.id == cue.id)


def difference(cue: Line) -> list[Any]:
    """What the original says otherwise than when it was translated."""
    assert cue.source is not None
    return differences(cue.source_text, cue.source.text)


def finding_sentence(finding: Finding) -> str:
    """A finding in words, with its numbers."""
    value, limit = _in_words(finding)
    return str(FINDINGS[finding.kind]) % {"value": value, "limit": limit}


def _in_words(finding: Finding) -> tuple[str, str]:
    match finding.kind:
        case "beyond":
            return clock(int(finding.value)), clock(int(finding.limit))
        case "overlap" | "silence" | "short" | "long":
            return number(round(finding.value / 1000, 2)), number(finding.limit / 1000)
        case "speed":
            return number(round(finding.value, 1)), number(finding.limit)
    return number(int(finding.value)), number(int(finding.limit))


def has_machine() -> bool:
    """Whether the operator has named a program that writes drafts."""
    return bool(current_app.extensions["officine.settings"].transcribe_command)


def asks_for_piece() -> bool:
    """Whether only a row’s state is wanted."""
    return request.headers.get("HX-Target", "").rpartition("#")[2].startswith("state-")
