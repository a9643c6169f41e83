"""Pictures, marks and slides of events: kept apart from what everyone may have, and given only to
those who may see the event.
"""

from sqlalchemy import select, union_all

from officine.core.db import db
from officine.models import Event, EventMaterial, Partner

FOLDER = "event-files"
LARGE, SMALL, LINK = "large.webp", "small.webp", "link.jpg"
"""The shapes of an event’s own picture: for its page, for lists, for a link on other sites."""


def file_url(event: Event, key: str, shape: str = "") -> str:
    """Where a page finds a file of an event; of its own picture, in which ``shape``."""
    name = key.removeprefix(f"{FOLDER}/")
    return f"/{FOLDER}/{event.id}/{name}" + (f"/{shape}" if shape else "")


def is_file(key: str, name: str) -> bool:
    """Whether ``name``, as an address has it, is of what is kept under ``key``."""
    known = key.removeprefix(f"{FOLDER}/")
    return name == known or name in (f"{known}/{shape}" for shape in (LARGE, SMALL, LINK))


def keys_of(event: Event) -> set[str]:
    """The keys of all that is kept of an event."""
    keys = [event.picture_key, event.map_key]
    keys += [each.mark_key for each in event.partners]
    keys += [each.key for each in event.materials]
    return {key for key in keys if key}


def keys_in_use() -> set[str]:
    """The keys of all that any event shows."""
    shown = (Event.picture_key, Event.map_key, Partner.mark_key, EventMaterial.key)
    columns = [select(column).where(column.is_not(None)) for column in shown]
    return set(db.session.scalars(union_all(*columns)))


def is_in_use(key: str) -> bool:
    """Whether any event shows it."""
    shown = (Event.picture_key, Event.map_key, Partner.mark_key, EventMaterial.key)
    columns = [select(column).where(column == key) for column in shown]
    return db.session.scalar(union_all(*columns).limit(1)) is not None
