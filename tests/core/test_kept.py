"""What tests begin with is put back as it was done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import time_machine
from flask import Flask
from sqlalchemy import select, update

from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Edition, Post, Topic
from tests.databases import empty_database
from tests.kept import Beginnings, KeptRows, StandingRows, State, state
from tests.world import World


@dataclass
class Question:
    """Something to begin with."""

    topic: Topic
    first: Post
    second: Post


def asked(world: World) -> Question:
    topic = forum.open_topic(
        world.export, by=world.marta, title="Chi firma?", text="La bolla.", at=now()
    )
    first, second = (
        forum.answer(topic, by=world.davide, text=text, at=now()) for text in ("Io.", "Noi.")
    )
    db.session.commit()
    return Question(topic, first, second)


def without_moments(found: State) -> dict[tuple[object, ...], dict[str, object]]:
    return {
        (table.name, *key): {name: it for name, it in row.items() if type(it) is not datetime}
        for table, rows in found.items()
        for key, row in rows.items()
    }


def test_a_beginning_is_put_back_as_it_was_done_and_as_of_now(
    world: World, first_editions: KeptRows, kept_cast: KeptRows
) -> None:
    beginnings = Beginnings()
    beginnings.cast_is_there()
    done = beginnings.again("question", lambda: asked(world))
    ids, at = (done.topic.id, done.first.id, done.second.id), done.topic.opened_at
    last = world.export.last_post_at
    stood = without_moments(state())

    empty_database()
    db.session.remove()
    with time_machine.travel(now() + timedelta(hours=3)):
        first_editions.put_back()
        kept_cast.put_back()
        beginnings.cast_is_there()
        again = beginnings.again("question", lambda: asked(World.found()))

        assert (again.topic.id, again.first.id, again.second.id) == ids
        assert without_moments(state()) == stood
        later = again.topic.opened_at - at
        assert timedelta(hours=3) <= later < timedelta(hours=3, minutes=5)
        assert again.topic.group.last_post_at - last == later


def test_where_something_else_stands_already_it_is_done_anew(world: World) -> None:
    beginnings = Beginnings()
    beginnings.cast_is_there()
    beginnings.again("question", lambda: asked(world))

    second = beginnings.again("question", lambda: asked(world))

    assert db.session.query(Topic).count() == 2
    assert second.topic.posts_count == 3


def test_rows_that_stand_are_put_back_after_somebody_wrote_into_their_tables(
    app: Flask, standing: StandingRows
) -> None:
    titles = db.session.scalars(select(Edition.title).order_by(Edition.id)).all()
    assert "edition" in standing.tables_left()

    db.session.execute(update(Edition).values(title="Another"))
    db.session.commit()
    assert standing.tables_left() == frozenset()

    db.session.remove()
    standing.be_there()
    assert db.session.scalars(select(Edition.title).order_by(Edition.id)).all() == titles
    assert "edition" in standing.tables_left()
