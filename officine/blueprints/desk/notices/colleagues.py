"""What editors hear of one another."""

from officine.blueprints.desk.events import CaseNoted
from officine.core.clock import now
from officine.core.db import db
from officine.models import CaseNote
from officine.models.notification import notify


def tell_colleague(event: CaseNoted) -> None:
    """Who was asked about a case hears of it."""
    note = db.session.get(CaseNote, event.note_id)
    if note is not None and note.asked is not None:
        notify(
            note.asked,
            kind="case-question",
            cause=f"note:{note.id}",
            at=now(),
            actor_id=note.by_id,
            case_id=note.case_id,
        )
