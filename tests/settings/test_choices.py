from officine.core.db import db
from officine.models import Member

CHOICES = {"interface": "es", "reads": ["es", "it"], "timezone": "America/Bogota"}


def marta(world) -> Member:
    return db.session.get(Member, world.marta.id)


def test_a_member_chooses_languages_and_clock(world, visit):
    browser = visit(world.marta)

    reply = browser.post("/it/settings/languages", **CHOICES)

    assert reply.location == "/es/settings"
    assert marta(world).interface_language == "es"
    assert marta(world).reads == ("it", "es")
    assert marta(world).timezone == "America/Bogota"
    assert "lang=es" in reply.headers["Set-Cookie"]
    assert "Tus idiomas están guardados." in browser.get("/es/settings").get_data(as_text=True)


def test_htmx_fetches_the_page_anew_in_its_language(world, visit):
    reply = visit(world.marta).htmx_post("/it/settings/languages", **CHOICES)

    assert reply.headers["HX-Redirect"] == "/es/settings"


def test_the_sites_clock_can_be_chosen_again(world, visit):
    visit(world.marta).post("/it/settings/languages", **CHOICES | {"timezone": ""})

    assert marta(world).timezone is None


def test_what_is_no_language_and_no_clock_is_refused(world, visit):
    for wrong, field in (
        ({"interface": "de"}, "interface"),
        ({"interface": ""}, "interface"),
        ({"reads": []}, "reads"),
        ({"reads": ["de", "'"]}, "reads"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
    ):
        reply = visit(world.marta).post("/it/settings/languages", **CHOICES | wrong)
        assert reply.status_code == 422, wrong
        assert f'id="{field}-problem"' in reply.get_data(as_text=True)
    assert marta(world).interface_language == "it"


def test_htmx_gets_the_form_back_with_what_was_chosen(world, visit):
    reply = visit(world.marta).htmx_post("/it/settings/languages", **CHOICES | {"reads": []})
    piece = reply.get_data(as_text=True)

    assert reply.status_code == 422
    assert "<html" not in piece
    assert 'id="interface-2" name="interface" value="es" checked' in piece


def test_a_visitor_has_no_settings(world, visit):
    for path in ("languages", "letters"):
        assert visit().post(f"/it/settings/{path}").location.startswith("/it/sign-in")


def test_a_newcomer_may_choose_too(world, visit):
    assert visit(world.newcomer).post("/it/settings/languages", **CHOICES).status_code == 303


def test_a_member_chooses_of_what_to_hear_by_mail(world, visit):
    reply = visit(world.marta).post("/it/settings/letters", mentions="y")

    assert reply.location == "/it/settings"
    assert (marta(world).mail_answers, marta(world).mail_mentions) == (False, True)


def test_htmx_sees_the_choice_in_place(world, visit):
    reply = visit(world.marta).htmx_post("/it/settings/letters", answers="y")
    piece = reply.get_data(as_text=True)

    assert 'id="letters"' in piece
    assert "La tua scelta è salvata." in piece
    assert marta(world).mail_mentions is False


def test_the_page_shows_what_was_chosen(world, visit):
    world.marta.timezone = "Europe/London"
    world.marta.mail_mentions = False
    page = visit(world.marta).get("/it/settings").get_data(as_text=True)

    assert 'selected value="Europe/London"' in page
    assert "Regno Unito" in page
    assert 'name="answers" type="checkbox"' in page
