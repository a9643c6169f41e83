"""One box over everything: what it finds, for whom, and how it says so."""

import re
from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from officine.blueprints.desk import commands as desk
from officine.blueprints.forum import commands as forum
from officine.blueprints.profiles import commands as profiles
from officine.blueprints.search import queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.index import keeping
from officine.models import Post
from tests.conftest import BrokenIndex

TYPING = {"HX-Source": "input#site-search"}


@pytest.fixture
def found(world, visit, settle):
    """The page of results, once the worker has done what waited."""
    keeping.rebuild()

    def ask(question, who=None, language="it", filters="", **options):
        settle()
        reply = visit(who).get(f"/{language}/search?q={question}{filters}", **options)
        assert reply.status_code == 200
        return reply.get_data(as_text=True)

    return ask


def topic(world, group=None, **changes):
    return forum.open_topic(
        group or world.export,
        **{
            "by": world.marta,
            "title": "Merce ferma a Felixstowe",
            "text": "Le imprese pagano la dogana all’estero due volte. Perché?",
            "at": now(),
        }
        | changes,
    )


def opening_of(opened):
    return db.session.scalar(select(Post).filter_by(topic_id=opened.id, number=1))


def heading(html):
    return re.sub(r"\s+", " ", re.search("<h1[^>]*>(.*?)</h1>", html, re.S)[1]).strip()


def figure(html, kind):
    link = re.search(rf'<a href="[^"]*kind={kind}[^"]*"[^>]*>(.*?)</a>', html, re.S)[1]
    return re.search(r'class="number">([^<]+)', link)[1]


def count(html, kind):
    return int(figure(html, kind))


def switch(html, own_name):
    return re.search(rf'>{own_name}</span><span class="number">([^<]+)', html)[1]


@pytest.mark.parametrize(
    "question", ["impresa", "dogane", "l'estero", "perche dogana", "FELIXSTOWE"]
)
def test_a_visitor_finds_a_public_post_by_any_form_of_its_words(world, found, question):
    opened = topic(world)

    page = found(question)

    assert f"/it/topics/{opened.id}-" in page
    assert count(page, "topic") == 1


def test_the_words_asked_for_are_marked_and_the_rest_is_escaped(world, found):
    topic(world, title="Dogane & <b>dazi</b>", text="Chi paga la **dogana** <script>?")

    page = found("dogana")

    assert "<mark>Dogane</mark> &amp; &lt;b&gt;dazi&lt;/b&gt;" in page
    assert "la <mark>dogana</mark> &lt;script&gt;?" in page


def test_a_topic_is_listed_once_and_leads_to_its_best_post(world, found):
    opened = topic(world, text="Buongiorno a tutti.")
    forum.answer(opened, by=world.davide, text="Buongiorno a te.", at=now())
    best = forum.answer(opened, by=world.davide, text="È la dogana, sempre la dogana.", at=now())

    page = found("dogana")

    assert page.count('class="topic-row') == 1
    assert f'/it/topics/{opened.id}-merce-ferma-a-felixstowe#post-{best.id}"' in page


def test_what_is_found_stands_by_kind(world, found):
    topic(world, text="Con Colombo Tessuti ci troviamo bene.")

    page = found("colombo")

    assert count(page, "topic") == 1
    assert count(page, "person") == 1
    assert count(page, "company") == 1
    assert "<mark>Colombo</mark> Tessuti" in page
    assert "Marta <mark>Colombo</mark>" in page
    assert heading(page).startswith("3 risultati")


def test_a_kind_alone_and_a_language_alone(world, found):
    topic(world, text="Un fornitore nuovo: Felixstowe.")
    topic(world, world.energia, by=world.teresa, title="Felixstowe", text="Un proveedor nuevo.")

    assert heading(found("felixstowe")).startswith("2 ")
    spanish = found("felixstowe", filters="&lang=es")
    assert heading(spanish).startswith("1 ")
    assert '<a href="/it/topics/' in spanish and 'lang="es"' in spanish
    assert (
        heading(found("felixstowe", filters="&kind=group")) == "Nessun risultato per «felixstowe»"
    )


