from officine.blueprints.accounts.queries import open_sessions
from officine.core.db import db
from officine.models import SignIn
from tests.accounts.newcomers import OTHER_PASSWORD, PASSWORD, with_password

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(world, visit, settle, outbound):
    with_password(world.marta)
    elsewhere, here = visit(world.marta), visit(world.marta)

    reply = here.post("/it/settings/password", current=PASSWORD, password=OTHER_PASSWORD)
    settle()

    assert reply.location == "/it/settings"
    assert here.get("/it/settings").status_code == 200
    assert elsewhere.get("/it/settings").status_code == 303
    assert outbound.to(world.marta.email)[0]["Subject"] == "La tua password è cambiata"
    sign_in = visit().post("/it/sign-in", email=world.marta.email, password=OTHER_PASSWORD)
    assert sign_in.status_code == 303


def test_without_the_old_password_there_is_no_new_one(world, visit):
    with_password(world.marta)
    for fields, problem in (
        ({"current": "sbagliata", "password": OTHER_PASSWORD}, "current"),
        ({"password": OTHER_PASSWORD}, "current"),
        ({"current": PASSWORD, "password": "breve"}, "password"),
        ({"current": PASSWORD, "password": "marta colombo"}, "password"),
        ({"current": PASSWORD}, "password"),
    ):
        reply = visit(world.marta).post("/it/settings/password", **fields)
        page = reply.get_data(as_text=True)
        assert reply.status_code == 422
        assert f'id="{problem}-problem"' in page
        assert PASSWORD not in page
        assert OTHER_PASSWORD not in page


def test_htmx_changes_the_password_in_place(world, visit):
    with_password(world.marta)
    refused = visit(world.marta).htmx_post("/it/settings/password", current="x", password="y")
    assert refused.status_code == 422
    assert "<html" not in refused.get_data(as_text=True)

    done = visit(world.marta).htmx_post(
        "/it/settings/password", current=PASSWORD, password=OTHER_PASSWORD
    )
    assert done.headers["HX-Redirect"] == "/it/settings"


def test_a_visitor_has_no_password_and_no_sessions(world, visit):
    for path in ("password", "sessions/1/end", "sessions/others/end"):
        assert visit().post(f"/it/settings/{path}").location.startswith("/it/sign-in")


def test_the_list_tells_each_device_in_words(world, visit):
    with_password(world.marta)
    browser = visit(User_Agent=FIREFOX)
    browser.post("/it/sign-in", email=world.marta.email, password=PASSWORD)
    visit(world.marta)

    page = browser.get("/it/settings/sessions").get_data(as_text=True)

    assert "Firefox su Windows" in page
    assert "Questo dispositivo, adesso." in page
    assert "Ultima visita:" in page


def test_one_signs_out_there(world, visit):
    there, here = visit(world.marta), visit(world.marta)
    first = open_sessions(world.marta)[-1]

    reply = here.post(f"/it/settings/sessions/{first.id}/end")

    assert reply.location == "/it/settings/sessions"
    assert there.get("/it/settings").status_code == 303
    assert here.get("/it/settings").status_code == 200


def test_htmx_sees_the_shorter_list(world, visit):
    visit(world.marta)
    here = visit(world.marta)
    first = open_sessions(world.marta)[-1]

    piece = here.htmx_post(f"/it/settings/sessions/{first.id}/end").get_data(as_text=True)

    assert piece.count('class="setting-row"') == 1
    assert "Lì la sessione è chiusa." in piece


def test_signing_out_here_from_the_list(world, visit):
    here = visit(world.marta)

    reply = here.post(f"/it/settings/sessions/{open_sessions(world.marta)[0].id}/end")

    assert reply.location == "/it/sign-in"
    assert here.get("/it/settings").status_code == 303


def test_one_signs_out_everywhere_else(world, visit):
    others = [visit(world.marta) for _ in range(3)]
    here = visit(world.marta)

    here.post("/it/settings/sessions/others/end")

    assert [other.get("/it/settings").status_code for other in others] == [303] * 3
    assert len(open_sessions(world.marta)) == 1
    assert here.get("/it/settings").status_code == 200


def test_the_sessions_of_others_do_not_exist(world, visit):
    visit(world.teresa)
    hers = open_sessions(world.teresa)[0].id

    assert visit(world.marta).post(f"/it/settings/sessions/{hers}/end").status_code == 404
    assert db.session.get(SignIn, hers).ended_at is None
    assert visit(world.marta).post("/it/settings/sessions/99999/end").status_code == 404
