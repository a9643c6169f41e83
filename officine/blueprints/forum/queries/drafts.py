"""What somebody has begun to write."""

from typing import Any

from officine.core.db import db
from officine.models import Draft


def draft_of(viewer: Any, noun: str, owner_id: int) -> Draft | None:
    """The viewer’s draft for a place: a topic, a group or a post."""
    if not viewer.is_member:
        return None
    return db.session.get(Draft, (viewer.id, Draft.place_of(noun, owner_id)))
