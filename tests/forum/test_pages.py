"""What a topic’s page shows, to whom, and how much it asks."""

import re
from datetime import timedelta

import pytest

from officine.blueprints.desk.commands import hide_post, lock_topic
from officine.blueprints.forum import commands
from officine.core.clock import now
from officine.core.db import db
from officine.models import ReadMark
from tests.forum.conftest import conversation, written

MEMBER, VISITOR = 9, 5
LONG = 45


@pytest.fixture
def long(world, talk):
    conversation(talk.topic, (world.marta, world.davide, world.teresa), LONG, now())
    db.session.commit()
    return talk


def numbers_on(reply):
    return [
        int(found)
        for found in re.findall(
            r"Messaggio numero (\d+)\.", reply.text[reply.text.index('id="posts"') :]
        )
    ]


def test_a_topic_reads_like_a_letters_page(world, talk, visit):
    page = visit().get(talk.url, most_queries=VISITOR).text

    assert "<strong>Lione</strong>" in page
    assert page.index("Marta Colombo") < page.index("Manca il numero VIES")
    assert re.search(r'Davide Rinaldi</a>\s*<span class="tag">Fornitore', page)
    assert '<div class="prose" lang="es">' in page
    assert '<div class="prose" lang="it">' not in page


def test_a_bare_number_and_an_old_title_lead_to_the_address(talk, visit):
    for path in (str(talk.topic.id), f"{talk.topic.id}-vecchio-titolo"):
        reply = visit().get(f"/it/topics/{path}?page=1")
        assert reply.status_code == 301
        assert reply.location == f"{talk.url}?page=1"


@pytest.mark.parametrize("path", ["0", "999999", "99999999999999999999", "x"])
def test_a_topic_that_is_not_there(world, path, visit):
    assert visit().get(f"/it/topics/{path}-x").status_code == 404


def test_a_long_topic_has_pages_with_stable_places(long, visit):
    browser = visit()
    first = browser.get(long.url, most_queries=VISITOR)
    second = browser.get(f"{long.url}?page=2", most_queries=VISITOR)

    assert numbers_on(second) == list(range(21, 41))
    assert 'rel="next"' in first.text and 'rel="prev"' not in first.text
    assert f'<link rel="prev" href="{long.url}">' in second.text
    assert f'<link rel="next" href="{long.url}?page=3">' in second.text
    assert f'rel="canonical" href="http://officine.test{long.url}?page=2"' in second.text


@pytest.mark.parametrize("page", ["4", "0", "-1", "999999999999", "x"])
def test_a_page_that_is_not_there(long, visit, page):
    assert visit().get(f"{long.url}?page={page}").status_code == 404


def test_a_long_topic_costs_a_member_no_query_a_post(world, long, visit):
    browser = visit(world.davide)
    browser.get(long.url, most_queries=MEMBER)
    browser.get(f"{long.url}?page=3", most_queries=MEMBER)


def test_the_scale_of_a_long_topic_shows_its_pages_and_its_useful_answer(world, long, visit):
    commands.mark_answer(long.topic, long.davide, by=world.marta, at=now())

    page = visit().get(f"{long.url}?page=2").text

    scale = page[page.index('class="scale"') :]
    assert len(re.findall("<li>", scale[: scale.index("</ol>")])) == 5
    assert "Risposta utile" in scale and "sei qui" in scale


def test_a_post_has_an_address_of_its_own(long, visit):
    late = long.topic.last_number
    reply = visit().get(f"/it/posts/{long.teresa.id}")
    assert reply.location == f"{long.url}#post-{long.teresa.id}"
    assert visit().get(f"/it/posts/{long.question.id + late + 99}").status_code == 404


def test_one_goes_on_reading_at_the_first_unread_post(world, long, visit):
    db.session.merge(
        ReadMark(member_id=world.davide.id, topic_id=long.topic.id, number=22, at=now())
    )
    db.session.commit()
    browser = visit(world.davide)

    reply = browser.get(f"{long.url}?unread")

    assert re.fullmatch(rf"{long.url}\?page=2#post-\d+", reply.location)
    page = browser.get(reply.location).text
    page = page[page.index('id="posts"') :]
    assert page.index("Nuovi dalla tua ultima visita") < page.index("Messaggio numero 23.")
    assert page.index("Messaggio numero 22.") < page.index("Nuovi dalla tua ultima visita")


