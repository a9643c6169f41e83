"""Pages for visitors are kept until what they show changes, and for nobody else."""

from datetime import timedelta

import pytest
import time_machine

from officine.blueprints.desk import commands as desk
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.core.page_cache import LASTS


@pytest.fixture(autouse=True)
def keeping(app):
    """Pages are kept here; other tests look at fresh ones."""
    app.config["KEEPS_PAGES"] = True
    yield
    app.config["KEEPS_PAGES"] = False


@pytest.fixture
def topic(world):
    opened = forum.open_topic(
        world.export, by=world.marta, title="Dogana a Basilea", at=now(),
        text="Chi passa di lì ogni settimana?",
    )  # fmt: skip
    db.session.commit()
    return opened


def address(topic):
    return f"/it/topics/{topic.id}-{topic.slug}"


def asked(visit_, url, **options):
    """The answer, and how many questions it cost."""
    reply = visit_.get(url, **options)
    return reply, visit_.queries


def test_a_kept_page_costs_one_question(visit, topic):
    browser = visit()
    first, many = asked(browser, address(topic))
    again, one = asked(browser, address(topic))
    assert many > 2 and one == 1
    assert again.data == first.data
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]


def test_a_browser_that_has_it_gets_nothing(visit, topic):
    first = visit().get(address(topic))
    reply = visit().get(address(topic), headers={"If-None-Match": first.headers["ETag"]})
    assert reply.status_code == 304 and reply.data == b""


@pytest.mark.parametrize("deed", ["answer", "edit", "hide", "thank", "rename"])
def test_it_is_fresh_after_a_change(world, visit, topic, deed):
    post = db.session.query(forum.posts.Post).filter_by(topic_id=topic.id).one()
    before = visit().get(address(topic)).text
    if deed == "answer":
        forum.answer(topic, by=world.teresa, text="Noi ci passiamo.", at=now())
    elif deed == "edit":
        forum.edit_post(post, by=world.marta, text="Chi ci passa ogni giorno?", at=now())
    elif deed == "hide":
        desk.hide_post(post, by=world.giulia, rule="spam", facts="Ripetuto.", at=now())
    elif deed == "thank":
        forum.thank(post, by=world.teresa, at=now())
    else:
        world.marta.name = "Marta Bianchi"
    db.session.commit()
    reply = visit().get(address(topic))
    assert reply.status_code == (404 if deed == "hide" else 200) or reply.text != before
    assert reply.text != before


def test_what_was_undone_leaves_it(visit, world, topic):
    visit().get(address(topic))
    forum.answer(topic, by=world.teresa, text="Noi ci passiamo.", at=now())
    db.session.rollback()
    assert "Noi ci passiamo" not in visit().get(address(topic)).text


def test_members_see_their_own_page(world, visit, topic):
    visit().get(address(topic))
    member, questions = asked(visit(world.marta), address(topic))
    assert "Marta" in member.text and questions > 2
    visitor = visit().get(address(topic)).text
    assert "/it/sign-in" in visitor and "data-token" not in visitor


def test_each_language_and_theme_has_its_own(visit, topic):
    italian = visit().get("/it/groups").text
    assert visit().get("/en/groups").text != italian
    dark = visit(None)
    dark.client.set_cookie("theme", "dark")
    assert dark.get("/it/groups").text != italian
    english = visit(None, Accept_Language="en")
    assert english.get("/it/groups").text != italian, "who reads English is shown English groups"


def test_it_is_not_kept_for_long(visit, topic):
    browser = visit()
    browser.get(address(topic))
    with time_machine.travel(now() + LASTS + timedelta(seconds=1)):
        _page, questions = asked(browser, address(topic))
    assert questions > 1


@pytest.mark.parametrize("url", ["/it/sign-in", "/it/search?q=dogana", "/it/groups?q=dogana"])
def test_what_differs_each_time_is_not_kept(visit, topic, url):
    assert "ETag" not in visit().get(url).headers


def test_a_missing_page_is_not_kept(visit):
    assert "ETag" not in visit().get("/it/groups/nessuno").headers


def test_reading_marks_and_letters_do_not_make_it_old(world, visit, topic, settle):
    browser = visit()
    settle()
    browser.get(address(topic))
    forum.mark_read(world.teresa.id, topic.id, 1, at=now())
    db.session.commit()
    assert asked(browser, address(topic))[1] == 1


def test_every_table_of_which_nothing_is_shown_exists(app):
    from officine.core.page_cache import UNSEEN

    assert set(db.metadata.tables) >= UNSEEN


@pytest.mark.parametrize(
    "url",
    ["", "groups", "groups/export-e-dogane", "groups/export-e-dogane/people", "people",
     "people/marta-colombo", "companies/colombo-tessuti", "interviews", "events", "rules"],
)  # fmt: skip
def test_no_session_is_opened_for_a_visitor(world, visit, topic, url):
    reply = visit().get(f"/it/{url}")
    assert "Set-Cookie" not in reply.headers and "ETag" in reply.headers
