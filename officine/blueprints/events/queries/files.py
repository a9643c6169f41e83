"""Whose files may be had."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.models.event import Event, visible_to
from officine.models.event_file import FOLDER, is_file, keys_of


def find_file(event_id: int, name: str, viewer: Any) -> tuple[Event, str] | None:
    """The event and the key of one of its files, if the viewer may see the event."""
    event = db.session.scalar(
        select(Event)
        .where(Event.id == event_id, visible_to(viewer))
        .options(selectinload(Event.partners), selectinload(Event.materials))
    )
    if event is None or not any(is_file(key, name) for key in keys_of(event)):
        return None
    return event, f"{FOLDER}/{name}"
