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
    interview_id: int | None = None,
) -> EventMaterial:
    """Show a photo, slides, the recording, an interview of ours or a link on its page."""
    lock_row(event)
    material = EventMaterial(
        kind=kind, title=clean_line(title)[:160], language=language, key=key, url=url, at=at,
        interview_id=interview_id, by_id=by.id,
    )  # fmt: skip
    event.materials.append(material)
    finish(event, by, at, "event.material", kind=kind)
    return material


def describe_material(
    event: Event, material: EventMaterial, *, by: Member, at: datetime, title: str, language: str
) -> None:
    """Say otherwise what one sees, or in which language it is."""
    lock_row(event)
    material.title, material.language = clean_line(title)[:160], language
    finish(event, by, at, "event.material", material=material.id)


def remove_material(event: Event, material: EventMaterial, *, by: Member, at: datetime) -> None:
    """Show it no more."""
    lock_row(event)
    give_up(material.key)
    event.materials.remove(material)
    finish(event, by, at, "event.material")
