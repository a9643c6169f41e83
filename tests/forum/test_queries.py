"""Lists of topics, for whoever is looking."""

from datetime import timedelta

import pytest

from officine.blueprints.desk.commands import hide_post
from officine.blueprints.forum import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.session import Visitor


class Reader(Visitor):
    reads = ("it",)


@pytest.fixture
def visitor():
    return Reader()


def opened(group, by, title, hours, **options):
    text, at = f"{title}: **che** fare?", now() - timedelta(hours=hours)
    return commands.open_topic(group, by=by, title=title, text=text, at=at, **options)


def titles(rows):
    return [row.title for row in rows]


def test_pinned_topics_stand_first_then_the_latest(world, visitor):
    for hours, title in ((1, "Nuova"), (2, "Di mezzo"), (9, "Vecchia")):
        topic = opened(world.export, world.marta, title, hours)
    commands.pin(topic, by=world.marta, at=now())
    db.session.flush()

    page = queries.topics_for(visitor, world.export)

    assert titles(page.rows) == ["Vecchia", "Nuova", "Di mezzo"]
    assert page.rows[0].is_pinned and page.left == 0


def test_a_long_list_has_pages(world, visitor):
    for hours in range(23):
        opened(world.export, world.marta, f"Discussione {hours}", hours)

    first = queries.topics_for(visitor, world.export)
    second = queries.topics_for(visitor, world.export, page=2)

    assert (len(first.rows), first.left) == (20, 3)
    assert (len(second.rows), second.left) == (3, 0)


def test_filters(world, visitor, talk):
    commands.mark_answer(talk.topic, talk.davide, by=world.marta, at=now())
    opened(world.export, world.teresa, "Aiuto", 1, sos=True)

    def found(only):
        return titles(queries.topics_for(visitor, world.export, only=only).rows)

    assert found("sos") == found("unanswered") == ["Aiuto"]
    assert found("solved") == [talk.topic.title]
    assert len(found("")) == len(found("nonsense")) == 2


def test_unread_counts_what_was_written_since(world, talk):
    rows = queries.topics_for(world.davide, world.export).rows
    assert rows[0].unread == 1  # Teresa wrote after him
    assert queries.topics_for(world.teresa, world.export).rows[0].unread == 0
    assert queries.topics_for(world.emma, world.export).rows[0].unread == 0  # not her group
    assert titles(queries.new_for(world.davide)) == [talk.topic.title]
    assert titles(queries.topics_for(world.davide, world.export, only="unread").rows)


def test_lists_hold_what_one_may_read(world, visitor):
    opened(world.export, world.marta, "Pubblica", 3)
    opened(world.castings, world.emma, "For members", 2)
    opened(world.famiglia, world.marta, "Privata", 1)
    db.session.flush()

    assert titles(queries.recent_topics(visitor)) == ["Pubblica"]
    assert titles(queries.recent_topics(world.davide)) == ["For members", "Pubblica"]
    assert titles(queries.recent_topics(world.davide, ("it",))) == ["Pubblica"]
    assert titles(queries.topics_by(world.marta, world.davide)) == ["Pubblica"]
    assert titles(queries.topics_by(world.marta, world.marta)) == ["Privata", "Pubblica"]


def test_a_topic_whose_opening_is_hidden_stands_in_no_list(world, talk, visitor):
    hide_post(talk.question, by=world.giulia, at=now(), rule="privacy", facts="Un nome.")

    assert queries.topics_for(visitor, world.export).rows == []
    assert queries.recent_topics(world.davide) == []
    assert queries.related_topics(opened(world.export, world.davide, "IVA", 1), visitor) == []
    assert titles(queries.recent_topics(world.marta))
    assert titles(queries.recent_topics(world.giulia))


def test_calls_for_help_wait_for_those_who_read_them(world, visitor):
    older = opened(world.export, world.marta, "Camion fermo", 5, sos=True)
    opened(world.export, world.davide, "Dogana chiusa", 2, sos=True)
    opened(world.energia, world.teresa, "Sin luz", 1, sos=True)
    db.session.flush()

    assert titles(queries.sos_waiting(visitor)) == ["Camion fermo", "Dogana chiusa"]
    assert titles(queries.sos_waiting(world.marta)) == ["Dogana chiusa"]
    assert titles(queries.sos_waiting(world.teresa)) == ["Camion fermo", "Dogana chiusa"]

    commands.answer(older, by=world.davide, text="Ci sono.", at=now())
    assert titles(queries.sos_waiting(visitor)) == ["Dogana chiusa"]


def test_a_row_gives_the_first_words_where_asked(world, talk, visitor):
    (row,) = queries.recent_topics(visitor, beginnings=True)
    assert row.snippet == "Il cliente di Lione non la vuole pagare."
    assert queries.recent_topics(visitor)[0].snippet == ""
