"""What a topic’s page shows."""

from datetime import timedelta

from flask import url_for

from officine.blueprints.forum import commands
from tests.world import NOON


def test_smoke(app, world, visit):
    topic = commands.open_topic(
        world.export, by=world.marta, title="Perché l’IVA?", text="Chi lo **sa**?", at=NOON
    )
    commands.answer(topic, by=world.davide, text="Io.", at=NOON + timedelta(hours=1))
    for who in (
        None,
        world.marta,
        world.davide,
        world.teresa,
        world.emma,
        world.giulia,
        world.newcomer,
    ):
        v = visit(who)
        reply = v.get(f"/it/topics/{topic.id}-perche-l-iva")
        print(who and who.handle, reply.status_code, v.queries, len(reply.data))
        assert reply.status_code == 200
