"""What is read of events, as it can be found: in each language by its own grammar, for the eyes of
those who may see the event.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.core.index.texts import FoundText, TextSource
from officine.lib.text import words_in
from officine.models import Event, EventChange, EventSession, EventText
from officine.models.event import visible_to

FoundEvent = FoundText[Event, EventText]


def event_changed(happened: Any) -> None:
    """It was published, withdrawn, or says something else."""
    SOURCE.changed(happened.event_id)


def event_rescheduled(happened: Any) -> None:
    """It was moved, postponed or cancelled."""
    if change := db.session.get(EventChange, happened.change_id):
        SOURCE.changed(change.event_id)


def _parts(event: Event, text: EventText) -> Iterator[str]:
    said = (each for session in event.sessions for each in session.texts)
    programme = [each.title for each in said if each.language == text.language]
    place = ", ".join(filter(None, (event.place, event.town)))
    told = (text.summary, words_in(text.html), " · ".join(programme), place)
    yield from filter(None, told)


def _names(event: Event) -> Iterator[str]:
    for session in event.sessions:
        yield from (speaker.name for speaker in session.speakers)


SOURCE = TextSource(
    noun="event",
    model=Event,
    shown=Event.published_at.is_not(None),
    visible_to=visible_to,
    audience=lambda it: f"group:{it.group_id}" if it.audience == "group" else it.audience,
    at=lambda it: it.starts_at,
    parts=_parts,
    names=_names,
    loaded=(
        selectinload(Event.texts),
        selectinload(Event.changes),
        selectinload(Event.sessions).options(
            selectinload(EventSession.speakers), selectinload(EventSession.translations)
        ),
    ),
)
