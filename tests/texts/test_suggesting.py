"""What the desk suggests, and to whom."""

from datetime import timedelta

from sqlalchemy import select

from officine.blueprints.forum.commands import delete_post, open_topic
from officine.blueprints.texts import commands
from officine.core.audit import AuditEntry
from officine.core.clock import now
from officine.core.db import db
from officine.models import Highlight, Post
from tests.world import World, join

ITALIAN = "Chi ci legge capisce che questa è una domanda in italiano, e aspetta una risposta."
NOTE = "Qui si impara a contare le bolle."


def say(group, by, title="Bolle per la Svizzera", language="it"):
    topic = open_topic(
        group, by=by, title=title, text=ITALIAN, at=now() - timedelta(hours=2), language=language
    )
    db.session.commit()
    return topic


def suggest(topic, by, days=3):
    commands.suggest(
        topic, by=by, at=now(), until=now() + timedelta(days=days), note=NOTE, language="it"
    )
    db.session.commit()


def is_suggested(visit, who, language="it", **headers) -> bool:
    return NOTE in visit(who, **headers).get(f"/{language}/").text


def test_who_reads_the_language_finds_it_on_the_first_page(visit, world: World):
    suggest(say(world.export, world.marta), world.giulia)

    assert is_suggested(visit, None)
    assert is_suggested(visit, world.marta)
    assert is_suggested(visit, world.teresa, "es")
    assert not is_suggested(visit, None, "en", Accept_Language="en")


def test_nobody_finds_what_they_may_not_read(visit, world: World):
    suggest(say(world.castings, world.emma), world.giulia)

    assert not is_suggested(visit, None)
    assert is_suggested(visit, world.marta)


def test_a_private_group_is_suggested_to_nobody(visit, world: World):
    suggest(say(world.famiglia, world.marta), world.giulia)

    for who in (None, world.marta, world.teresa, world.giulia):
        assert not is_suggested(visit, who)


def test_what_was_taken_back_is_suggested_to_nobody(visit, world: World):
    topic = say(world.export, world.marta)
    suggest(topic, world.giulia)
    opening = db.session.scalar(select(Post).filter_by(topic_id=topic.id, number=1))
    delete_post(opening, by=world.marta, at=now())
    db.session.commit()

    for who in (None, world.marta, world.giulia):
        assert not is_suggested(visit, who)


def test_what_was_never_published_is_suggested_to_nobody(visit, world: World):
    topic = say(world.export, world.marta)
    suggest(topic, world.giulia)
    opening = db.session.scalar(select(Post).filter_by(topic_id=topic.id, number=1))
    opening.number, opening.published_at = None, None
    db.session.commit()

    for who in (None, world.marta, world.giulia):
        assert not is_suggested(visit, who)


def test_a_suggestion_ends_by_itself(visit, world: World):
    suggest(say(world.export, world.marta), world.giulia, days=-1)

    assert not is_suggested(visit, None)


def test_an_editor_suggests_a_topic_from_its_page(visit, world: World):
    topic = say(world.export, world.marta)
    address = f"/it/topics/{topic.id}/suggestion"
    day = (now() + timedelta(days=5)).date().isoformat()

    assert address in visit(world.giulia).get(f"/it/topics/{topic.id}-{topic.slug}").text
    assert "Consiglia una discussione" in visit(world.giulia).get(address).text
    assert visit(world.giulia).post(address, note=NOTE, last_day=day).status_code == 303
    assert is_suggested(visit, None)
    assert NOTE in visit(world.giulia).get(address).text
    assert topic.title in visit(world.giulia).get("/it/desk/texts").text

    assert visit(world.giulia).post(f"{address}/end").status_code == 303
    assert not is_suggested(visit, None)
    acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["suggest-topic", "stop-suggesting-topic"]


def test_members_and_visitors_do_not(visit, world: World):
    topic = say(world.export, world.marta)
    address = f"/it/topics/{topic.id}/suggestion"

    assert address not in visit(world.marta).get(f"/it/topics/{topic.id}-{topic.slug}").text
    for who in (None, world.marta):
        assert visit(who).get(address).status_code in (303, 403)
        assert visit(who).post(address, note=NOTE).status_code in (303, 403)
        assert visit(who).post(f"{address}/end").status_code in (303, 403)


def test_a_suggestion_says_why_and_until_a_day_to_come(visit, world: World):
    topic = say(world.export, world.marta)
    address = f"/it/topics/{topic.id}/suggestion"

    for fields in ({"note": "", "last_day": "2099-01-01"}, {"note": NOTE, "last_day": "2020-01-01"},
                   {"note": NOTE, "last_day": "tomorrow"}):  # fmt: skip
        assert visit(world.giulia).post(address, **fields).status_code == 422
        assert visit(world.giulia).htmx_post(address, **fields).status_code == 422
    assert db.session.scalar(select(Highlight)) is None


def test_a_topic_of_a_private_group_cannot_be_suggested(visit, world: World):
    join(world.famiglia, world.giulia)
    topic = say(world.famiglia, world.marta)

    assert visit(world.giulia).get(f"/it/topics/{topic.id}/suggestion").status_code == 403
    assert visit(world.giulia).get("/it/topics/9999/suggestion").status_code == 404
