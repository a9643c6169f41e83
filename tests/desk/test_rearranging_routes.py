"""Slowing, moving, splitting and merging over HTTP: the five cases of each."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Decision, Slowing, Topic

WHY = "Qui si parla d’altro."
REASON = {"rule": "off-topic", "facts": WHY}
ACTS = ("slowing", "move", "split", "merge")


@pytest.fixture
def other(world):
    topic = forum.open_topic(
        world.export, by=world.teresa, title="Dogana svizzera", at=now(),
        text="Chi ha spedito a Lugano dopo gennaio?",
    )  # fmt: skip
    db.session.commit()
    return topic


def url(scene, act):
    return f"/it/topics/{scene.topic.id}/{act}"


def fields(world, scene, other, act):
    return (
        REASON
        | {
            "slowing": {"minutes": "30", "lasts": "3"},
            "move": {"group": str(world.energia.id)},
            "split": {"posts": str(scene.pitch.id), "title": "Sconti"},
            "merge": {"into": f"http://officine.test/it/topics/{other.id}-{other.slug}#ending"},
        }[act]
    )


WRONG = {
    "slowing": [{"minutes": "7"}, {"lasts": "1000"}, {"facts": " "}, {"rule": "ugly"}],
    "move": [{"group": "99999"}, {"group": "x"}, {"facts": ""}],
    "split": [{"posts": ""}, {"posts": "99999"}, {"title": "  "}, {"facts": ""}],
    "merge": [{"into": ""}, {"into": "altrove"}, {"into": "99999"}, {"facts": ""}],
}


def taken():
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(Decision))


@pytest.mark.parametrize("act", ACTS)
class TestEach:
    def test_signed_out(self, world, scene, other, visit, act):
        assert "/it/sign-in" in visit().get(url(scene, act)).location
        reply = visit().post(url(scene, act), **fields(world, scene, other, act))
        assert reply.status_code == 303 and taken() == 0

    def test_refused(self, world, scene, other, visit, act):
        for who in (world.davide, world.emma):
            assert visit(who).get(url(scene, act)).status_code == 403
            reply = visit(who).post(url(scene, act), **fields(world, scene, other, act))
            assert reply.status_code == 403
        assert taken() == 0

    def test_invalid(self, world, scene, other, visit, act):
        for wrong in WRONG[act]:
            reply = visit(world.giulia).post(
                url(scene, act), **(fields(world, scene, other, act) | wrong)
            )
            assert reply.status_code == 422, wrong
        assert taken() == 0

    def test_plain_form(self, world, scene, other, visit, act):
        browser = visit(world.giulia)
        topic = browser.get(f"/it/topics/{scene.topic.id}-{scene.topic.slug}")
        assert url(scene, act) in topic.get_data(as_text=True)
        assert browser.get(url(scene, act)).status_code == 200
        reply = browser.post(url(scene, act), **fields(world, scene, other, act))
        assert reply.status_code == 303 and "/topics/" in reply.location
        assert browser.get(reply.location).status_code == 200
        assert taken() == 1

    def test_htmx(self, world, scene, other, visit, act):
        browser = visit(world.giulia)
        wrong = fields(world, scene, other, act) | {"facts": ""}
        invalid = browser.htmx_post(url(scene, act), **wrong)
        assert invalid.status_code == 422
        assert b'id="decide"' in invalid.data and b"<html" not in invalid.data
        reply = browser.htmx_post(url(scene, act), **fields(world, scene, other, act))
        assert "/topics/" in reply.headers["HX-Redirect"]
        assert taken() == 1

    def test_a_private_topic_does_not_exist_for_others(self, world, scene, other, visit, act):
        commands.move_topic(scene.topic, to=world.famiglia, by=world.giulia, at=now(), **REASON)
        db.session.commit()
        assert visit(world.teresa).get(url(scene, act)).status_code == 404


def test_a_host_moves_only_to_groups_they_host(world, scene, visit):
    browser = visit(world.marta)
    page = browser.get(url(scene, "move")).get_data(as_text=True)
    assert "Passaggio generazionale" in page and "Energía" not in page
    reply = browser.post(url(scene, "move"), group=str(world.energia.id), **REASON)
    assert reply.status_code == 422
    assert browser.post(
        url(scene, "move"), group=str(world.famiglia.id), **REASON
    ).status_code == 303  # fmt: skip


def test_publishing_is_confirmed_by_a_manager(world, visit):
    topic = forum.open_topic(
        world.famiglia, by=world.marta, title="Il patto", text="Chi lo firma?", at=now()
    )
    db.session.commit()
    there = f"/it/topics/{topic.id}/move"
    fields = REASON | {"group": str(world.export.id)}
    assert visit(world.giulia).post(there, publishes="y", **fields).status_code == 422
    assert visit(world.beatriz).post(there, **fields).status_code == 422
    assert taken() == 0
    assert visit(world.beatriz).post(there, publishes="y", **fields).status_code == 303
    assert taken() == 1


def test_a_host_merges_only_what_they_look_after(world, scene, visit):
    foreign = forum.open_topic(
        world.energia, by=world.teresa, title="Tarifas", text="¿Qué pagáis?", at=now()
    )
    db.session.commit()
    reply = visit(world.marta).post(url(scene, "merge"), into=str(foreign.id), **REASON)
    assert reply.status_code == 422 and taken() == 0


class TestUnslow:
    @pytest.fixture
    def end(self, world, scene):
        commands.slow_topic(
            scene.topic, minutes=10, by=world.giulia, at=now(),
            until=now() + timedelta(days=1), **REASON,
        )  # fmt: skip
        db.session.commit()
        return url(scene, "slowing/end")

    def test_five_cases(self, world, scene, end, visit):
        assert "/it/sign-in" in visit().post(end, facts="Basta.").location
        assert visit(world.davide).post(end, facts="Basta.").status_code == 403
        browser = visit(world.marta)
        assert "/slowing/end" in browser.get(url(scene, "slowing")).get_data(as_text=True)
        assert browser.post(end, facts=" ").status_code == 422
        assert b"<html" not in browser.htmx_post(end, facts="").data
        assert browser.post(end, facts="È calma.").status_code == 303
        assert db.session.scalar(select(Slowing)) is None
        assert browser.post(end, facts="Ancora.").status_code == 303
        assert taken() == 2

    def test_htmx(self, world, end, visit):
        assert visit(world.marta).htmx_post(end, facts="È calma.").headers["HX-Redirect"]


def test_a_topic_merged_away_is_no_topic_any_more(world, scene, other, visit):
    commands.merge_topics(scene.topic, into=other, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    assert visit(world.giulia).get(url(scene, "move")).status_code == 404
    words = visit(world.teresa).get("/it/groups/export-e-dogane").get_data(as_text=True)
    assert "Chi prepara" not in words
    assert db.session.scalar(select(func.count()).select_from(Topic)) == 2