def test_a_first_visit_begins_at_the_beginning(world, long, visit):
    assert visit().get(f"{long.url}?unread").location == long.url
    assert visit(world.emma).get(f"{long.url}?unread").location == long.url
    assert visit(world.marta).get(f"{long.url}?unread").status_code == 302


def test_reading_is_remembered_by_the_worker_only(world, talk, visit, settle):
    browser = visit(world.emma)

    browser.get(talk.url)
    assert db.session.get(ReadMark, (world.emma.id, talk.topic.id)) is None

    settle()
    assert db.session.get(ReadMark, (world.emma.id, talk.topic.id)).number == 3


def test_a_page_fetched_ahead_was_not_read(world, talk, visit, settle):
    visit(world.emma, Sec_Purpose="prefetch").get(talk.url)
    settle()

    assert db.session.get(ReadMark, (world.emma.id, talk.topic.id)) is None


def test_the_useful_answer_is_quoted_where_it_is_far(world, long, visit):
    far = commands.answer(long.topic, by=world.davide, text="Serve il **VIES**.", at=now())
    commands.mark_answer(long.topic, far, by=world.marta, at=now())

    page = visit().get(long.url, most_queries=VISITOR + 1).text

    assert "Risposta utile di Davide Rinaldi" in page
    assert "Serve il VIES." in page
    assert f"{long.url}?page=3#post-{far.id}" in page


def test_the_useful_answer_says_who_chose_it(world, talk, visit):
    commands.mark_answer(talk.topic, talk.davide, by=world.marta, at=now())

    assert "Risposta utile, scelta da Marta Colombo" in visit().get(talk.url).text


def test_members_read_what_is_for_members(world, visit):
    topic = commands.open_topic(
        world.castings, by=world.emma, title="Sand prices", text="Who pays 90?", at=now()
    )
    url = f"/en/topics/{topic.id}-sand-prices"

    assert visit().get(url).status_code == 404
    assert 'content="noindex"' in visit(world.marta).get(url).text


def test_a_private_group_does_not_exist_for_others(world, visit):
    topic = commands.open_topic(
        world.famiglia, by=world.marta, title="Eredi", text="Chi decide?", at=now()
    )
    url = f"/it/topics/{topic.id}-eredi"

    assert visit(world.marta).get(url).status_code == 200
    assert visit(world.giulia).get(url).status_code == 200
    assert visit(world.davide).get(url).status_code == 404
    assert visit(world.davide).get(f"/it/topics/{topic.id}/news?after=0").status_code == 404


class TestHidden:
    """What the desk hides leaks nowhere."""

    @pytest.fixture
    def hidden(self, world, talk):
        hide_post(talk.davide, by=world.giulia, at=now(), rule="advertising", facts="Un listino.")
        db.session.commit()
        return talk

    def test_readers_see_that_and_by_which_rule(self, world, hidden, visit):
        for who in (None, world.teresa):
            page = visit(who).get(hidden.url).text
            assert "Manca il numero VIES" not in page
            assert "Messaggio nascosto dalla redazione" in page
            assert "Un listino." not in page
            assert "Davide Rinaldi" not in page[page.index('id="posts"') :]

    def test_author_and_desk_read_it_with_the_reason(self, world, hidden, visit):
        for who in (world.davide, world.giulia):
            page = visit(who).get(hidden.url).text
            assert "Manca il numero VIES" in page and "Un listino." in page

    def test_nobody_quotes_it(self, world, hidden, visit):
        browser = visit(world.teresa)
        assert browser.get(f"/it/posts/{hidden.davide.id}/quotation").status_code == 404
        assert "VIES" not in browser.get(f"{hidden.url}?quote={hidden.davide.id}").text

    def test_its_history_is_not_told(self, world, hidden, visit):
        url = f"/it/posts/{hidden.davide.id}/history"
        assert visit(world.teresa).get(url).status_code == 404
        assert visit(world.davide).get(url).status_code == 200

    def test_the_title_goes_with_the_post_that_opens_a_topic(self, world, talk, visit):
        hide_post(talk.question, by=world.giulia, at=now(), rule="privacy", facts="Un nome.")
        db.session.commit()

        reply = visit(world.teresa).get(talk.url)
        assert reply.status_code == 301
        assert reply.location == f"/it/topics/{talk.topic.id}"

        page = visit(world.teresa).get(reply.location).text
        assert "l’IVA" not in page and "perche-l-iva" not in page
        assert "Discussione nascosta dalla redazione" in page
        assert "l’IVA" not in visit().get("/it/groups/export-e-dogane").text
        assert "l’IVA" in visit(world.marta).get(talk.url).text