def test_each_language_is_a_link_that_takes_it_in_or_leaves_it_out(world, found):
    topic(world, text="Felixstowe")
    topic(world, world.energia, by=world.teresa, title="Felixstowe", text="Nada.")

    both = found("felixstowe")
    only = found("felixstowe", filters="&lang=es")

    assert 'href="/it/search?q=felixstowe&amp;lang=it"' in both
    assert 'href="/it/search?q=felixstowe&amp;lang=es"' in both
    assert 'href="/it/search?q=felixstowe"' in only


def test_what_somebody_reads_comes_first(world, found):
    topic(world, world.energia, by=world.teresa, title="Felixstowe Felixstowe", text="Felixstowe")
    topic(world, title="Un porto", text="Abbiamo perso due giorni, forse tre, a Felixstowe.")

    page = found("felixstowe")

    titles = re.findall(r'class="title">.*?</h3>', page, re.S)
    assert "Un porto" in titles[0]
    assert 'lang="es"' in titles[1]


def test_no_language_is_crowded_out_by_the_many_hits_of_another(world, found, monkeypatch):
    """At most so many hits are looked at: of each language, however well the other fits."""
    monkeypatch.setattr(queries, "MOST", 3)
    for number in range(5):
        topic(world, title=f"Felixstowe {number}", text="Felixstowe, Felixstowe")
    for number in range(2):
        topic(
            world, world.energia, by=world.teresa, title=f"Un proveedor {number}",
            text="Nos llega todo por mar hasta Felixstowe, y luego en tren.",
        )  # fmt: skip

    everything = found("felixstowe")
    spanish = found("felixstowe", filters="&lang=es")
    italian = found("felixstowe", filters="&lang=it")

    assert heading(everything) == "Più di 5 risultati per «felixstowe»"
    assert (switch(everything, "Italiano"), switch(everything, "Español")) == ("3+", "2")
    assert figure(everything, "topic") == "5+"
    assert heading(spanish) == "2 risultati per «felixstowe»"
    assert figure(spanish, "topic") == "2"
    assert (switch(spanish, "Italiano"), switch(spanish, "Español")) == ("3+", "2")
    assert spanish.count("Un proveedor") == 2
    assert heading(italian) == "Più di 3 risultati per «felixstowe»"
    titles = re.findall(r'class="title">.*?</h3>', everything, re.S)
    assert ["proveedor" in title for title in titles] == [False] * 3 + [True] * 2


def test_what_was_just_hidden_leaves_the_counts_of_its_language(
    world, found, visit, settle, monkeypatch
):
    monkeypatch.setattr(queries, "MOST", 3)
    for number in range(3):
        topic(world, title=f"Felixstowe {number}")
    spanish = topic(world, world.energia, by=world.teresa, title="Felixstowe", text="Nada.")
    assert switch(found("felixstowe"), "Español") == "1"
    desk.hide_post(opening_of(spanish), by=world.giulia, at=now(), rule="spam", facts="Repetido.")

    page = visit().get("/it/search?q=felixstowe").text

    assert heading(page) == "3 risultati per «felixstowe»"
    assert "Español" not in page.split('class="results-head"')[1].split("</header>")[0]


# For whose eyes


def test_what_members_write_among_themselves_is_found_by_members_alone(world, found):
    topic(world, world.castings, by=world.emma, title="Bronze", text="zanzibar")

    assert heading(found("zanzibar")) == "Nessun risultato per «zanzibar»"
    assert heading(found("zanzibar", world.marta)).startswith("1 ")


def test_what_stands_in_a_private_group_is_found_by_its_people_and_the_desk(world, found):
    topic(world, world.famiglia, title="Il patto", text="zanzibar")

    assert heading(found("zanzibar", world.emma)) == "Nessun risultato per «zanzibar»"
    assert heading(found("zanzibar", world.marta)).startswith("1 ")
    assert heading(found("zanzibar", world.giulia)).startswith("1 ")


