"""Files of captions, in and out."""

from typing import Any

from flask import Response, abort, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from officine.blueprints.captions import commands, policy, queries
from officine.blueprints.captions.forms import ImportForm, sentence
from officine.blueprints.captions.routes.blueprint import LANGUAGE, captions
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.lib.captions import (
    Problem,
    Reading,
    decoded,
    read_captions,
    write_subrip,
    write_webvtt,
)
from officine.lib.text import without_controls
from officine.models import CaptionTrack, Interview

MOST_CUES = 10_000
MOST_BYTES = 4 * 1024 * 1024


@captions.get(f"{LANGUAGE}/file")
def choose_file(interview_id: int, language: str) -> Response:
    """Where a file of captions is given."""
    allow(policy.may_see(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    return _page(interview, language, ImportForm(formdata=None))


@captions.post(f"{LANGUAGE}/file")
def take_in(interview_id: int, language: str) -> Any:
    """Take a file in, if it is as its format asks; otherwise every mistake is told by its line."""
    allow(policy.may_work(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    form = ImportForm()
    if not form.validate():
        return _page(interview, language, form), 422
    data = form.data_given()
    if not data.strip():
        form.file.errors = [_("Choose a file, or paste its text.")]
        return _page(interview, language, form), 422
    if len(data) > MOST_BYTES:
        form.file.errors = [_("This is too large for a file of captions.")]
        return _page(interview, language, form), 422
    reading = read_captions(data, queries.speakers_of(interview))
    if len(reading.captions) > MOST_CUES:
        form.file.errors = [_("These are more captions than one interview has.")]
        return _page(interview, language, form), 422
    if reading.problems:
        # What was sent comes back to be mended here.
        form.pasted.data = without_controls(decoded(data)[0].removeprefix("\ufeff"))
        return _page(interview, language, form, reading), 422

    commands.take_in(interview, language, reading.captions, by=viewer(), at=now())
    flash(
        ngettext("%(num)s caption taken in.", "%(num)s captions taken in.", len(reading.captions)),
        "success",
    )
    for remark in reading.remarks[:8]:
        flash(_told(remark.line, sentence(remark)), "wait")
    return done(url_for(".edit", interview_id=interview.id, language=language))


@captions.get(f"{LANGUAGE}/file.<any(vtt, srt):kind>")
def give_out(interview_id: int, language: str, kind: str) -> Response:
    """The captions as a file."""
    allow(policy.may_see(viewer()))
    interview = queries.find_interview(interview_id, viewer()) or abort(404)
    track = queries.find_track(interview, language) or abort(404)
    cues = [cue.caption for cue in queries.lines_of(track)]
    text = write_webvtt(cues, note=note_of(track)) if kind == "vtt" else write_subrip(cues)
    mimetype = "text/vtt" if kind == "vtt" else "application/x-subrip"
    response = Response(text, content_type=f"{mimetype}; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{interview.slug}.{language}.{kind}"'
    )
    return response


def note_of(track: CaptionTrack) -> str:
    """What a file says of itself: who translated it, and that it is a draft where it is one."""
    lines = []
    if track.is_draft:
        lines.append(_("Draft written by a machine. Nobody has gone through it yet."))
    if track.translator:
        lines.append(_("Translated by %(name)s", name=track.translator))
    return "\n".join(lines)


def _told(line: int, words: str) -> str:
    return _("Line %(line)s: %(problem)s", line=line, problem=words) if line else words


def _said(problem: Problem) -> str:
    """A line of the file may hold what no page can."""
    return without_controls(sentence(problem))


def _page(
    interview: Interview, language: str, form: ImportForm, reading: Reading | None = None
) -> Response:
    track = queries.find_track(interview, language)
    found = reading or Reading()
    return page(
        "captions/file.html",
        interview=interview,
        title=queries.title_of(interview),
        language=language,
        form=form,
        problems=[(each.line, _said(each)) for each in found.problems],
        remarks=[_told(each.line, _said(each)) for each in found.remarks],
        is_there=bool(track and queries.lines_of(track)),
    )
