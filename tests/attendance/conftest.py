"""An event to come, and people who want to be there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from officine.core.clock import now
from officine.core.db import db
from officine.models import Event, EventQuestion, EventText, Member, Organiser
from tests.world import World, person


def an_event(by: Member, **differently) -> Event:
    """A public, published event in ten days, organised by one member."""
    moment = now()
    title = differently.pop("title", "Export senza sorprese")
    starts_at = differently.pop("starts_at", moment + timedelta(days=10))
    slug = differently.pop("slug", "export-senza-sorprese")
    what = {
        "uid": f"{slug}@officine.test", "slug": slug, "language": "it", "spoken": ("it",),
        "state": "published", "audience": "public", "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2), "zone": "Europe/Rome", "place": "Sala Blu",
        "address": "Via Roma 1", "town": "Como", "country": "IT", "seats_taken": 0,
        "created_by_id": by.id, "created_at": moment, "published_at": moment,
        "changed_at": moment,
    }  # fmt: skip
    event = Event(**(what | differently))
    event.texts = [
        EventText(language="it", title=title, summary="Una serata.", changed_at=moment, by_id=by.id)
    ]
    event.organisers = [Organiser(member_id=by.id)]
    db.session.add(event)
    db.session.commit()
    return event


def people(number: int) -> list[Member]:
    """So many members."""
    crowd = [
        person(f"persona-{each:02}", f"Persona {each:02}", "it", ("it",)) for each in range(number)
    ]
    db.session.add_all(crowd)
    db.session.commit()
    return crowd


def a_question(event: Event, text: str = "Da dove vieni?", **differently) -> EventQuestion:
    """Something that the organisers ask."""
    question = EventQuestion(event_id=event.id, position=1, text=text, language="it", **differently)
    db.session.add(question)
    db.session.commit()
    db.session.refresh(event)
    return question


@pytest.fixture
def evening(world: World) -> Event:
    """Marta’s evening, with ten seats."""
    return an_event(world.marta, capacity=10)


@pytest.fixture
def crowd(app: Flask) -> Callable[[int], list[Member]]:
    return people