def test_a_correction_tells_no_word_of_a_private_group(world, found):
    topic(world, world.famiglia, title="Il patto", text="zanzibar")

    assert "zanzibar" not in found("zanzibra", world.emma)
    assert "zanzibar" in found("zanzibra", world.marta)


def test_a_hidden_post_is_found_no_more_and_not_counted(world, found):
    opened = topic(world)
    post = forum.answer(opened, by=world.davide, text="Comprate zanzibar da me.", at=now())
    assert heading(found("zanzibar")).startswith("1 ")

    desk.hide_post(post, by=world.giulia, at=now(), rule="advertising", facts="Pubblicità.")

    assert heading(found("zanzibar")) == "Nessun risultato per «zanzibar»"


def test_the_database_has_the_last_word_while_the_index_lags(world, found, visit, settle):
    """The worker stands still: the index still holds the post that has just been hidden."""
    opened = topic(world)
    post = forum.answer(opened, by=world.davide, text="Comprate zanzibar da me.", at=now())
    settle()
    desk.hide_post(post, by=world.giulia, at=now(), rule="advertising", facts="Pubblicità.")

    page = visit().get("/it/search?q=zanzibar").get_data(as_text=True)

    assert heading(page) == "Nessun risultato per «zanzibar»"
    assert "Comprate" not in page
    assert count(page, "topic") == 0


def test_when_the_best_post_of_a_topic_was_just_hidden_the_next_best_stands_for_it(
    world, found, visit, settle
):
    opened = topic(world, text="La merce va a zanzibar.")
    best = forum.answer(opened, by=world.davide, text="zanzibar, zanzibar", at=now())
    settle()
    desk.hide_post(best, by=world.giulia, at=now(), rule="spam", facts="Ripetuto.")

    page = visit().get("/it/search?q=zanzibar").get_data(as_text=True)

    assert heading(page).startswith("1 ")
    assert "La merce va a <mark>zanzibar</mark>" in page


def test_with_the_opening_post_the_whole_topic_goes(world, found):
    opened = topic(world)
    forum.answer(opened, by=world.davide, text="zanzibar", at=now())
    assert heading(found("zanzibar")).startswith("1 ")

    desk.hide_post(opening_of(opened), by=world.giulia, at=now(), rule="spam", facts="Ripetuto.")

    assert heading(found("zanzibar")) == "Nessun risultato per «zanzibar»"


def test_a_post_taken_back_is_found_no_more(world, found):
    opened = topic(world)
    post = forum.answer(opened, by=world.davide, text="zanzibar", at=now())
    found("zanzibar")

    forum.delete_post(post, by=world.davide, at=now())

    assert heading(found("zanzibar")) == "Nessun risultato per «zanzibar»"


def test_an_edited_post_is_found_by_its_new_words_alone(world, found):
    opened = topic(world)
    post = forum.answer(opened, by=world.davide, text="zanzibar", at=now())
    found("zanzibar")

    forum.edit_post(post, by=world.davide, text="madagascar", at=now() + timedelta(minutes=1))

    assert heading(found("zanzibar")) == "Nessun risultato per «zanzibar»"
    assert heading(found("madagascar")).startswith("1 ")


def test_a_new_title_is_found_at_once_in_every_post_of_the_topic(world, found):
    opened = topic(world)
    found("dogana")

    forum.edit_topic(opened, by=world.marta, at=now(), title="Fermi a Dover")

    assert heading(found("dover")).startswith("1 ")
    assert heading(found("felixstowe")) == "Nessun risultato per «felixstowe»"


def test_what_a_member_shows_to_members_alone_finds_them_for_members_alone(world, found):
    world.emma.about, world.emma.about_html = "I collect zanzibar.", "<p>I collect zanzibar.</p>"
    world.emma.shown_to = {"about": "members"}
    db.session.commit()
    keeping.rebuild()

    assert heading(found("zanzibar", language="en")) == "Nothing found for “zanzibar”"
    page = found("zanzibar", world.marta, language="en")
    assert heading(page).startswith("1 ")
    assert "I collect <mark>zanzibar</mark>" in page


