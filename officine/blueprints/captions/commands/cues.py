"""Changing captions row by row."""

from datetime import datetime

from officine.blueprints.captions.commands.changing import (
    changing,
    check,
    mark_current,
    next_of,
    other_tracks,
    set_speaker,
    set_times,
    set_words,
    translations_of,
)
from officine.blueprints.captions.commands.errors import BadTimes, NoNext, NothingToDivide
from officine.core.db import db
from officine.core.locks import lock_row
from officine.lib.captions import divided, settle_markup, with_voice, words_of
from officine.models import CaptionTrack, Cue, Member

SHORTEST_MS = 40
"""No half is shorter than one frame."""


def save_cue(
    track: CaptionTrack,
    cue: Cue,
    *,
    shown: str | None,
    starts_ms: int,
    ends_ms: int,
    speaker: str,
    text: str,
    settings: str,
    by: Member,
    at: datetime,
) -> None:
    """Write a row anew. Raises ChangedMeanwhile, BadTimes."""
    with changing(track, by=by, at=at, act="save", cues=[cue.id]):
        check(cue, shown)
        set_times(cue, starts_ms, ends_ms)
        set_words(cue, settle_markup(text))
        set_speaker(cue, speaker)
        cue.settings = settings


def add_cue(
    track: CaptionTrack,
    *,
    starts_ms: int,
    ends_ms: int,
    speaker: str,
    text: str,
    by: Member,
    at: datetime,
    source: Cue | None = None,
) -> Cue:
    """Write a new row; the translations get an empty one beside it. Raises BadTimes."""
    if starts_ms < 0 or ends_ms <= starts_ms:
        raise BadTimes(starts_ms, ends_ms)
    with changing(track, by=by, at=at, act="add", cues=[]) as new_ids:
        cue = Cue(
            track_id=track.id,
            starts_ms=starts_ms,
            ends_ms=ends_ms,
            speaker=speaker,
            text=settle_markup(text),
            source=source,
        )
        db.session.add(cue)
        if cue.text:
            mark_current(cue)
        db.session.flush()
        new_ids.add(cue.id)
        for other in other_tracks(track):
            db.session.add(beside(cue, other))
    return cue


def beside(cue: Cue, track: CaptionTrack) -> Cue:
    """An empty row that will translate a cue."""
    return Cue(
        track_id=track.id,
        starts_ms=cue.starts_ms,
        ends_ms=cue.ends_ms,
        speaker=cue.speaker,
        text="",
        settings=cue.settings,
        source=cue,
    )


def remove_cue(
    track: CaptionTrack, cue: Cue, *, shown: str | None, by: Member, at: datetime
) -> None:
    """Take a row out. A translation of it that says something remains, without an original.
    Raises ChangedMeanwhile.
    """
    with changing(track, by=by, at=at, act="remove", cues=[cue.id]):
        check(cue, shown)
        for each in translations_of(cue):
            if each.text.strip():
                each.source = None
            else:
                db.session.delete(each)
        db.session.flush()
        db.session.delete(cue)


def divide_cue(
    track: CaptionTrack,
    cue: Cue,
    *,
    place: int,
    shown: str | None,
    by: Member,
    at: datetime,
    moment_ms: int | None = None,
) -> Cue:
    """Make two rows of one, before a letter of its words. Its time is shared by their length,
    unless a moment inside is given. What translates it stays with the first half, out of date;
    the second gets an empty row. Raises ChangedMeanwhile, NothingToDivide.
    """
    with changing(track, by=by, at=at, act="divide", cues=[cue.id]) as new_ids:
        check(cue, shown)
        first, second = divided(cue.text, place)
        said = (words_of(first), words_of(second))
        lasts = cue.ends_ms - cue.starts_ms
        if not all(words.strip() for words in said) or lasts < 2 * SHORTEST_MS:
            raise NothingToDivide
        begins, ends = cue.starts_ms + SHORTEST_MS, cue.ends_ms - SHORTEST_MS
        if moment_ms is None or not begins <= moment_ms <= ends:
            share = len(said[0]) / (len(said[0]) + len(said[1]))
            moment_ms = cue.starts_ms + round(lasts * share)
        moment_ms = min(max(moment_ms, begins), ends)
        new = Cue(
            track_id=track.id,
            starts_ms=moment_ms,
            ends_ms=cue.ends_ms,
            speaker=cue.speaker,
            text=second,
            settings=cue.settings,
            source=cue.source,
            based_on=cue.based_on,
            source_text=cue.source_text,
        )
        db.session.add(new)
        db.session.flush()
        new_ids.add(new.id)
        for each in translations_of(cue):
            other = db.session.get_one(CaptionTrack, each.track_id)
            if each.starts_ms < moment_ms < each.ends_ms:
                each.ends_ms = moment_ms
            db.session.add(beside(new, other))
        cue.ends_ms = moment_ms
        cue.text = first
        cue.version += 1
    return new


def join_with_next(
    track: CaptionTrack, cue: Cue, *, shown: str | None, by: Member, at: datetime
) -> None:
    """Make one row of two; what translates them is joined as well, and out of date. Raises
    ChangedMeanwhile, NoNext.
    """
    # Whoever else is at work on the track waits here: the next one stays the next.
    lock_row(track)
    following = next_of(cue)
    if following is None:
        check(cue, shown)
        raise NoNext
    with changing(track, by=by, at=at, act="join", cues=[cue.id, following.id]):
        check(cue, shown)
        _join_translations(cue, following)
        _join(cue, following)
        cue.version += 1


def _join(first: Cue, second: Cue) -> None:
    if first.speaker != second.speaker and second.text:
        first.text = with_voice(first.speaker, first.text)
        second.text = with_voice(second.speaker, second.text)
        first.speaker = ""
    elif not first.text:
        first.speaker = second.speaker
    first.text = "\n".join(filter(None, (first.text, second.text)))
    first.ends_ms = max(first.ends_ms, second.ends_ms)
    db.session.delete(second)
    db.session.flush()


def _join_translations(first: Cue, second: Cue) -> None:
    known = {each.track_id: each for each in translations_of(first)}
    for each in translations_of(second):
        other = known.get(each.track_id)
        if other is None:
            each.source = first
            each.based_on = 0
        else:
            _join(other, each)


def mark_up_to_date(
    track: CaptionTrack, cue: Cue, *, shown: str | None, by: Member, at: datetime
) -> None:
    """An editor says that a translation holds although its original has changed. Raises
    ChangedMeanwhile.
    """
    with changing(track, by=by, at=at, act="confirm", cues=[cue.id]):
        check(cue, shown)
        mark_current(cue)
