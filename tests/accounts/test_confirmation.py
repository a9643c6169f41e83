from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from officine.core.clock import now
from officine.core.db import db
from officine.models import Member, Ticket
from tests.accounts.newcomers import PASSWORD, joining, letter_link


@pytest.fixture
def link(world, visit, settle, outbound) -> str:
    """The link in the letter to somebody who has just signed up."""
    visit().post("/it/sign-up", **joining())
    settle()
    return letter_link(outbound, "ada@example.org", "/confirm/")


def ada() -> Member:
    return db.session.scalars(select(Member).filter_by(email="ada@example.org")).one()


def test_opening_the_link_changes_nothing(visit, link):
    for _scanner in range(3):
        assert visit().get(link).status_code == 200

    assert not ada().is_confirmed


def test_the_button_confirms_and_lets_in(visit, link):
    browser = visit()
    browser.get(link)

    reply = browser.post(link)

    assert reply.location == "/it/"
    assert ada().is_confirmed
    page = browser.get("/it/settings").get_data(as_text=True)
    assert "Rimandala" not in page


def test_htmx_confirms_as_a_browser_does(visit, link):
    assert visit().htmx_post(link).headers["HX-Redirect"] == "/it/"


def test_the_link_works_once(visit, link):
    visit().post(link)

    again = visit().post(link)

    assert again.status_code == 422
    assert "già stato usato" in again.get_data(as_text=True)
    assert visit().get(link).status_code == 200


def test_pressing_twice_harms_nobody(visit, link):
    browser = visit()
    browser.post(link)

    assert browser.post(link).location == "/it/"


def test_an_expired_link_gives_a_new_one_in_one_click(visit, link, settle, outbound):
    with time_machine.travel(now() + timedelta(days=4), tick=True):
        page = visit().get(link).get_data(as_text=True)
        assert f"{link}/renewal" in page
        assert visit().post(link).status_code == 422
        assert not ada().is_confirmed

        browser = visit()
        reply = browser.post(f"{link}/renewal")
        assert browser.get(reply.location).status_code == 200
        settle()
        fresh = letter_link(outbound, "ada@example.org", "/confirm/")
        assert fresh != link
        assert visit().post(fresh).status_code == 303
        assert ada().is_confirmed


def test_a_tampered_link_is_unknown(visit, link):
    for tampered in (link[:-1], link + "x", link[:-4] + "AAAA", link.rpartition("/")[0] + "/%00"):
        assert visit().get(tampered).status_code == 404
        assert visit().post(tampered).status_code == 404
    assert not ada().is_confirmed


def test_a_link_does_only_what_it_is_for(visit, link):
    token = link.rpartition("/")[2]
    for other in ("password/new", "address/new", "address/kept"):
        assert (
            visit().post(f"/it/{other}/{token}", password="qualcosa di molto lungo").status_code
            == 404
        )


def test_the_secret_of_a_link_is_not_kept(link):
    token = link.rpartition("/")[2]

    assert all(token not in ticket.token_hash for ticket in db.session.scalars(select(Ticket)))


def test_the_link_survives_a_worker_that_dies_halfway(visit, link, settle, outbound):
    from officine.blueprints.accounts.events import TicketIssued
    from officine.blueprints.accounts.notices import hand_over

    ticket = db.session.scalars(select(Ticket)).one()
    hand_over(TicketIssued(ticket.id))
    db.session.commit()
    settle()

    assert len(outbound.to("ada@example.org")) == 1
    assert visit().post(link).status_code == 303


def test_a_newcomer_asks_for_the_letter_again(world, visit, settle, outbound):
    reply = visit(world.newcomer).post("/it/confirmation", next="/it/groups")
    settle()

    assert reply.location == "/it/groups"
    fresh = letter_link(outbound, world.newcomer.email, "/confirm/")
    assert visit().post(fresh).location == "/it/groups"


def test_htmx_asks_for_the_letter_again(world, visit):
    reply = visit(world.newcomer).htmx_post("/it/confirmation", next="/it/groups")

    assert reply.headers["HX-Redirect"] == "/it/groups"


def test_a_visitor_signs_in_first(world, visit):
    assert visit().post("/it/confirmation").location.startswith("/it/sign-in")


def test_who_is_confirmed_gets_no_letter(world, visit, settle, outbound):
    visit(world.marta).post("/it/confirmation")
    settle()

    assert not outbound.to(world.marta.email)


def test_whoever_has_lost_the_letter_asks_for_another(visit, link, settle, outbound):
    browser = visit()
    refused = browser.post(
        "/it/sign-in", email="ada@example.org", password=PASSWORD, next="/it/groups"
    )
    assert "/it/confirmation/forgotten?next=/it/groups" in refused.text
    assert 'value="/it/groups"' in browser.get("/it/confirmation/forgotten?next=/it/groups").text

    reply = browser.post("/it/confirmation/forgotten", email="ada@example.org", next="/it/groups")
    assert "ada@example.org" in browser.get(reply.location).text
    settle()
    fresh = letter_link(outbound, "ada@example.org", "/confirm/")

    assert fresh != link
    assert browser.post(fresh).location == "/it/groups"
    assert browser.get("/it/settings").status_code == 200
    assert (
        visit().post("/it/sign-in", email="ada@example.org", password=PASSWORD).location == "/it/"
    )


def test_asking_for_another_letter_tells_nobody_who_has_an_account(
    world, visit, link, settle, outbound
):
    answers = set()
    for address in ("ada@example.org", world.marta.email, "nobody@example.org"):
        browser = visit()
        reply = browser.post("/it/confirmation/forgotten", email=address)
        sent = browser.get(reply.location).text.replace(address, "…")
        said = "\n".join(line for line in sent.splitlines() if "csrf" not in line)
        answers.add((reply.status_code, reply.location, said))
    settle()

    assert len(answers) == 1
    assert not outbound.to(world.marta.email)
    assert not outbound.to("nobody@example.org")
    assert len(outbound.to("ada@example.org")) == 2


def test_another_letter_goes_to_an_address(world, visit):
    wrong = visit().htmx_post("/it/confirmation/forgotten", email="ada")

    assert wrong.status_code == 422
    assert 'id="email-problem"' in wrong.text
    assert visit().get("/it/confirmation/forgotten/sent").location == "/it/confirmation/forgotten"
    right = visit().htmx_post("/it/confirmation/forgotten", email="ada@example.org")
    assert right.headers["HX-Redirect"] == "/it/confirmation/forgotten/sent"


def test_the_quiet_notice_stands_on_every_page_of_a_newcomer(world, visit):
    assert "/it/confirmation" in visit(world.newcomer).get("/it/groups").get_data(as_text=True)
    assert "/it/confirmation" not in visit(world.marta).get("/it/groups").get_data(as_text=True)
