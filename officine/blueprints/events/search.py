"""What is read of events, as it can be found: in each language by its own grammar, for the eyes of
those who may see the event.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.index.interface import Document
from officine.core.index.keeping import note
from officine.lib.text import words_in
from officine.models import Event, EventChange, EventSession, EventText
from officine.models.event import visible_to

NOUN = "event"


# For the index


def documents_for(ids: Iterable[int]) -> list[Document]:
    """A document for each language in which these events can be read, once they are published."""
    published = select(Event).where(Event.id.in_(list(ids)), Event.published_at.is_not(None))
    return [
        Document(
            id=f"event:{event.id}:{text.language}",
            kind="event",
            language=text.language,
            title=text.title,
            body="\n".join(_all_words(event, text)),
            audience=f"group:{event.group_id}" if event.audience == "group" else event.audience,
            under=f"event:{event.id}",
            at=event.starts_at,
        )
        for event in db.session.scalars(_with_texts(published))
        for text in event.texts
        if text.title
    ]


def document_ids(event_id: int) -> list[str]:
    """One a language."""
    return [f"event:{event_id}:{language}" for language in LANGUAGES]


def row_ids(after: int, limit: int) -> list[int]:
    """The next events, by number."""
    following = select(Event.id).where(Event.id > after).order_by(Event.id)
    return list(db.session.scalars(following.limit(limit)))


def event_changed(happened: Any) -> None:
    """It was published, withdrawn, or says something else."""
    note(NOUN, [happened.event_id])


def event_rescheduled(happened: Any) -> None:
    """It was moved, postponed or cancelled."""
    if change := db.session.get(EventChange, happened.change_id):
        note(NOUN, [change.event_id])


# For whoever searched


@dataclass(frozen=True)
class FoundText:
    """What is read of an event in one language."""

    event: Event
    text: EventText

    @property
    def language(self) -> str:
        return self.text.language

    @property
    def parts(self) -> tuple[str, ...]:
        """What a list can show of it, the dearest first."""
        text = self.text
        programme = " · ".join(_programme(self.event, text.language))
        told = (text.summary, words_in(text.html), programme, _place(self.event))
        return tuple(part for part in told if part)


def readable_ids(viewer: Any, ids: Iterable[str]) -> set[str]:
    """Those of these texts whose event the viewer may see at this moment."""
    return set(found_texts(viewer, ids))


def found_texts(viewer: Any, ids: Iterable[str]) -> dict[str, FoundText]:
    """The texts with these ids, as they are now."""
    ids = list(ids)
    seen = select(Event).where(
        Event.id.in_({int(id.split(":")[1]) for id in ids}),
        visible_to(viewer),
        Event.published_at.is_not(None),
    )
    known = {
        f"event:{event.id}:{text.language}": FoundText(event, text)
        for event in db.session.scalars(_with_texts(seen))
        for text in event.texts
        if text.title
    }
    return {id: known[id] for id in ids if id in known}


def _with_texts(events: Select[Event]) -> Select[Event]:
    return events.options(
        selectinload(Event.texts),
        selectinload(Event.changes),
        selectinload(Event.sessions).selectinload(EventSession.speakers),
    )


def _all_words(event: Event, text: EventText) -> Iterator[str]:
    yield from (text.summary, words_in(text.html), _place(event))
    yield from _programme(event, text.language)
    for session in event.sessions:
        yield from (speaker.name for speaker in session.speakers)


def _programme(event: Event, language: str) -> list[str]:
    return [session.title for session in event.sessions if session.language == language]


def _place(event: Event) -> str:
    return ", ".join(filter(None, (event.place, event.town)))
