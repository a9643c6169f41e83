import pytest
from sqlalchemy import select

from officine.blueprints.accounts import commands
from officine.blueprints.accounts.queries import open_sessions
from officine.core import passwords
from officine.core.clock import now
from officine.core.db import db
from officine.models import Member, SignIn
from tests.accounts.newcomers import PASSWORD, with_password

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_member_signs_in(world, visit):
    marta = with_password(world.marta)
    browser = visit(User_Agent=FIREFOX)

    reply = browser.post("/en/sign-in", email=" Marta-Colombo@Example.org", password=PASSWORD)

    assert reply.status_code == 303
    assert reply.location == "/it/"
    session = open_sessions(marta)[0]
    assert session.device == "Firefox/Windows"
    assert browser.get("/it/settings").status_code == 200


def test_htmx_signs_in_as_a_browser_does(world, visit):
    with_password(world.marta)

    reply = visit().htmx_post("/it/sign-in", email=world.marta.email, password=PASSWORD)

    assert reply.headers["HX-Redirect"] == "/it/"


def test_an_unknown_address_and_a_wrong_password_hear_the_same(world, visit, monkeypatch):
    with_password(world.marta)
    tried = []
    matches = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *given: tried.append(given) or matches(*given))

    unknown = visit().post("/it/sign-in", email="nobody@example.org", password=PASSWORD)
    wrong = visit().post("/it/sign-in", email=world.marta.email, password="sbagliata davvero")

    assert unknown.status_code == wrong.status_code == 422
    assert said(unknown) == said(wrong) != ""
    assert len(tried) == 2, "the time tells too"


def said(reply) -> str:
    page = reply.get_data(as_text=True)
    return page.partition('role="alert"')[2].partition("</div>")[0]


def test_what_was_typed_is_kept_but_never_the_password(world, visit):
    reply = visit().post("/it/sign-in", email="nobody@example.org", password="la mia frase segreta")
    page = reply.get_data(as_text=True)

    assert "nobody@example.org" in page
    assert "la mia frase segreta" not in page


def test_empty_fields_are_told_apart(world, visit):
    page = visit().post("/it/sign-in").get_data(as_text=True)

    assert 'id="email-problem"' in page
    assert 'id="password-problem"' in page


def test_who_left_does_not_come_in(world, visit):
    emma = with_password(world.emma)
    address = emma.email
    commands.leave(emma, at=now(), desk_takes_over=True)
    db.session.commit()

    assert visit().post("/en/sign-in", email=address, password=PASSWORD).status_code == 422


def test_one_may_stay_signed_in(world, visit):
    with_password(world.marta)
    short = visit().post("/it/sign-in", email=world.marta.email, password=PASSWORD)
    long = visit().post("/it/sign-in", email=world.marta.email, password=PASSWORD, stay="y")

    assert "Expires" not in short.headers["Set-Cookie"]
    assert "Expires" in long.headers["Set-Cookie"]


def test_the_cookie_is_for_the_browser_alone(world, visit):
    with_password(world.marta)
    cookie = (
        visit()
        .post("/it/sign-in", email=world.marta.email, password=PASSWORD)
        .headers["Set-Cookie"]
    )

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_what_the_session_held_before_is_forgotten(world, visit):
    with_password(world.marta)
    browser = visit()
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody"

    browser.post("/it/sign-in", email=world.marta.email, password=PASSWORD)

    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert len(session["_user_id"]) >= 43


def test_the_secret_is_not_kept(world, visit):
    with_password(world.marta)
    browser = visit()
    browser.post("/it/sign-in", email=world.marta.email, password=PASSWORD)

    with browser.client.session_transaction() as session:
        secret = session["_user_id"]
    assert db.session.scalar(select(SignIn.id).filter_by(token_hash=secret)) is None
    assert all(secret not in row.token_hash for row in open_sessions(world.marta))


def test_one_lands_where_one_wanted_to_go(world, visit):
    with_password(world.marta)
    reply = visit().post(
        "/it/sign-in", email=world.marta.email, password=PASSWORD, next="/it/groups?q=seta"
    )

    assert reply.location == "/it/groups?q=seta"


def test_nobody_is_led_to_another_site(world, visit):
    with_password(world.marta)
    reply = visit().post(
        "/it/sign-in", email=world.marta.email, password=PASSWORD, next="//evil.example/it/"
    )

    assert reply.location == "/it/"


def test_signing_out_ends_the_session_for_good(world, visit):
    with_password(world.marta)
    browser = visit()
    browser.post("/it/sign-in", email=world.marta.email, password=PASSWORD)
    with browser.client.session_transaction() as session:
        stolen = session["_user_id"]

    assert browser.post("/it/sign-out").location == "/it/"

    assert browser.get("/it/settings").status_code == 303
    thief = visit()
    with thief.client.session_transaction() as session:
        session["_user_id"] = stolen
    assert thief.get("/it/settings").status_code == 303


def test_signing_out_twice_harms_nobody(world, visit):
    assert visit().post("/it/sign-out").status_code == 303


def test_signing_out_is_no_link(world, visit):
    assert visit(world.marta).get("/it/sign-out").status_code == 405


def test_a_forged_session_is_a_visitors(world, visit):
    for forged in ("1", str(world.marta.id), "", "a" * 5000, "test-session-1"):
        browser = visit()
        with browser.client.session_transaction() as session:
            session["_user_id"] = forged
        assert browser.get("/it/settings").status_code == 303


def test_a_hash_of_former_days_is_made_anew(world, visit):
    from argon2 import PasswordHasher

    world.marta.password_hash = PasswordHasher(time_cost=2, memory_cost=64).hash(PASSWORD)
    db.session.commit()

    visit().post("/it/sign-in", email=world.marta.email, password=PASSWORD)

    assert not passwords.is_outdated(db.session.get(Member, world.marta.id).password_hash)


def test_a_form_without_its_token_is_refused(world, app):
    with_password(world.marta)
    reply = app.test_client().post(
        "/it/sign-in", data={"email": world.marta.email, "password": PASSWORD}
    )

    assert reply.status_code == 400
    assert not open_sessions(world.marta)


@pytest.mark.parametrize("path", ["/it/settings", "/it/settings/password", "/it/settings/data"])
def test_a_visitor_is_asked_to_sign_in_and_led_back(world, visit, path):
    reply = visit().get(path)

    assert reply.status_code == 303
    assert reply.location == f"/it/sign-in?next={path}"
