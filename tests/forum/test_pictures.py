"""Who sees the pictures in posts, and for how long they are kept."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk import commands as desk
from officine.blueprints.desk.commands import hide_post
from officine.blueprints.forum import commands
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.models import Picture, PostPicture
from tests.forum.test_writing import photo
from tests.world import join

HIDDEN = {"rule": "privacy", "facts": "Si vede una targa."}


@pytest.fixture
def address(world, visit):
    """Where the picture lies that Davide gave."""
    reply = visit(world.davide).post("/it/pictures", picture=(photo((60, 40)), "a.jpg"), alt="Uno")
    return re.search(r"\((/files/[^)]+)\)", reply.json["markdown"])[1]


@pytest.fixture
def shown(world, talk, address):
    """The post in which Davide shows it."""
    text = f"Eccolo: ![Uno]({address})"
    post = commands.answer(talk.topic, by=world.davide, text=text, at=now())
    db.session.commit()
    return post


def sees(visitor, address):
    return visitor.get(address).status_code == 200


def who_see(world, visit, address):
    people = {"davide": world.davide, "teresa": world.teresa, "giulia": world.giulia}
    seeing = {name for name, person in people.items() if sees(visit(person), address)}
    return seeing | ({"visitor"} if sees(visit(), address) else set())


def test_until_a_post_shows_it_its_author_alone_sees_it(world, visit, address):
    assert who_see(world, visit, address) == {"davide", "giulia"}


def test_whoever_reads_the_post_sees_its_picture(world, visit, address, shown):
    reply = visit().get(address)

    assert reply.mimetype == "image/webp"
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert who_see(world, visit, address) == {"visitor", "davide", "teresa", "giulia"}


def test_a_picture_in_a_private_group_is_its_members_alone(world, visit, address):
    join(world.famiglia, world.davide)
    commands.open_topic(
        world.famiglia, by=world.davide, title="Quote", text=f"![Uno]({address})", at=now()
    )
    db.session.commit()

    assert who_see(world, visit, address) == {"davide", "giulia"}
    assert sees(visit(world.marta), address)


def test_quoting_an_address_opens_it_to_nobody(world, talk, visit, address):
    commands.answer(talk.topic, by=world.teresa, text=f"![Uno]({address})", at=now())
    db.session.commit()

    assert who_see(world, visit, address) == {"davide", "giulia"}


def test_the_picture_of_a_hidden_post_stays_for_its_author_and_the_desk(
    world, visit, address, shown
):
    hide_post(shown, by=world.giulia, at=now(), **HIDDEN)
    db.session.commit()

    assert who_see(world, visit, address) == {"davide", "giulia"}
    desk.show_post(shown, by=world.beatriz, at=now(), facts="Non era una targa.")
    db.session.commit()
    assert sees(visit(), address)


def test_the_picture_of_a_removed_post_is_for_the_desk_alone(world, visit, address, shown):
    desk.remove_post(shown, by=world.giulia, at=now(), **HIDDEN)
    db.session.commit()

    assert who_see(world, visit, address) == {"giulia"}


def test_a_picture_that_an_edit_took_out_is_seen_no_more(world, visit, address, shown):
    commands.edit_post(shown, by=world.davide, text="Meglio senza.", at=now())
    db.session.commit()

    assert who_see(world, visit, address) == {"davide", "giulia"}


def test_the_picture_of_a_post_that_was_taken_back_is_deleted_after_a_month(
    world, visit, address, shown
):
    commands.delete_post(shown, by=world.davide, at=now())
    db.session.commit()
    assert not sees(visit(), address)

    commands.forget_pictures(at=now() + timedelta(days=29))
    assert storage.get(address.removeprefix("/files/"))
    commands.forget_pictures(at=now() + timedelta(days=31))

    assert storage.get(address.removeprefix("/files/")) is None
    assert db.session.scalar(select(func.count()).select_from(PostPicture)) == 0


def test_what_an_appeal_may_speak_of_is_kept(world, address, shown):
    decision = hide_post(shown, by=world.giulia, at=now(), **HIDDEN)
    commands.delete_post(shown, by=world.davide, at=now())
    db.session.commit()

    commands.forget_pictures(at=decision.appealable_until - timedelta(days=1))
    assert db.session.scalar(select(Picture))
    commands.forget_pictures(at=decision.appealable_until + timedelta(days=1))
    assert db.session.scalar(select(Picture)) is None


def test_a_picture_that_nobody_uses_goes_but_not_while_somebody_writes(world, talk, address):
    text = f"![Uno]({address})"
    commands.save_draft(world.davide, "topic", talk.topic.id, text=text, title="", at=now())
    commands.forget_pictures(at=now() + timedelta(days=8))
    assert storage.get(address.removeprefix("/files/"))

    commands.discard_draft(world.davide, "topic", talk.topic.id)
    commands.forget_pictures(at=now() + timedelta(days=8))

    assert storage.get(address.removeprefix("/files/")) is None


def test_the_picture_of_a_post_in_sight_stays(shown, address):
    commands.forget_pictures(at=now() + timedelta(days=900))

    assert storage.get(address.removeprefix("/files/"))


@pytest.mark.parametrize("name", ["x.webp", "..%2Fsecret", "a" * 300])
def test_what_is_no_picture_is_not_found(world, visit, name):
    assert visit(world.giulia).get(f"/files/posts/{name}").status_code == 404
