from datetime import timedelta

import pytest
import time_machine

from officine.blueprints.accounts.queries import open_sessions
from officine.core.clock import now
from officine.core.db import db
from officine.models import Member
from tests.accounts.newcomers import OTHER_PASSWORD, PASSWORD, letter_link, with_password


@pytest.fixture
def link(world, visit, settle, outbound) -> str:
    """The link in the letter to Marta, who forgot her password."""
    with_password(world.marta)
    visit().post("/it/password/forgotten", email=world.marta.email)
    settle()
    return letter_link(outbound, world.marta.email, "/password/new/")


def test_an_unknown_address_gets_the_same_answer_and_no_letter(world, visit, settle, outbound):
    answers = []
    for address in (world.marta.email, "nobody@example.org"):
        browser = visit()
        reply = browser.post("/it/password/forgotten", email=address)
        page = browser.get(reply.location).get_data(as_text=True).replace(address, "…")
        answers.append(
            (
                reply.status_code,
                reply.location,
                browser.queries,
                [line for line in page.splitlines() if "csrf" not in line.lower()],
            )
        )
    settle()

    assert answers[0] == answers[1]
    assert len(outbound.to(world.marta.email)) == 1
    assert not outbound.to("nobody@example.org")


def test_an_address_that_cannot_be_is_told(world, visit):
    reply = visit().post("/it/password/forgotten", email="marta")

    assert reply.status_code == 422
    assert 'id="email-problem"' in reply.get_data(as_text=True)
    assert 'value="marta"' in reply.get_data(as_text=True)


def test_htmx_asks_as_a_browser_does(world, visit):
    reply = visit().htmx_post("/it/password/forgotten", email=world.marta.email)

    assert reply.headers["HX-Redirect"] == "/it/password/forgotten/sent"


def test_a_new_password_ends_every_session_and_begins_one_here(world, visit, link):
    elsewhere = visit(world.marta)
    browser = visit()
    assert browser.get(link).status_code == 200

    reply = browser.post(link, password=OTHER_PASSWORD)

    assert reply.location == "/it/"
    assert elsewhere.get("/it/settings").status_code == 303
    assert browser.get("/it/settings").status_code == 200
    assert len(open_sessions(world.marta)) == 1
    old = visit().post("/it/sign-in", email=world.marta.email, password=PASSWORD)
    new = visit().post("/it/sign-in", email=world.marta.email, password=OTHER_PASSWORD)
    assert (old.status_code, new.status_code) == (422, 303)


def test_the_owner_hears_of_the_new_password(world, visit, link, settle, outbound):
    visit().post(link, password=OTHER_PASSWORD)
    settle()

    assert outbound.to(world.marta.email)[-1]["Subject"] == "La tua password è cambiata"


def test_the_link_works_once_and_so_do_its_brothers(world, visit, link, settle, outbound):
    visit().post("/it/password/forgotten", email=world.marta.email)
    settle()
    brother = letter_link(outbound, world.marta.email, "/password/new/")
    assert brother != link

    visit().post(link, password=OTHER_PASSWORD)

    for spent in (link, brother):
        assert visit().post(spent, password="un’altra frase ancora più lunga").status_code == 422
        assert "usato" in visit().get(spent).get_data(as_text=True)


def test_the_link_works_for_an_hour(world, visit, link):
    with time_machine.travel(now() + timedelta(minutes=59), tick=True):
        assert "password" in visit().get(link).get_data(as_text=True)
    with time_machine.travel(now() + timedelta(minutes=61), tick=True):
        assert "scaduto" in visit().get(link).get_data(as_text=True)
        assert visit().post(link, password=OTHER_PASSWORD).status_code == 422
    assert (
        visit().post("/it/sign-in", email=world.marta.email, password=PASSWORD).status_code == 303
    )


def test_a_link_to_an_address_that_is_no_longer_theirs_opens_nothing(world, visit, link):
    world.marta.email = "new@example.org"
    db.session.commit()

    assert visit().post(link, password=OTHER_PASSWORD).status_code == 422


def test_a_weak_password_is_explained_and_not_shown(world, visit, link):
    for weak in ("breve", "password1234", "martacolombo1", "1234567890", "aaaaaaaaaaaa", ""):
        reply = visit().post(link, password=weak)
        assert reply.status_code == 422, weak
        assert 'id="password-problem"' in reply.get_data(as_text=True)
        assert not weak or f'value="{weak}"' not in reply.get_data(as_text=True)


def test_htmx_gets_the_form_back_or_goes_on(world, visit, link):
    refused = visit().htmx_post(link, password="breve")
    assert refused.status_code == 422
    assert "<html" not in refused.get_data(as_text=True)

    assert visit().htmx_post(link, password=OTHER_PASSWORD).headers["HX-Redirect"] == "/it/"


def test_a_new_password_by_mail_proves_the_address_too(world, visit, settle, outbound):
    visit().post("/it/password/forgotten", email=world.newcomer.email)
    settle()
    visit().post(letter_link(outbound, world.newcomer.email, "/password/new/"), password=PASSWORD)

    assert db.session.get(Member, world.newcomer.id).is_confirmed


def test_a_tampered_link_is_unknown(world, visit, link):
    assert visit().get(link + "x").status_code == 404
    assert visit().post(link[:-2], password=OTHER_PASSWORD).status_code == 404


def test_a_forgotten_answer_leads_back_to_the_question(world, visit):
    assert visit().get("/it/password/forgotten/sent").location == "/it/password/forgotten"
