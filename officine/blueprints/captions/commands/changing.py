"""What every change to captions has in common: one editor at a time, kept so that it can be taken
back, and told to whoever depends on it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from officine.blueprints.captions.commands.errors import BadTimes, ChangedMeanwhile
from officine.blueprints.captions.events import CaptionsChanged
from officine.blueprints.captions.queries import cues_of, passages_of, seen
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

States = dict[str, list[Any]]


@contextmanager
def changing(
    track: CaptionTrack, *, by: Member, at: datetime, act: str, is_kept: bool = True
) -> Iterator[None]:
    """Change cues of a track, and of its translations, while nobody else does."""
    # Two editors at once wait for one another here, and each sees what the other did.
    lock_row(track)
    before = states(track.interview_id)
    yield
    db.session.flush()
    after = states(track.interview_id)
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
    track.passages = max(track.passages, len(passages_of(track)))
    interview = db.session.get_one(Interview, track.interview_id)
    interview.version += 1
    record(CaptionsChanged(track.id))


def states(interview_id: int) -> States:
    """All cues of an interview as they are in the database, by id."""
    rows = db.session.execute(
        select(Cue.id, *(getattr(Cue, name) for name in COLUMNS))
        .join(CaptionTrack)
        .where(CaptionTrack.interview_id == interview_id)
    )
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
    cues = list(cues_of(db.session.get_one(CaptionTrack, cue.track_id)))
    place = next(place for place, each in enumerate(cues) if each.id == cue.id)
    return cues[place + 1] if place + 1 < len(cues) else None


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
