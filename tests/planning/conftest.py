"""Events on their way into the calendar."""

from datetime import timedelta

import pytest

from officine.blueprints.planning.commands import drafting, publishing
from officine.core.clock import now
from officine.core.db import db
from officine.models import Event
from tests.world import World

ROME = "Europe/Rome"
THIS_HOUR = now().replace(minute=0, second=0, microsecond=0)


def next_week(hours=0):
    """An hour of next week, always the same, whatever the clock strikes during a test."""
    return THIS_HOUR + timedelta(days=7, hours=hours)


def make(by, *, title="Cena degli esportatori", language="it", starts=None, hours=2, **terms):
    """A draft, in Como."""
    starts = starts or next_week()
    event = drafting.draft_event(
        by=by, at=now(), language=language,
        words={"title": title, "summary": "Una sera insieme.", "text": "Si **mangia**."},
        when={"starts_at": starts, "ends_at": starts + timedelta(hours=hours), "zone": ROME},
        where={"place": "Villa Olmo", "address": "Via Cantoni 1", "town": "Como", "country": "IT"},
        terms={"spoken": (language,), **terms},
    )  # fmt: skip
    db.session.commit()
    return event


@pytest.fixture
def draft(world: World) -> Event:
    """Marta’s dinner, seen by nobody else but the desk."""
    return make(world.marta)


@pytest.fixture
def published(draft: Event, world: World) -> Event:
    """The same in the calendar, for everyone."""
    publishing.publish_event(draft, by=world.giulia, at=now())
    db.session.commit()
    return draft
