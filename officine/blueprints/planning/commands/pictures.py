"""The picture of an event, what it says to those who do not see it, and the way there."""

from collections.abc import Mapping
from datetime import datetime

from officine.blueprints.planning.commands.drafting import begin, finish
from officine.blueprints.planning.commands.files import give_up
from officine.lib.text import clean_line
from officine.models import Member
from officine.models.event import Event


def set_picture(
    event: Event, *, by: Member, at: datetime, seen: int, key: str | None, said: Mapping[str, str]
) -> None:
    """Show the picture kept under ``key``, or none, and say in each language what is seen on it."""
    begin(event, seen)
    if key != event.picture_key:
        give_up(event.picture_key)
    event.picture_key = key
    for text in event.texts:
        text.picture_alt = clean_line(said.get(text.language, ""))[:240] if key else ""
    finish(event, by, at, "event.picture")


def set_map(event: Event, *, by: Member, at: datetime, seen: int, key: str | None) -> None:
    """Show how one gets there by the picture kept under ``key``, or by none."""
    begin(event, seen)
    give_up(event.map_key)
    event.map_key = key
    finish(event, by, at, "event.map")
