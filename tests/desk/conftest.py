"""A quarrel to decide about: Davide, a supplier, advertises in Marta’s topic."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.core.index import keeping
from officine.models import Post, Topic
from tests.kept import Beginnings
from tests.outbound import Outbound
from tests.world import World

UNIQUE = "zafferanella"


@dataclass
class Scene:
    """What lies before the editors."""

    topic: Topic
    opening: Post
    pitch: Post
    """Davide’s, the one that breaks a rule."""
    thanks: Post
    """Teresa’s, which nobody minds; the last of the topic."""


@pytest.fixture
def scene(
    world: World, beginnings: Beginnings, settle: Callable[[], None], outbound: Outbound
) -> Scene:
    """Marta asks, Davide sells, Teresa thanks; and everybody has heard of it."""

    def play() -> Scene:
        played = _played(world)
        settle()
        return played

    scene = beginnings.again("scene", play)
    outbound.letters.clear()
    # What is put back lies in no search index: the worker writes it there when it works again.
    keeping.note("topic", [scene.topic.id])
    keeping.note("post", [scene.opening.id, scene.pitch.id, scene.thanks.id])
    db.session.commit()
    return scene


def _played(world: World) -> Scene:
    earlier = now() - timedelta(hours=5)
    topic = forum.open_topic(
        world.export, by=world.marta, title="Chi prepara la dichiarazione doganale?",
        text="Il nostro spedizioniere ha chiuso: a chi vi rivolgete per la bolla?", at=earlier,
    )  # fmt: skip
    pitch = forum.answer(
        topic, by=world.davide, at=earlier + timedelta(hours=1),
        text=f"Offerta {UNIQUE}: consulenza scontata del 20 % fino a venerdì, scrivetemi.",
    )  # fmt: skip
    thanks = forum.answer(
        topic, by=world.teresa, at=earlier + timedelta(hours=2),
        text="Grazie, ne parliamo volentieri alla fiera di giugno.",
    )  # fmt: skip
    db.session.commit()
    opening = db.session.query(Post).filter_by(topic_id=topic.id, number=1).one()
    return Scene(topic, opening, pitch, thanks)
