"""Changing many captions at once."""

from collections.abc import Mapping
from datetime import datetime

from officine.blueprints.captions.commands.changing import changing, set_times, set_words
from officine.blueprints.captions.commands.errors import BeforeBeginning
from officine.blueprints.captions.queries import cues_of, replacements
from officine.models import CaptionTrack, Cue, Member


def shift(
    track: CaptionTrack, *, by_ms: int, by: Member, at: datetime, start: Cue | None = None
) -> int:
    """Show every cue earlier or later, or every one from ``start`` on; gives how many. What
    translates them moves along. Raises BeforeBeginning.
    """
    with changing(track, by=by, at=at, act="shift"):
        cues = [
            cue
            for cue in cues_of(track)
            if start is None or (cue.starts_ms, cue.id) >= (start.starts_ms, start.id)
        ]
        if cues and cues[0].starts_ms + by_ms < 0:
            raise BeforeBeginning
        for cue in cues:
            set_times(cue, cue.starts_ms + by_ms, cue.ends_ms + by_ms)
    return len(cues) if by_ms else 0


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
    with changing(track, by=by, at=at, act="replace"):
        for each in replacements(track, find, replacement, any_case=any_case):
            if each.cue.id not in shown:
                continue
            if each.seen != shown[each.cue.id]:
                left += 1
                continue
            set_words(each.cue, each.text)
            changed += 1
    return changed, left
