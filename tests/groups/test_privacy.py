"""What of a group, and of those who belong to it, is for whose eyes."""

import pytest
from sqlalchemy import func, select

from officine.blueprints.groups import commands
from officine.core.clock import now
from officine.core.db import db
from officine.core.limits import limiter
from officine.models import Group, Invitation
from tests.groups.test_routes import NEW_GROUP
from tests.world import join

PHOTO = "faces/photo-of-davide.svg"


@pytest.fixture
def counted(app):
    """Tries are counted, from none."""
    limiter.limiter.storage.reset()
    app.config["RATELIMIT_ENABLED"] = True
    yield
    app.config["RATELIMIT_ENABLED"] = False


@pytest.fixture
def proposed(world):
    """A group that Davide proposed and the desk has not opened."""
    group = commands.propose_group(
        by=world.davide, at=now(), language="it", name="Cantiere segreto", purpose="Non ancora."
    )
    db.session.commit()
    return group


def test_who_proposed_a_group_does_not_open_the_next_one_alone(world, visit, proposed):
    visit(world.davide).post("/it/groups", **NEW_GROUP)

    second = db.session.scalar(select(Group).filter_by(name=NEW_GROUP["name"]))
    assert second.is_proposed


def test_nobody_is_invited_into_a_group_that_is_not_open(world, visit, settle, outbound, proposed):
    reply = visit(world.davide).post(
        f"/it/groups/{proposed.slug}/invitations", handle=world.teresa.handle
    )
    settle()

    assert reply.status_code == 403
    assert outbound.to(world.teresa.email) == []
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_an_invitation_shows_nothing_of_a_group_that_is_not_open(world, visit, proposed):
    commands.invite(proposed, world.teresa, by=world.davide, at=now())

    assert visit(world.teresa).get(f"/it/groups/{proposed.slug}").status_code == 404


def test_an_unconfirmed_account_is_not_known_to_be_here(world, visit):
    reply = visit(world.marta).post(
        "/it/groups/export-e-dogane/invitations", handle=world.newcomer.handle
    )

    assert reply.status_code == 422
    assert world.newcomer.name not in reply.text


@pytest.mark.parametrize("path", ["", "/people"])
def test_a_photo_for_members_is_not_shown_to_visitors(world, visit, path):
    world.marta.photo_key = world.davide.photo_key = PHOTO
    world.marta.shown_to = world.davide.shown_to = {"photo": "members", "job": "members"}
    world.marta.job = "Titolare a Como"

    html = visit().get(f"/it/groups/export-e-dogane{path}").text

    assert PHOTO not in html
    assert "Titolare a Como" not in html
    assert PHOTO in visit(world.teresa).get(f"/it/groups/export-e-dogane{path}").text


def test_who_hides_their_groups_is_not_found_in_them_by_visitors(world, visit):
    world.davide.shown_to = {"groups": "members"}

    assert world.davide.name not in visit().get("/it/groups/export-e-dogane/people").text
    assert world.davide.name in visit(world.teresa).get("/it/groups/export-e-dogane/people").text


@pytest.mark.parametrize("topic", ["²", "9" * 40, "x"])
def test_joining_from_a_topic_that_is_no_number_leads_to_the_group(world, visit, topic):
    reply = visit(world.emma).post("/it/groups/export-e-dogane/members", topic=topic)

    assert reply.location == "/it/groups/export-e-dogane"


def test_who_was_refused_does_not_ask_without_end(world, visit, counted):
    davide, address = visit(world.davide), "/it/groups/energia-e-industria/requests"
    for _time in range(3):
        assert davide.post(address, text="Fatemi entrare").status_code == 303
        for asked in db.session.scalars(select(commands.JoinRequest)):
            commands.refuse_request(asked, by=world.teresa, at=now(), reason="No.")

    reply = davide.post(address, text="Ancora io")

    assert reply.status_code == 429
    assert "Ancora io" in reply.text


def test_nobody_is_invited_again_and_again(world, visit, counted):
    join(world.famiglia, world.davide)
    marta, address = visit(world.marta), "/it/groups/passaggio-generazionale/invitations"
    for _time in range(2):
        assert marta.post(address, handle=world.emma.handle).status_code == 303

    reply = marta.post(address, handle=world.emma.handle)

    assert reply.status_code == 429
    assert world.emma.handle in reply.text


def test_groups_are_not_proposed_without_end(world, visit, counted):
    davide = visit(world.davide)
    for number in range(10):
        fields = NEW_GROUP | {"name": f"Gruppo {number}"}
        assert davide.post("/it/groups", **fields).status_code == 303

    reply = davide.post("/it/groups", **NEW_GROUP)

    assert reply.status_code == 429
    assert NEW_GROUP["purpose"] in reply.text


def test_a_host_is_found_by_everyone(world, visit):
    world.marta.shown_to = {"groups": "members"}

    assert world.marta.name in visit().get("/it/groups/export-e-dogane/people").text
