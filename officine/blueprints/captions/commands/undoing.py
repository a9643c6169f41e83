"""Taking back what one did last."""

from datetime import datetime
from typing import Any

from officine.blueprints.captions.commands.changing import COLUMNS, States, changing, states
from officine.blueprints.captions.commands.errors import NothingToUndo
from officine.blueprints.captions.queries import last_edit
from officine.core.db import db
from officine.models import CaptionTrack, Cue, Member


def undo(track: CaptionTrack, *, by: Member, at: datetime) -> int:
    """Take back what the editor did last to a track; gives how many cues could not be, because
    somebody changed them since. Raises NothingToUndo.
    """
    edit = last_edit(track, by)
    if edit is None:
        raise NothingToUndo
    before, after = edit.before, edit.after
    left = 0
    with changing(track, by=by, at=at, act="undo", is_kept=False):
        now = states(track.interview_id)
        # Originals come before their translations: a cue is younger than what it translates.
        for id in sorted(before.keys() | after.keys(), key=int):
            if _same(now, id) != _same(after, id):
                left += 1
            else:
                _restore(int(id), before.get(id), exists=id in now)
        db.session.delete(edit)
    return left


def _same(known: States, id: str) -> Any:
    return list(known[id]) if id in known else None


def _restore(cue_id: int, values: list[Any] | None, *, exists: bool) -> None:
    cue = db.session.get(Cue, cue_id) if exists else None
    if values is None:
        if cue is not None:
            db.session.delete(cue)
        db.session.flush()
        return
    if cue is None:
        cue = Cue(id=cue_id)
        db.session.add(cue)
    for name, value in zip(COLUMNS, values, strict=True):
        setattr(cue, name, value)
    db.session.flush()
