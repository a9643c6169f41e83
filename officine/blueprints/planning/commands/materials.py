"""What came of an event: photos, slides, the recording, links."""

from datetime import datetime

from officine.blueprints.planning.commands.drafting import finish
from officine.blueprints.planning.commands.files import give_up
from officine.core.locks import lock_row
from officine.lib.text import clean_line
from officine.models import Member
from officine.models.event import Event, EventMaterial


def add_material(
    event: Event,
    *,
    by: Member,
    at: datetime,
    kind: str,
    title: str,
    language: str,
    key: str | None = None,
    url: str = "",
) -> EventMaterial:
    """Show a photo, slides, the recording or a link on its page."""
    lock_row(event)
    material = EventMaterial(
        kind=kind, title=clean_line(title)[:160], language=language, key=key, url=url, at=at,
        by_id=by.id,
    )  # fmt: skip
    event.materials.append(material)
    finish(event, by, at, "event.material", kind=kind)
    return material


def remove_material(event: Event, material: EventMaterial, *, by: Member, at: datetime) -> None:
    """Show it no more."""
    lock_row(event)
    give_up(material.key)
    event.materials.remove(material)
    finish(event, by, at, "event.material")
