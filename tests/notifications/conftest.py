"""A conversation that gives everyone something to hear of."""

from datetime import timedelta

import pytest

from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Topic
from tests.world import World


@pytest.fixture
def topic(world: World, settle) -> Topic:  # type: ignore[no-untyped-def]
    """Marta asks, Davide answers and names Teresa."""
    earlier = now() - timedelta(hours=3)
    topic = forum.open_topic(
        world.export, by=world.marta, title="Chi spedisce in Marocco?", at=earlier,
        text="Cerchiamo uno spedizioniere che conosca bene il porto di Tangeri.",
    )  # fmt: skip
    forum.answer(
        topic, by=world.davide, at=earlier + timedelta(hours=1),
        text="Noi passiamo da Algeciras. @teresa-uribe lo sa meglio di me.",
    )  # fmt: skip
    db.session.commit()
    settle()
    return topic
