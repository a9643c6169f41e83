"""Changing many captions at once."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, case, or_, select, update

from officine.blueprints.captions.commands.changing import changing, set_words
from officine.blueprints.captions.commands.errors import BeforeBeginning
from officine.blueprints.captions.queries import Line, lines_of, replacements
from officine.core.db import db
from officine.core.locks import lock_row
from officine.models import CaptionTrack, Cue, Member


def shift(
    track: CaptionTrack, *, by_ms: int, by: Member, at: datetime, start: Cue | None = None
) -> int:
    """Show every cue earlier or later, or every one from ``start`` on; gives how many. What
    translates them moves along. Raises BeforeBeginning.
    """
    # Which they are is asked while nobody else changes them.
    lock_row(track)
    moved = [
        line
        for line in lines_of(track)
        if start is None or (line.starts_ms, line.id) >= (start.starts_ms, start.id)
    ]
    if moved and moved[0].starts_ms + by_ms < 0:
        raise BeforeBeginning
    with changing(track, by=by, at=at, act="shift", cues=[line.id for line in moved]):
        if moved:
            _move_all(track, moved[0], by_ms)
    return len(moved) if by_ms else 0


def _move_all(track: CaptionTrack, first: Line, by_ms: int) -> None:
    """Move the cues of a track from one on, and what translates them. Some thousand at once: the
    database does it.
    """
    following = or_(
        Cue.starts_ms > first.starts_ms,
        and_(Cue.starts_ms == first.starts_ms, Cue.id >= first.id),
    )
    ids = select(Cue.id).where(Cue.track_id == track.id, following)
    starts = case((Cue.starts_ms + by_ms < 0, 0), else_=Cue.starts_ms + by_ms)
    ends = case((Cue.ends_ms + by_ms <= starts, starts + 1), else_=Cue.ends_ms + by_ms)
    # What translates them first: the second change would alter which they are.
    for which in (Cue.source_id.in_(ids), Cue.id.in_(ids)):
        db.session.execute(
            update(Cue)
            .where(which)
            .values(starts_ms=starts, ends_ms=ends)
            .execution_options(synchronize_session=False)
        )


def replace_words(
    track: CaptionTrack,
    *,
    find: str,
    replacement: str,
    any_case: bool,
    shown: Mapping[int, str],
    by: Member,
    at: datetime,
) -> tuple[int, int]:
    """Put words in the place of others in the cues that were ``shown`` in the preview, by id;
    gives how many changed and how many were left because somebody changed them since.
    """
    changed = left = 0
    with changing(track, by=by, at=at, act="replace", cues=shown):
        for each in replacements(track, find, replacement, any_case=any_case):
            if each.cue.id not in shown:
                continue
            if each.seen != shown[each.cue.id]:
                left += 1
                continue
            set_words(each.cue, each.text)
            changed += 1
    return changed, left
