"""Beginning captions, taking them in from a file, translating them."""

from collections.abc import Sequence
from datetime import datetime

from officine.blueprints.captions.commands.changing import changing, mark_current, set_words, touch
from officine.blueprints.captions.commands.cues import beside
from officine.blueprints.captions.commands.errors import NothingToTranslate
from officine.blueprints.captions.queries import cues_of, find_track
from officine.core import audit
from officine.core.db import db
from officine.lib.captions import Caption, settle_markup
from officine.models import CaptionTrack, Cue, Interview, Member


def begin_track(
    interview: Interview, language: str, *, at: datetime, is_draft: bool = False
) -> CaptionTrack:
    """The captions in a language: those there are, or new ones without cues."""
    track = find_track(interview, language)
    if track is None:
        track = CaptionTrack(
            interview_id=interview.id, language=language, is_draft=is_draft, changed_at=at
        )
        db.session.add(track)
        db.session.flush()
    return track


def take_in(
    interview: Interview,
    language: str,
    captions: Sequence[Caption],
    *,
    by: Member,
    at: datetime,
    is_draft: bool = False,
) -> CaptionTrack:
    """Let the captions of a file take the place of those there are. A cue that stood at the same
    time goes on as the same, so that its translations keep their original.
    """
    track = begin_track(interview, language, at=at, is_draft=is_draft)
    original = None if language == interview.language else find_track(interview, interview.language)
    with changing(track, by=by, at=at, act="import"):
        old = list(cues_of(track))
        sources = list(cues_of(original)) if original else []
        pairs = _same_time(captions, old)
        for caption, cue in pairs:
            _write(track, caption, cue, _closest(caption, sources))
        kept = {cue.id for _caption, cue in pairs if cue is not None}
        for cue in old:
            if cue.id not in kept:
                db.session.delete(cue)
        db.session.flush()
        _add_beside(interview, track)
    track.is_draft = is_draft
    audit.note("captions.import", by, track=track.id, cues=len(captions))
    return track


def _write(track: CaptionTrack, caption: Caption, cue: Cue | None, source: Cue | None) -> None:
    if cue is None:
        cue = Cue(track_id=track.id, text="", starts_ms=caption.starts_ms, ends_ms=caption.ends_ms)
        db.session.add(cue)
    if source is not None and cue.source_id != source.id:
        cue.source = source
        cue.based_on = 0
    cue.starts_ms, cue.ends_ms = caption.starts_ms, caption.ends_ms
    cue.speaker, cue.settings = caption.speaker[:80], caption.settings[:120]
    text = settle_markup(caption.text)
    if cue.id is None:
        cue.text = text
        cue.version = 1
    else:
        set_words(cue, text)
    if text and cue.based_on == 0:
        mark_current(cue)


def _same_time(
    captions: Sequence[Caption], cues: Sequence[Cue]
) -> list[tuple[Caption, Cue | None]]:
    """Each caption with the cue that it replaces: one that stood for most of its time."""
    free = list(cues)
    pairs: list[tuple[Caption, Cue | None]] = []
    for caption in captions:
        cue = _closest(caption, free)
        pairs.append((caption, cue))
        if cue is not None:
            free.remove(cue)
    return pairs


def _closest(caption: Caption, cues: Sequence[Cue]) -> Cue | None:
    best, most = None, 0.5
    for cue in cues:
        if cue.starts_ms > caption.ends_ms:
            break
        common = min(caption.ends_ms, cue.ends_ms) - max(caption.starts_ms, cue.starts_ms)
        shorter = min(caption.ends_ms - caption.starts_ms, cue.ends_ms - cue.starts_ms)
        if common / shorter > most:
            best, most = cue, common / shorter
    return best


def begin_translation(
    interview: Interview, language: str, *, by: Member, at: datetime
) -> CaptionTrack:
    """Rows to translate into: one beside each cue of the original, at its time. What is there
    already stays. Raises NothingToTranslate.
    """
    original = find_track(interview, interview.language)
    if original is None or language == interview.language:
        raise NothingToTranslate
    track = begin_track(interview, language, at=at)
    with changing(track, by=by, at=at, act="translate"):
        _fill(original, track)
    audit.note("captions.translate", by, track=track.id)
    return track


def _add_beside(interview: Interview, track: CaptionTrack) -> None:
    """After the original got other cues, each translation has a row for each of them."""
    if track.language != interview.language:
        return
    for other in list(
        db.session.scalars(
            db.select(CaptionTrack).where(
                CaptionTrack.interview_id == interview.id, CaptionTrack.id != track.id
            )
        )
    ):
        for cue in cues_of(other):
            if cue.source is None and not cue.text.strip():
                db.session.delete(cue)
        db.session.flush()
        _fill(track, other)


def _fill(original: CaptionTrack, track: CaptionTrack) -> None:
    known = {cue.source_id for cue in cues_of(track)}
    db.session.add_all(beside(cue, track) for cue in cues_of(original) if cue.id not in known)


def credit_translator(track: CaptionTrack, name: str, *, at: datetime) -> None:
    """Say who translated it."""
    if track.translator != name:
        track.translator = name
        touch(track, at=at)


def mark_gone_through(track: CaptionTrack, *, by: Member, at: datetime) -> None:
    """An editor has gone through what a machine wrote: it is a draft no longer."""
    if track.is_draft:
        track.is_draft = False
        touch(track, at=at)
        audit.note("captions.checked", by, track=track.id)
