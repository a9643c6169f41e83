"""Taking back what one did last."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from officine.blueprints.captions.commands.changing import (
    COLUMNS,
    FEW,
    States,
    changing,
    states,
)
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
    ids = {int(id) for id in before.keys() | after.keys()}
    left = 0
    with changing(track, by=by, at=at, act="undo", cues=ids, is_kept=False):
        now = states(track.interview_id, ids)
        returning: dict[int, list[Any] | None] = {}
        for id in map(str, sorted(ids)):
            if _same(now, id) == _same(after, id):
                returning[int(id)] = before.get(id)
            else:
                left += 1
        _restore(returning, {int(id) for id in now})
        db.session.delete(edit)
    return left


def _same(known: States, id: str) -> Any:
    return list(known[id]) if id in known else None


def _restore(returning: dict[int, list[Any] | None], there: set[int]) -> None:
    """Put cues back as they were: those that are gone first, as others may translate them; an
    original before its translations, which are younger.
    """
    rows = {
        id: dict(zip(COLUMNS, values, strict=True)) for id, values in returning.items() if values
    }
    gone = [id for id in rows if id not in there]
    if gone:
        db.session.execute(insert(Cue), [{"id": id, **rows[id]} for id in gone])
    changed = [id for id in rows if id in there]
    if changed:
        db.session.execute(update(Cue), [{"id": id, **rows[id]} for id in changed])
    added = [id for id, values in returning.items() if values is None]
    for some in range(0, len(added), FEW):
        db.session.execute(delete(Cue).where(Cue.id.in_(added[some : some + FEW])))
    db.session.expire_all()
