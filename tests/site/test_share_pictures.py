"""The pictures that shared links show: of what everyone may see, as it stands."""

import re

import pytest

from officine.blueprints.desk import commands as desk
from officine.blueprints.forum import commands as forum
from officine.blueprints.site.routes import _signer
from officine.core.clock import now
from officine.core.db import db
from officine.models import Post


@pytest.fixture
def topic(world):
    return forum.open_topic(
        world.export, by=world.marta, title="Merce ferma a Felixstowe", text="Chi ci è passato?",
        at=now(),
    )  # fmt: skip


def picture_on(visit, url: str) -> str:
    """The address of the picture that a page names."""
    html = visit.get(url).text
    return re.search(r'property="og:image" content="http://officine.test([^"]+)"', html)[1]


def words_of(picture: str) -> list:
    """What a picture says, as its address carries it."""
    return _signer().loads(picture.removeprefix("/share/").removesuffix(".png"))


def opening(topic) -> Post:
    return db.session.scalar(db.select(Post).filter_by(topic_id=topic.id, number=1))


def test_the_picture_of_a_group_says_its_name_and_its_language(world, visit):
    picture = picture_on(visit(), "/en/groups/export-e-dogane")

    assert words_of(picture)[:3] == ["Export e dogane", "Group", "it"]
    reply = visit().get(picture)
    assert (reply.status_code, reply.mimetype) == (200, "image/png")
    assert "max-age" not in reply.headers["Cache-Control"]


def test_the_picture_of_a_group_goes_when_the_group_closes_its_door(world, visit):
    picture = picture_on(visit(), "/it/groups/export-e-dogane")
    world.export.visibility = "private"
    db.session.commit()

    assert visit().get(picture).status_code == 404


def test_the_picture_of_a_topic_says_its_title_group_and_language(topic, visit):
    picture = picture_on(visit(), f"/en/topics/{topic.id}-{topic.slug}")

    assert words_of(picture)[:4] == ["Merce ferma a Felixstowe", "Export e dogane", "it", False]
    assert visit().get(picture).status_code == 200


@pytest.mark.parametrize("change", ["hidden", "withdrawn", "renamed", "private"])
def test_the_picture_of_a_topic_goes_with_its_title(world, topic, visit, change):
    picture = picture_on(visit(), f"/it/topics/{topic.id}-{topic.slug}")
    if change == "hidden":
        desk.hide_post(opening(topic), by=world.giulia, at=now(), rule="spam", facts="Ripetuto.")
    elif change == "withdrawn":
        forum.delete_post(opening(topic), by=world.marta, at=now())
    elif change == "renamed":
        forum.edit_topic(topic, by=world.marta, at=now(), title="Merce ferma a Dover")
    else:
        world.export.visibility = "private"
    db.session.commit()

    assert visit().get(picture).status_code == 404


def test_a_hidden_topic_has_a_picture_without_its_title(world, topic, visit):
    desk.hide_post(opening(topic), by=world.giulia, at=now(), rule="spam", facts="Ripetuto.")
    db.session.commit()

    picture = picture_on(visit(), f"/it/topics/{topic.id}")

    assert "Felixstowe" not in str(words_of(picture))
    assert visit().get(picture).status_code == 200