def test_who_has_not_confirmed_is_not_found(world, found):
    assert heading(found("piero")) == "Nessun risultato per «piero»"


def test_a_private_group_is_found_by_its_people_and_a_members_one_by_everyone(world, found):
    assert heading(found("passaggio")) == "Nessun risultato per «passaggio»"
    assert heading(found("passaggio", world.marta)).startswith("1 ")
    assert heading(found("castings", language="en")).startswith("1 ")


def test_a_person_with_a_new_profile_is_found_by_it(world, found):
    world.teresa.offers = "hornos de rodillos"
    profiles.record(profiles.ProfileChanged(world.teresa.id))

    page = found("horno", world.marta)

    assert heading(page).startswith("1 ")
    assert "<mark>hornos</mark> de rodillos" in page


# What the page says


def test_a_slip_is_corrected_and_says_so(world, found):
    topic(world, title="Verso l’Inghilterra", text="La dogana costa.")

    page = found("dogana+ingilterra")

    assert heading(page).endswith("per «dogana inghilterra»")
    assert "Abbiamo corretto «dogana ingilterra»" in page
    assert 'href="/it/search?q=dogana+ingilterra&amp;exactly=1"' in page


def test_a_correction_carries_the_accents_of_what_was_found(world, found):
    topic(world, text="¿Cuándo es la reunión?", language="es")

    assert heading(found("reunoin")) == "1 risultato per «reunión»"


def test_whoever_wants_the_very_word_gets_it(world, found):
    topic(world, title="Inghilterra")

    page = found("ingilterra", filters="&exactly=1")

    assert heading(page) == "Nessun risultato per «ingilterra»"
    assert 'Forse cercavi <a href="/it/search?q=inghilterra">inghilterra</a>?' in page


def test_a_long_list_goes_on(world, found):
    for number in range(25):
        topic(world, title=f"Dogana {number}", text="Felixstowe", at=now())

    first = found("felixstowe", filters="&kind=topic")
    second = found("felixstowe", filters="&kind=topic&page=2")

    assert heading(first).startswith("25 ")
    assert first.count('class="topic-row') == 20
    assert 'href="/it/search?q=felixstowe&amp;kind=topic&amp;page=2"' in first
    assert "Ne restano 5." in first
    assert second.count('class="topic-row') == 5
    titles = re.findall(r"Dogana \d+</a>", first + second)
    assert len(set(titles)) == 25


def test_a_page_beyond_the_last_is_not_there(world, visit):
    assert visit().get("/it/search?q=felixstowe&kind=topic&page=9").status_code == 404


def test_without_a_question_the_page_teaches(visit, app):
    page = visit().get("/it/search").get_data(as_text=True)

    assert heading(page) == "Cerca"
    assert "fra virgolette" in page


def test_while_one_types_the_results_come_alone_and_beginnings_count(world, visit, settle, found):
    topic(world)
    settle()

    reply = visit().htmx_get("/it/search?q=felixs", **TYPING)

    piece = reply.get_data(as_text=True)
    assert "<html" not in piece
    assert heading(piece) == "1 risultato per «felixs»"
    assert "<mark>Felixstowe</mark>" in piece
    assert 'id="kinds"' in piece and "hx-swap-oob" in piece
    assert heading(visit().get("/it/search?q=felixs").get_data(as_text=True)) != heading(piece)


def test_search_pages_are_kept_out_of_other_search_engines(visit, app):
    assert '<meta name="robots" content="noindex">' in visit().get("/it/search").get_data(True)


def test_results_cost_few_queries(world, found):
    topic(world, text="Con Colombo Tessuti ci troviamo bene.")
    for number in range(12):
        topic(world, title=f"Colombo {number}", text="Colombo")

    found("colombo", world.marta, most_queries=12)
    found("colombo", most_queries=9)


