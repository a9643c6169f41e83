"""Setting what keeps a post for an editor."""

from datetime import datetime

from officine.core import audit
from officine.core.db import db
from officine.models import Member
from officine.models.screening import NUMBERS, Screening


def set_numbers(*, by: Member, at: datetime, **numbers: int) -> None:
    """Set some of the numbers by which posts are held; the others stay."""
    row = db.session.get(Screening, 1)
    if row is None:
        row = Screening(id=1, changed_at=at, **NUMBERS)
        db.session.add(row)
    changed = {name: number for name, number in numbers.items() if getattr(row, name) != number}
    for name, number in changed.items():
        setattr(row, name, number)
    row.changed_at, row.changed_by_id = at, by.id
    if changed:
        audit.note("screening.set", by, **changed)
