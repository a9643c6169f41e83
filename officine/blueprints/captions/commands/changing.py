"""What every change to captions has in common: one editor at a time, kept so that it can be taken
back, and told to whoever depends on it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select

from officine.blueprints.captions.commands.errors import BadTimes, ChangedMeanwhile
from officine.blueprints.captions.events import CaptionsChanged
from officine.blueprints.captions.queries import seen
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.models import CaptionEdit, CaptionTrack, Cue, Interview, Member

KEPT = timedelta(days=7)
"""How long an edit can be taken back."""

COLUMNS = (
    "track_id", "starts_ms", "ends_ms", "speaker", "text", "settings", "source_id", "version",
    "based_on", "source_text",
)  # fmt: skip

FEW = 1000
"""As many ids as a question to the database names; of more it is asked for all."""

States = dict[str, list[Any]]


@contextmanager
def changing(
    track: CaptionTrack,
    *,
    by: Member,
    at: datetime,
    act: str,
    cues: Iterable[int] | None = None,
    is_kept: bool = True,
) -> Iterator[set[int]]:
    """Change cues of a track, and of its translations, while nobody else does. ``cues`` says which
    and what translates them; None is all of the interview. What is new is put into the set that
    it gives.
    """
    # Two editors at once wait for one another here, and each sees what the other did.
    lock_row(track)
    touched_cues = None if cues is None else set(cues)
    before = states(track.interview_id, touched_cues)
    new: set[int] = set()
    yield new
    db.session.flush()
    if touched_cues is not None:
        touched_cues |= new | {int(id) for id in before}
    after = states(track.interview_id, touched_cues)
    changed = {id for id in before.keys() | after.keys() if before.get(id) != after.get(id)}
    if not changed:
        return
    db.session.expire_all()
    touched = {states[id][0] for states in (before, after) for id in changed if id in states}
    for track_id in sorted(touched):
        touch(db.session.get_one(CaptionTrack, track_id), at=at)
    if is_kept:
        db.session.execute(
            delete(CaptionEdit).where(CaptionEdit.track_id == track.id, CaptionEdit.at < at - KEPT)
        )
        db.session.add(
            CaptionEdit(
                track_id=track.id,
                by_id=by.id,
                at=at,
                act=act,
                before={id: before[id] for id in changed if id in before},
                after={id: after[id] for id in changed if id in after},
            )
        )


def touch(track: CaptionTrack, *, at: datetime) -> None:
    """Say that a track is not what it was."""
    track.version += 1
    track.changed_at = at
    interview = db.session.get_one(Interview, track.interview_id)
    interview.version += 1
    record(CaptionsChanged(track.id))


def states(interview_id: int, cues: Iterable[int] | None = None) -> States:
    """The cues of an interview as they are in the database, by id: all, or these and what
    translates them.
    """
    wanted = (
        select(Cue.id, *(getattr(Cue, name) for name in COLUMNS))
        .join(CaptionTrack)
        .where(CaptionTrack.interview_id == interview_id)
    )
    ids = list(cues) if cues is not None else []
    if cues is not None and len(ids) <= FEW:
        wanted = wanted.where(or_(Cue.id.in_(ids), Cue.source_id.in_(ids)))
    rows = db.session.execute(wanted)
    return {str(row[0]): list(row[1:]) for row in rows}


def check(cue: Cue, shown: str | None) -> None:
    """The cue is still as it was shown. Raises ChangedMeanwhile. None asks nothing."""
    db.session.refresh(cue)
    if shown is not None and seen(cue) != shown:
        raise ChangedMeanwhile(cue)


def translations_of(cue: Cue) -> list[Cue]:
    """The cues that translate it, in order."""
    return list(
        db.session.scalars(
            select(Cue).where(Cue.source_id == cue.id).order_by(Cue.starts_ms, Cue.id)
        )
    )


def set_times(cue: Cue, starts_ms: int, ends_ms: int) -> None:
    """Show a cue at another time; what translates it moves along. Raises BadTimes."""
    if starts_ms < 0 or ends_ms <= starts_ms:
        raise BadTimes(starts_ms, ends_ms)
    later, longer = starts_ms - cue.starts_ms, ends_ms - cue.ends_ms
    if not later and not longer:
        return
    for each in translations_of(cue):
        starts = max(0, each.starts_ms + later)
        each.ends_ms = max(each.ends_ms + longer, starts + 1)
        each.starts_ms = starts
    cue.starts_ms, cue.ends_ms = starts_ms, ends_ms


def set_words(cue: Cue, text: str) -> None:
    """Let a cue say something else. What translates it is out of date; what is translated here
    is up to date.
    """
    if text == cue.text:
        return
    cue.text = text
    cue.version += 1
    mark_current(cue)


def set_speaker(cue: Cue, speaker: str) -> None:
    """Somebody else says it: in every language where the name was the same."""
    for each in translations_of(cue):
        if each.speaker == cue.speaker:
            each.speaker = speaker
    cue.speaker = speaker


def mark_current(cue: Cue) -> None:
    """The cue says what its original says now."""
    if cue.source is not None:
        cue.based_on = cue.source.version
        cue.source_text = cue.source.text


def next_of(cue: Cue) -> Cue | None:
    """The cue that follows in its track."""
    after = or_(
        Cue.starts_ms > cue.starts_ms, and_(Cue.starts_ms == cue.starts_ms, Cue.id > cue.id)
    )
    return db.session.scalar(
        select(Cue)
        .where(Cue.track_id == cue.track_id, after)
        .order_by(Cue.starts_ms, Cue.id)
        .limit(1)
    )


def other_tracks(track: CaptionTrack) -> list[CaptionTrack]:
    """The translations beside an original; none beside a translation."""
    interview = db.session.get_one(Interview, track.interview_id)
    if track.language != interview.language:
        return []
    return list(
        db.session.scalars(
            select(CaptionTrack).where(
                CaptionTrack.interview_id == interview.id, CaptionTrack.id != track.id
            )
        )
    )
