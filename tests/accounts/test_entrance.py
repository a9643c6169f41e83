import pytest


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("es-AR,es;q=0.9,en;q=0.8", "es"),
        ("en-GB", "en"),
        ("de-DE,de;q=0.9,fr;q=0.8", "it"),
        ("fr,it;q=0.2,es;q=0.5", "es"),
        ("", "it"),
        ("*", "it"),
    ],
)
def test_the_door_leads_to_the_browsers_language(world, visit, accepted, language):
    reply = visit(Accept_Language=accepted).get("/")

    assert reply.status_code == 302
    assert reply.location == f"/{language}/"
    assert {"Accept-Language", "Cookie"} <= set(reply.vary)


def test_a_saved_choice_comes_before_the_browsers(world, visit):
    browser = visit(Accept_Language="en")
    browser.client.set_cookie("lang", "es", domain="officine.test")

    assert browser.get("/", base_url="http://officine.test").location == "/es/"


def test_a_members_choice_comes_first(world, visit):
    assert visit(world.teresa, Accept_Language="en").get("/").location == "/es/"


def test_a_forged_choice_is_none(world, visit):
    browser = visit(Accept_Language="en")
    browser.client.set_cookie("lang", "../evil")

    assert browser.get("/").location == "/en/"


def test_going_to_the_same_page_in_another_language_is_a_choice(world, visit):
    browser = visit(Accept_Language="en")
    browser.get("/es/groups", headers={"Referer": "http://localhost/it/groups?q=x"})

    assert browser.get("/").location == "/es/"


@pytest.mark.parametrize(
    "came_from",
    [
        "http://localhost/es/groups", "http://localhost/it/people", "http://evil.example/it/groups",
        "http://localhost/", "", "nonsense", "http://localhost/de/groups",
    ],
)  # fmt: skip
def test_coming_from_elsewhere_is_no_choice(world, visit, came_from):
    browser = visit(Accept_Language="en")
    browser.get("/es/groups", headers={"Referer": came_from})

    assert browser.get("/").location == "/en/"