def test_a_deleted_post_leaves_its_place(world, talk, visit):
    commands.delete_post(talk.davide, by=world.davide, at=now())

    page = visit(world.marta).get(talk.url).text

    assert "Messaggio cancellato da chi l’ha scritto." in page
    assert "Manca il numero VIES" not in page


def test_a_topic_taken_back_is_gone(world, visit):
    topic = commands.open_topic(
        world.export, by=world.marta, title="Ripensato", text="Niente.", at=now()
    )
    commands.delete_post(written(topic, 1), by=world.marta, at=now())

    assert visit(world.marta).get(f"/it/topics/{topic.id}-ripensato").status_code == 404
    assert "Ripensato" not in visit().get("/it/groups/export-e-dogane").text


def test_a_closed_topic_says_so_instead_of_asking(world, talk, visit):
    lock_topic(talk.topic, by=world.giulia, at=now(), rule="off-topic", facts="Altro tema.")
    db.session.commit()

    page = visit(world.davide).get(talk.url).text

    assert "Questa discussione è chiusa" in page
    assert 'id="answer-text"' not in page


def test_a_visitor_is_asked_in(talk, visit):
    page = visit().get(talk.url).text

    assert 'id="answer-text"' not in page
    assert "/it/sign-up?next=" in page
    assert 'id="deeds"' not in page


def test_a_call_for_help_shows_its_clock(world, visit):
    topic = commands.open_topic(
        world.export, by=world.marta, title="Camion fermo", text="Al Brennero.", sos=True,
        at=now() - timedelta(minutes=30),
    )  # fmt: skip
    url = f"/it/topics/{topic.id}-camion-fermo"
    assert "Aspetta una prima risposta da 30 minuti" in visit().get(url).text

    commands.answer(
        topic, by=world.davide, text="Ci sono.", at=topic.opened_at + timedelta(hours=1)
    )
    assert "Prima risposta dopo 1 ora" in visit().get(url).text


def test_related_topics_share_words_first(world, talk, visit):
    for title in ("Fiere di primavera", "IVA e dogana in Svizzera"):
        commands.open_topic(world.export, by=world.davide, title=title, text="…", at=now())

    page = visit().get(talk.url).text

    near = page[page.index("Discussioni vicine") :]
    assert near.index("IVA e dogana") < near.index("Fiere di primavera")


def test_what_a_post_said_before_can_be_read(world, talk, visit):
    commands.edit_post(talk.davide, by=world.davide, text="Manca il codice VIES.", at=now())

    page = visit().get(f"/it/posts/{talk.davide.id}/history").text

    assert "<del>numero</del>" in page and "<ins>codice</ins>" in page


def test_the_group_s_list_shows_what_is_new_for_me(world, talk, visit):
    commands.mark_read(world.davide.id, talk.topic.id, 2, at=now())
    db.session.commit()

    page = visit(world.davide).get("/it/groups/export-e-dogane").text

    assert "is-unread" in page
    assert f"{talk.url}?unread=1" in page
    assert "is-unread" not in visit().get("/it/groups/export-e-dogane").text


def test_the_mark_of_new_posts_stands_where_they_begin(world, long, visit):
    commands.mark_read(world.emma.id, long.topic.id, 5, at=now())
    db.session.commit()
    browser = visit(world.emma)

    assert "Nuovi dalla tua ultima visita" in browser.get(long.url).text
    assert "Nuovi dalla tua ultima visita" not in browser.get(f"{long.url}?page=2").text
