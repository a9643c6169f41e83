"""A conversation that everybody knows."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from officine.blueprints.forum import commands
from officine.core.clock import now
from officine.core.db import db
from officine.models import Post, Topic


@dataclass
class Talk:
    """A topic in “Export e dogane”: Marta asks, Davide answers, Teresa answers in Spanish."""

    topic: Topic
    question: Post
    davide: Post
    teresa: Post

    @property
    def url(self) -> str:
        """Its page in Italian."""
        return f"/it/topics/{self.topic.id}-{self.topic.slug}"


def written(topic, number):
    """The post of a topic with this number."""
    return db.session.query(Post).filter_by(topic_id=topic.id, number=number).one()


def conversation(topic, authors, count, start):
    """Let some people write until a topic has ``count`` posts."""
    for number in range(topic.last_number + 1, count + 1):
        commands.answer(
            topic,
            by=authors[number % len(authors)],
            text=f"Messaggio numero {number}.",
            at=start + timedelta(minutes=number),
        )


@pytest.fixture
def talk(world, beginnings):
    """The conversation, begun yesterday."""
    return beginnings.again("talk", lambda: _begun(world))


def _begun(world):
    start = now() - timedelta(days=1)
    topic = commands.open_topic(
        world.export,
        by=world.marta,
        title="Perché l’IVA all’estero?",
        text="Il cliente di **Lione** non la vuole pagare.",
        at=start,
    )
    davide = commands.answer(
        topic, by=world.davide, text="Manca il numero VIES.", at=start + timedelta(minutes=14)
    )
    teresa = commands.answer(
        topic,
        by=world.teresa,
        text="A nosotros nos pasó lo mismo con un cliente de Toulouse.",
        at=start + timedelta(minutes=40),
    )
    db.session.commit()
    return Talk(topic, written(topic, 1), davide, teresa)
