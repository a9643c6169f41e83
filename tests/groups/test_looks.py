"""Staff who look into a private group they do not belong to leave a trace."""

import pytest
from sqlalchemy import select

from officine.blueprints.forum import commands as forum
from officine.core.audit import AuditEntry
from officine.core.clock import now
from officine.core.db import db
from officine.models import Topic
from tests.world import World, join


@pytest.fixture
def topic(world: World) -> Topic:
    """Marta asks something in the private group."""
    topic = forum.open_topic(
        world.famiglia, by=world.marta, title="Chi ha passato la mano?",
        text="Da due anni ne parliamo in famiglia senza decidere.", at=now(),
    )  # fmt: skip
    db.session.commit()
    return topic


def looks() -> list[tuple[str, int | None, dict[str, object]]]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.act, row.by_id, dict(row.about)) for row in rows]


@pytest.mark.parametrize("place", ["", "/people"])
def test_an_editor_who_opens_a_private_group_is_kept_once(world: World, visit, place):
    editor = visit(world.giulia)
    for _ in range(2):
        reply = editor.get(f"/it/groups/{world.famiglia.slug}{place}", most_queries=21)
        assert reply.status_code == 200

    assert looks() == [("group.look", world.giulia.id, {"group": world.famiglia.id})]


def test_an_editor_who_reads_a_topic_of_it_is_kept(world: World, visit, topic):
    visit(world.giulia).get(f"/it/topics/{topic.id}-{topic.slug}", most_queries=25)

    assert looks() == [("group.look", world.giulia.id, {"group": world.famiglia.id})]


def test_an_editor_who_reads_how_a_post_was_is_kept(world: World, visit, topic):
    post = forum.answer(topic, by=world.marta, text="Nessuno risponde?", at=now())
    forum.edit_post(post, by=world.marta, text="Qualcuno risponde?", at=now())
    visit(world.giulia).get(f"/it/posts/{post.id}/history", most_queries=25)

    assert [act for act, _, _ in looks()] == ["group.look"]


def test_who_belongs_to_it_leaves_no_trace(world: World, visit, topic):
    join(world.famiglia, world.beatriz)
    for person in (world.marta, world.beatriz):
        visit(person).get(f"/it/topics/{topic.id}-{topic.slug}", most_queries=25)
        visit(person).get(f"/it/groups/{world.famiglia.slug}", most_queries=25)

    assert looks() == []


def test_what_everyone_reads_leaves_no_trace(world: World, visit):
    visit(world.giulia).get(f"/it/groups/{world.export.slug}")
    visit(world.giulia).get(f"/en/groups/{world.castings.slug}")

    assert looks() == []


def test_who_may_not_look_leaves_no_trace(world: World, visit, topic):
    assert visit(world.davide).get(f"/it/topics/{topic.id}").status_code == 404

    assert looks() == []