# An index that is missing or behind


def test_without_an_index_the_page_says_so_and_asks_for_a_new_one(world, visit, settle):
    topic(world)
    settle()
    index = current_app.extensions["officine.index"]
    current_app.extensions["officine.index"] = BrokenIndex()

    page = visit().get("/it/search?q=felixstowe")

    assert page.status_code == 200
    assert "La ricerca è in riparazione" in page.get_data(as_text=True)
    assert visit().get("/it/groups?q=felixstowe").status_code == 200
    assert visit().get("/readyz").status_code == 503

    current_app.extensions["officine.index"] = index
    index._place.condemn(index._place.current())
    settle()
    assert heading(visit().get("/it/search?q=felixstowe").get_data(as_text=True)).startswith("1 ")


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%F0%9F%92%A9", "q=" + "a" * 5000, "q=%22", "q=%3Cscript%3E",
        "q=a&kind=nonsense", "q=a&lang=xx&lang=it", "q=a&page=-1",
        "q=a&page=99999999999999999999", "q=a&page=²",
        "q=%ff%fe", "kind=topic", "q=((((", "q=a:b*~[", "exactly=1", "q=a&q=b",
    ],
)  # fmt: skip
def test_whatever_is_asked_gets_a_page(world, visit, query):
    keeping.rebuild()
    assert visit().get(f"/it/search?{query}").status_code in (200, 404)


# Suggestions, under the box at the top of every page


def suggested(browser, words, language="it"):
    return browser.htmx_get(f"/{language}/search/suggestions?q={words}", **TYPING).text


def test_every_page_suggests_while_one_types(world, visit):
    assert 'data-hx-get="/it/search/suggestions"' in visit().get("/it/groups").text
    assert 'data-hx-get="/it/search/suggestions"' in visit(world.marta).get("/it/settings").text


def test_suggestions_are_links_with_their_kind(world, visit, found):
    topic(world)
    found("dogana")

    html = suggested(visit(), "dogan")

    assert re.search(r'<a href="/it/topics/\d+-merce-ferma-a-felixstowe"', html)
    assert '<a href="/it/groups/export-e-dogane"' in html
    assert "Discussione" in html
    assert 'href="/it/search?q=dogan"' in html
    assert "suggerimenti" in html


def test_suggestions_tell_nobody_what_is_not_theirs(world, visit, found):
    topic(world, world.famiglia, title="Quote ai figli")
    found("quote")

    assert "Quote" not in suggested(visit(world.davide), "quote").replace("«quote»", "")
    assert "Quote" in suggested(visit(world.marta), "quote")


@pytest.mark.parametrize("words", ["", "d", "%00", "zzzzzz"])
def test_where_nothing_is_meant_nothing_is_suggested(world, visit, words):
    assert "<li" not in suggested(visit(), words)


def test_without_scripts_suggestions_are_the_page_of_results(world, visit):
    reply = visit().get("/it/search/suggestions?q=dogana")

    assert reply.status_code == 302
    assert reply.location == "/it/search?q=dogana"


def test_without_an_index_nothing_is_suggested_and_nothing_breaks(world, visit, healing_index):
    assert "<li" not in suggested(visit(), "dogana")


# The question in each language that the person reads


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("exportaciones", "La exportación parada"),
        ("imprese", "Merce ferma a Felixstowe"),
        ("customs duty", "Two customs duties, one pallet"),
    ],
)
def test_a_question_is_understood_in_every_language_one_reads(world, found, asked, expected):
    world.giulia.reads = ("it", "en", "es")
    topic(world)
    topic(
        world, world.energia, by=world.teresa, language="es", title="La exportación parada",
        text="No pasa.",
    )  # fmt: skip
    topic(
        world, world.castings, by=world.emma, language="en", title="Two customs duties, one pallet",
        text="Twice.",
    )  # fmt: skip

    html = found(asked, world.giulia)

    assert expected in re.sub(r"</?mark>", "", html)
    assert "<mark>" in html
