"""The demonstration: entering as one of the cast, and the letter box."""

import pytest
from sqlalchemy import select

from officine.app import create_app
from officine.core.config import Settings
from officine.core.db import db
from officine.core.mail import Mail
from officine.models import Member
from tests.accounts.newcomers import joining
from tests.inspection import inspect


@pytest.mark.parametrize(
    ("key", "name", "there"),
    [
        ("italian", "Marta Colombo", "/it/groups"),
        ("spanish", "Teresa Uribe", "/es/groups"),
        ("english", "Emma Whitcombe", "/en/groups"),
        ("editor", "Giulia Serra", "/it/groups"),
        ("administrator", "Ruth Adler", "/en/groups"),
        ("newcomer", "Nadia Ferro", "/it/groups"),
    ],
)
def test_one_enters_as_somebody(world, visit, key, name, there):
    browser = visit()

    reply = browser.post("/it/demo/enter", key=key, next="/it/groups")

    assert reply.location == there
    assert name in browser.get(there).get_data(as_text=True)


def test_the_bar_opens_no_session_for_a_visitor(world, visit):
    browser = visit()

    assert "Set-Cookie" not in browser.get("/it/groups").headers

    reply = browser.client.post("/it/demo/enter", data={"key": "italian"})

    assert reply.status_code == 303


def test_one_goes_back_to_being_a_visitor(world, visit):
    browser = visit(world.marta)
    browser.post("/it/demo/enter", key="visitor", next="/it/groups")

    assert browser.get("/it/settings").status_code == 303


def test_the_newcomer_is_made_once(world, visit):
    for _time in range(2):
        visit().post("/es/demo/enter", key="newcomer")

    made = db.session.scalars(select(Member).filter_by(handle="nadia-ferro")).one()
    assert made.is_confirmed
    assert made.reads == ("es",)


def test_nobody_else_can_be_entered_as(world, visit):
    for key in ("", "marta-colombo", "beatriz-luna", "davide-rinaldi"):
        assert visit().post("/it/demo/enter", key=key).status_code == 404


def test_the_bar_shows_who_one_is(world, visit):
    page = visit(world.teresa).get("/es/groups").get_data(as_text=True)

    assert 'value="spanish" aria-current="true"' in page


def test_the_letter_box_lists_and_filters(world, visit, settle):
    browser = visit()
    browser.post("/it/sign-up", **joining())
    browser.post("/it/password/forgotten", email=world.marta.email)
    settle()

    everyone = browser.get("/it/mail").get_data(as_text=True)
    hers = browser.get("/it/mail?to=ada@example.org").get_data(as_text=True)

    assert "Scegli una nuova password" in everyone
    assert "Conferma il tuo indirizzo e-mail" in hers
    assert "Scegli una nuova password" not in hers
    assert browser.get("/it/mail?to=%3Cscript%3E&page=-3").status_code == 200


def test_a_letter_is_shown_with_its_link_and_in_a_sandbox(world, visit, settle):
    browser = visit()
    browser.post("/it/sign-up", **joining(name="<b>Ada</b> Verdi"))
    settle()

    letter = db.session.scalars(select(Mail.id)).one()
    page = browser.get(f"/it/mail/{letter}").get_data(as_text=True)
    inner = browser.client.get(f"/it/mail/{letter}/html")

    assert 'href="http://officine.test/it/confirm/' in page
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page
    assert "default-src 'none'" in inner.headers["Content-Security-Policy"]
    assert "script-src" not in inner.headers["Content-Security-Policy"]
    assert inner.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "&lt;b&gt;Ada" in inner.get_data(as_text=True)
    assert '<base target="_top">' in inner.get_data(as_text=True)


def test_a_letter_that_is_not_there(world, visit):
    assert visit().get("/it/mail/999999").status_code == 404


@pytest.fixture
def real_site(tmp_path):
    """A site without the demonstration, on https."""
    return create_app(
        Settings(
            data_dir=tmp_path,
            jobs_url="memory:",
            base_url="https://officine.example",
            secret_key="only-for-tests-" * 4,
            log_level="error",
        )
    )


def test_where_the_demonstration_is_off_its_pages_do_not_exist(real_site):
    browser = real_site.test_client()
    for path in ("/it/mail", "/it/mail/1", "/it/mail/1/html"):
        assert browser.get(path, base_url="https://officine.example").status_code == 404
    page = browser.get("/it/sign-in", base_url="https://officine.example").get_data(as_text=True)
    inspect(page, whole=True, url="/it/sign-in")
    assert "/demo/" not in page
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    reply = browser.post(
        "/it/demo/enter",
        data={"key": "administrator", "csrf_token": token},
        base_url="https://officine.example",
        headers={"Referer": "https://officine.example/it/sign-in"},
    )
    assert reply.status_code == 404


def test_under_https_cookies_travel_on_secure_connections_only(real_site):
    reply = real_site.test_client().get("/it/sign-in", base_url="https://officine.example")
    cookie = reply.headers["Set-Cookie"]

    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
