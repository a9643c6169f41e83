"""The index keeps step with the database, whatever happens in between."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from officine.blueprints.forum import commands as forum
from officine.blueprints.groups import commands as groups
from officine.core.clock import now
from officine.core.db import db
from officine.core.index import keeping
from officine.core.index.interface import Query
from officine.core.index.keeping import IndexNote, keep_up, note, rebuild, the_index
from officine.models import Post


def found(words, *audiences):
    asked = Query(text=words, reads=("it", "en", "es"), audiences=frozenset({"public", *audiences}))
    return {hit.id for hit in the_index().search(asked).hits}


def waiting():
    return db.session.scalar(
        select(func.count()).select_from(IndexNote).where(IndexNote.written_at.is_(None))
    )


@pytest.fixture
def opened(world, settle):
    opened = forum.open_topic(
        world.export, by=world.marta, title="Dogane", text="Il tornio è fermo.", at=now()
    )
    settle()
    return opened


def test_a_post_is_noted_written_and_ticked_off(opened):
    assert len(found("tornio")) == 1
    assert waiting() == 0


def test_while_the_index_cannot_be_written_the_note_waits(opened, world, settle, monkeypatch):
    index = the_index()
    monkeypatch.setattr(keeping, "rebuild", lambda **_: None)
    index._place.condemn(index._place.current())
    forum.answer(opened, by=world.davide, text="Serve un fusibile.", at=now())
    settle()
    assert waiting() == 1

    monkeypatch.undo()
    settle()

    assert waiting() == 0
    assert len(found("fusibile")) == 1


def test_a_worker_killed_between_writing_and_ticking_off_does_no_harm(opened):
    db.session.execute(IndexNote.__table__.update().values(written_at=None))
    db.session.commit()

    keep_up()

    assert len(found("tornio")) == 1
    assert waiting() == 0


def test_a_missing_index_is_made_anew_of_everything(opened, world, settle):
    index = the_index()
    index._place.condemn(index._place.current())

    settle()

    assert len(found("tornio")) == 1
    assert found("marta") == {f"member:{world.marta.id}:everyone"}
    assert found("ceramicas") >= {f"company:{world.companies['ceramicas'].id}"}
    assert found("energia") >= {f"group:{world.energia.id}"}


def test_more_than_one_batch_is_written_at_once(opened, world, monkeypatch):
    monkeypatch.setattr(keeping, "BATCH", 3)
    for number in range(8):
        forum.answer(opened, by=world.davide, text=f"fusibile{number}", at=now())
    note("post", range(1, 100))
    db.session.commit()

    keep_up()

    assert waiting() == 0


def test_what_changes_while_the_index_is_rebuilt_is_in_the_new_one(
    opened, world, settle, monkeypatch
):
    everything = keeping._everything

    def slowly():
        documents = list(everything())
        yield from documents
        forum.answer(opened, by=world.davide, text="Serve un fusibile.", at=now())
        forum.edit_post(_first(opened), by=world.marta, text="La fresa è ferma.", at=now())
        settle()

    monkeypatch.setattr(keeping, "_everything", slowly)
    rebuild()

    assert len(found("fusibile")) == 1
    assert len(found("fresa")) == 1
    assert found("tornio") == set()


def test_a_rebuild_keeps_nothing_that_nobody_may_find(opened, world):
    world.export.visibility = "private"
    db.session.commit()

    rebuild()

    assert found("tornio") == set()
    assert len(found("tornio", f"group:{world.export.id}")) == 1


def test_a_group_that_closes_takes_its_posts_with_it(opened, world, settle):
    groups.edit_group(
        world.export,
        name="Export e dogane",
        purpose="Per chi esporta.",
        text="",
        sectors=("trade",),
        visibility="private",
        joining="invitation",
    )
    settle()

    assert found("tornio") == set()
    assert len(found("tornio", f"group:{world.export.id}")) == 1
    assert f"group:{world.export.id}" not in found("dogane")


def test_a_group_is_found_by_its_sectors_in_its_own_language(world):
    world.export.sectors = ("textile",)
    db.session.commit()
    rebuild()

    assert f"group:{world.export.id}" in found("tessile")


def test_an_index_full_of_leftovers_is_made_anew_at_night(opened, world, monkeypatch):
    rebuild()
    note("member", [world.marta.id, world.emma.id, world.teresa.id])
    db.session.commit()
    keep_up()
    db.session.execute(IndexNote.__table__.update().values(written_at=now() - timedelta(hours=1)))
    db.session.commit()
    before = the_index().health()
    assert before.leftovers > 0

    monkeypatch.setattr(keeping, "MOST_LEFTOVERS", 0.9)
    keeping.tidy_up()
    assert the_index().health() == before

    monkeypatch.setattr(keeping, "MOST_LEFTOVERS", 0.1)
    keeping.tidy_up()
    assert the_index().health().leftovers == 0
    assert the_index().health().documents == before.documents


def test_old_notes_are_forgotten_and_waiting_ones_are_not(opened):
    note("post", [1])
    db.session.execute(
        IndexNote.__table__.update()
        .where(IndexNote.written_at.is_not(None))
        .values(written_at=now() - timedelta(days=3))
    )

    keeping.forget_old_notes()

    assert db.session.scalar(select(func.count()).select_from(IndexNote)) == waiting() == 1


def test_a_new_post_is_found_within_the_same_round_of_the_worker(opened, world, settle):
    forum.answer(opened, by=world.davide, text="Serve un fusibile.", at=now())

    settle()

    assert len(found("fusibile")) == 1


def _first(opened):
    return db.session.scalar(select(Post).filter_by(topic_id=opened.id, number=1))


def test_where_nothing_was_noted_nothing_is_written(opened):
    asked: list[str] = []

    def listen(_connection, _cursor, statement, *_):
        asked.append(statement.split()[0])

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        keep_up()
        assert set(asked) <= {"BEGIN", "SELECT"}, "nothing waits"
        note("topic", [opened.id])
        db.session.commit()
        keep_up()
        assert "UPDATE" in asked, "something waits"
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
