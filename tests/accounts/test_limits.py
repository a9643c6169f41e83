from dataclasses import replace

import pytest
from flask import Flask

from officine.app import create_app
from officine.core.limits import limiter
from tests.accounts.newcomers import PASSWORD, joining, with_password
from tests.visits import Visit


@pytest.fixture(autouse=True)
def counted(app):
    """Tries are counted, from none."""
    limiter.limiter.storage.reset()
    app.config["RATELIMIT_ENABLED"] = True
    yield
    app.config["RATELIMIT_ENABLED"] = False


def test_guessing_at_an_account_is_slowed_down_with_a_clear_message(world, visit):
    with_password(world.marta)
    for _guess in range(10):
        wrong = visit().post("/it/sign-in", email=world.marta.email, password="sbagliata")
        assert wrong.status_code == 422

    reply = visit().post("/it/sign-in", email=world.marta.email.upper(), password=PASSWORD)
    page = reply.get_data(as_text=True)

    assert reply.status_code == 429
    assert "Troppi tentativi. Aspetta 15 minuti, poi riprova." in page
    assert world.marta.email.upper() in page
    assert PASSWORD not in page


def test_others_come_in_meanwhile(world, visit):
    with_password(world.marta)
    with_password(world.teresa)
    for _guess in range(11):
        visit().post("/it/sign-in", email=world.marta.email, password="sbagliata")

    reply = visit().post("/it/sign-in", email=world.teresa.email, password=PASSWORD)

    assert reply.status_code == 303


def test_an_account_without_an_owner_is_slowed_down_alike(world, visit):
    for _guess in range(10):
        visit().post("/it/sign-in", email="nobody@example.org", password="sbagliata")

    assert visit().post("/it/sign-in", email="nobody@example.org", password="x").status_code == 429


def test_nobody_floods_somebody_elses_mailbox(world, visit, settle, outbound):
    for _time in range(9):
        visit().post("/it/sign-up", **joining(email=world.marta.email))
        visit().post("/it/password/forgotten", email=world.marta.email)
    settle()

    assert len(outbound.to(world.marta.email)) == 6 + 5


def test_the_form_of_joining_is_kept_when_one_has_to_wait(world, visit):
    for _time in range(6):
        visit().post("/it/sign-up", **joining(password="breve"))

    page = visit().post("/it/sign-up", **joining()).get_data(as_text=True)

    assert "Troppi tentativi" in page
    assert "Ada Verdi" in page


def test_asking_again_for_the_letter_is_slowed_down(world, visit):
    answers = [visit(world.newcomer).post("/it/confirmation").status_code for _ in range(6)]

    assert answers == [303] * 5 + [429]


def test_asking_for_a_lost_letter_is_slowed_down_too(world, visit):
    asked = [visit().post("/it/confirmation/forgotten", email="ada@example.org") for _ in range(6)]

    assert [reply.status_code for reply in asked] == [303] * 5 + [429]
    assert "Troppi tentativi. Aspetta" in asked[-1].text


def test_an_open_session_does_not_help_to_guess_the_password(world, visit):
    with_password(world.marta)
    for _guess in range(10):
        visit(world.marta).post("/it/settings/leave", current="sbagliata")

    reply = visit(world.marta).post("/it/settings/leave", current=PASSWORD, desk="y")

    assert reply.status_code == 422
    assert "Troppi tentativi" in reply.get_data(as_text=True)


def test_another_spelling_of_an_address_is_the_same_account(world, visit, settle, outbound):
    spellings = ("marta-colombo@example.org", "marta-colombo@EXAMPLE.org")
    spellings += ("marta-colombo@ｅxample.org", "marta-colombo@eｘample.org")
    for number in range(8):
        visit().post("/it/password/forgotten", email=spellings[number % 4])
    settle()

    assert len(outbound.to(world.marta.email)) == 5


def test_nobody_floods_strangers_by_moving_there(world, visit):
    with_password(world.marta)
    for _time in range(6):
        reply = visit(world.marta).post(
            "/it/settings/address", email="stranger@example.org", current=PASSWORD
        )

    assert reply.status_code == 429
    assert "stranger@example.org" in reply.get_data(as_text=True)


def test_many_accounts_from_one_network_address_are_slowed_down(world, visit):
    browser = visit()
    for number in range(60):
        sent = browser.post("/it/password/forgotten", email=f"member{number}@example.org")
        assert sent.status_code == 303

    reply = browser.post("/it/password/forgotten", email="member60@example.org")
    assert reply.status_code == 429
    assert "Troppi tentativi. Aspetta" in reply.text
    assert "member60@example.org" in reply.text

    elsewhere = visit()
    elsewhere.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    sent = elsewhere.post("/it/password/forgotten", email="member60@example.org")
    assert sent.status_code == 303


@pytest.fixture
def behind_a_proxy(app, settings) -> Flask:
    """The same site, as it is set where one proxy stands in front."""
    proxied = create_app(replace(settings, trusted_proxies=1))
    proxied.config["TESTING"] = True
    return proxied


def guess(app: Flask, came_from: str, email: str, password: str = "sbagliata") -> int:
    """Somebody signs in, from where the header says."""
    browser = Visit(app, None, {"X-Forwarded-For": came_from})
    return browser.post("/it/sign-in", email=email, password=password).status_code


def test_behind_a_proxy_two_people_do_not_share_a_count(world, behind_a_proxy):
    marta = with_password(world.marta).email
    for number in range(10):
        # What whoever guesses writes into the header themselves stands before what the proxy adds.
        assert guess(behind_a_proxy, f"198.51.100.{number}, 203.0.113.1", marta) == 422

    assert guess(behind_a_proxy, "203.0.113.1", marta, PASSWORD) == 429
    assert guess(behind_a_proxy, "203.0.113.2", marta, PASSWORD) == 303


def test_without_a_proxy_nobody_says_where_they_come_from(world, app):
    marta = with_password(world.marta).email
    for number in range(10):
        assert guess(app, f"198.51.100.{number}", marta) == 422

    assert guess(app, "203.0.113.2", marta, PASSWORD) == 429
