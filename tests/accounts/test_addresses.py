from datetime import timedelta

import pytest
import time_machine

from officine.core.clock import now
from officine.core.db import db
from officine.models import Member
from tests.accounts.newcomers import OTHER_PASSWORD, PASSWORD, letter_link, with_password
from tests.outbound import text_of

NEW = "marta@colombo.example.com"


@pytest.fixture
def asked(world, visit, settle) -> str:
    """Marta asked to be written to elsewhere; gives her old address."""
    with_password(world.marta)
    reply = visit(world.marta).post("/it/settings/address", email=NEW.upper(), current=PASSWORD)
    assert reply.status_code == 303
    settle()
    return world.marta.email


def test_a_disposable_address_is_warned_of_once(world, visit, settle, outbound):
    with_password(world.marta)
    moving = {"email": "marta@mailinator.com", "current": PASSWORD}
    first = visit(world.marta).htmx_post("/it/settings/address", **moving)
    settle()

    assert first.status_code == 422
    assert 'value="mailinator.com"' in first.text
    assert "indirizzo usa e getta" in first.text
    assert not outbound.letters

    again = visit(world.marta).post("/it/settings/address", **moving, warned="mailinator.com")
    settle()

    assert again.status_code == 303
    assert len(outbound.to("marta@mailinator.com")) == 1


def test_nothing_changes_before_the_new_address_confirms(world, asked):
    assert db.session.get(Member, world.marta.id).email == asked


def test_both_addresses_hear_of_it(asked, outbound):
    assert "/it/address/new/" in text_of(outbound.to(NEW)[0])
    told = text_of(outbound.to(asked)[0])
    assert NEW in told
    assert "/it/address/kept/" in told


def test_the_new_address_confirms_by_a_button(world, visit, asked, outbound):
    link = letter_link(outbound, NEW, "/address/new/")
    assert visit().get(link).status_code == 200
    assert db.session.get(Member, world.marta.id).email == asked

    assert visit(world.marta).post(link).location == "/it/settings"

    assert db.session.get(Member, world.marta.id).email == NEW
    assert visit().post("/it/sign-in", email=NEW, password=PASSWORD).status_code == 303
    assert visit().post(link).status_code == 422


def test_htmx_confirms_as_a_browser_does(world, visit, asked, outbound):
    reply = visit(world.marta).htmx_post(letter_link(outbound, NEW, "/address/new/"))

    assert reply.headers["HX-Redirect"] == "/it/settings"


def test_the_link_expires_after_a_day(world, visit, asked, outbound):
    link = letter_link(outbound, NEW, "/address/new/")
    with time_machine.travel(now() + timedelta(hours=25), tick=True):
        assert visit().post(link).status_code == 422
    assert db.session.get(Member, world.marta.id).email == asked


def test_the_old_address_brings_itself_back_within_a_week(world, visit, asked, outbound):
    visit().post(letter_link(outbound, NEW, "/address/new/"))
    undo = letter_link(outbound, asked, "/address/kept/")

    with time_machine.travel(now() + timedelta(days=6), tick=True):
        thief = visit(world.marta)
        owner = visit()
        assert owner.get(undo).status_code == 200
        reply = owner.post(undo)

        assert db.session.get(Member, world.marta.id).email == asked
        assert thief.get("/it/settings").status_code == 303
        stolen = visit().post("/it/sign-in", email=asked, password=PASSWORD)
        assert stolen.status_code == 422
        assert reply.location.startswith("/it/password/new/")
        assert owner.post(reply.location, password=OTHER_PASSWORD).status_code == 303
        assert visit().post("/it/sign-in", email=asked, password=OTHER_PASSWORD).status_code == 303


def test_after_a_week_it_is_too_late(world, visit, asked, outbound):
    visit().post(letter_link(outbound, NEW, "/address/new/"))
    with time_machine.travel(now() + timedelta(days=8), tick=True):
        assert visit().post(letter_link(outbound, asked, "/address/kept/")).status_code == 422
    assert db.session.get(Member, world.marta.id).email == NEW


def test_keeping_the_old_address_stops_the_new_one(world, visit, asked, outbound):
    visit().post(letter_link(outbound, asked, "/address/kept/"))

    assert visit().post(letter_link(outbound, NEW, "/address/new/")).status_code == 422
    assert db.session.get(Member, world.marta.id).email == asked


def test_asking_tells_nobody_who_has_an_account(world, visit, settle, outbound):
    with_password(world.marta)
    for address in (world.teresa.email, "free@example.org"):
        reply = visit(world.marta).post("/it/settings/address", email=address, current=PASSWORD)
        assert (reply.status_code, reply.location) == (303, "/it/settings")
    settle()

    link = letter_link(outbound, "free@example.org", "/address/new/")
    assert visit().post(link).status_code == 303


def test_an_address_of_somebody_else_is_not_taken(world, visit, settle, outbound):
    with_password(world.marta)
    visit(world.marta).post("/it/settings/address", email=world.teresa.email, current=PASSWORD)
    settle()
    link = letter_link(outbound, world.teresa.email, "/address/new/")

    reply = visit().post(link)

    assert reply.status_code == 422
    assert "altro account" in reply.get_data(as_text=True)
    assert db.session.get(Member, world.marta.id).email == "marta-colombo@example.org"


def test_signed_out_refused_and_invalid(world, visit, settle, outbound):
    with_password(world.marta)
    assert visit().post("/it/settings/address", email=NEW).location.startswith("/it/sign-in")
    for fields, problem in (
        ({"email": NEW, "current": "sbagliata"}, "current"),
        ({"email": NEW, "current": ""}, "current"),
        ({"email": "no", "current": PASSWORD}, "email"),
        ({"email": world.marta.email, "current": PASSWORD}, "email"),
    ):
        reply = visit(world.marta).post("/it/settings/address", **fields)
        assert reply.status_code == 422
        assert f'id="{problem}-problem"' in reply.get_data(as_text=True)
        assert PASSWORD not in reply.get_data(as_text=True)
    settle()
    assert not outbound.letters


def test_htmx_gets_the_form_back(world, visit):
    reply = visit(world.marta).htmx_post("/it/settings/address", email="no", current="x")

    assert reply.status_code == 422
    assert "<html" not in reply.get_data(as_text=True)


def test_whoever_moved_the_account_does_not_bring_it_back(world, visit, asked, settle, outbound):
    visit().post(letter_link(outbound, NEW, "/address/new/"))
    visit(world.marta).post("/it/settings/address", email="third@example.org", current=PASSWORD)
    settle()

    visit().post(letter_link(outbound, asked, "/address/kept/"))
    reply = visit().post(letter_link(outbound, NEW, "/address/kept/"))

    assert reply.status_code == 422
    assert db.session.get(Member, world.marta.id).email == asked
