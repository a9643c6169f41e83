"""The first page, as a visitor finds it."""

from datetime import timedelta

import pytest

from officine.blueprints.forum.commands import answer, mark_answer, open_topic, thank
from officine.core.clock import now
from officine.core.db import db
from tests.world import World

ITALIAN = "Chi ci legge capisce che questa è una domanda in italiano, e aspetta una risposta."
SPANISH = "Quien nos lee entiende que esta es una pregunta escrita en español y espera respuesta."
ENGLISH = "Whoever reads this will see that this is a question in English that needs an answer."


def say(group, by, title, text=ITALIAN, **more):
    topic = open_topic(group, by=by, title=title, text=text, at=now() - timedelta(hours=2), **more)
    db.session.commit()
    return topic


def test_a_visitor_reads_a_sentence_and_one_call_to_join(visit, world: World):
    page = visit().get("/it/").text

    assert "Chi fa impresa trova qui chi ci è già passato." in page
    assert page.count('href="/it/sign-up"') == 1


@pytest.mark.parametrize(("language", "words"), [
    ("it", "scrivono in italiano"), ("en", "write in English"), ("es", "escriben en español"),
])  # fmt: skip
def test_the_figures_are_those_of_the_people_who_are_here(visit, world: World, language, words):
    page = visit().get(f"/{language}/").text

    assert words in page
    # Marta, Davide and Giulia write in Italian; Piero has not confirmed his address.
    assert page.index(">3<") > 0
    assert ">4<" not in page


def test_live_topics_stand_with_those_in_the_visitor_s_languages_first(visit, world: World):
    say(world.export, world.marta, "Bolle doganali per la Svizzera")
    say(world.energia, world.teresa, "Precio de la luz en enero", SPANISH)

    page = visit(None, Accept_Language="es").get("/es/").text

    assert page.index("Precio de la luz") < page.index("Bolle doganali")
    assert 'lang="it">Bolle doganali' in page


def test_what_members_and_private_groups_say_stays_inside(visit, world: World):
    say(world.castings, world.emma, "Bronze in short runs", ENGLISH)
    secret = say(world.famiglia, world.marta, "Mia figlia e i capireparto")
    post = answer(secret, by=world.giulia, text=ITALIAN, at=now())
    mark_answer(secret, post, by=world.marta, at=now())
    db.session.commit()

    for language in ("it", "en", "es"):
        page = visit().get(f"/{language}/").text
        assert "Bronze in short runs" not in page
        assert "Mia figlia" not in page
        assert "Passaggio generazionale" not in page
        assert "Metal &amp; castings" not in page


def test_an_answer_that_helped_is_quoted_with_who_gave_it(visit, world: World):
    first = say(world.export, world.marta, "Bolle doganali per la Svizzera")
    second = say(world.export, world.marta, "Il cliente di Lugano non paga il dazio")
    for topic, words in ((first, "Serve il formulario undici punto zero uno."),
                         (second, "Il dazio lo paga chi importa: guarda la resa.")):  # fmt: skip
        post = answer(topic, by=world.davide, text=words, at=now())
        mark_answer(topic, post, by=world.marta, at=now())
        thank(post, by=world.teresa, at=now())
    db.session.commit()

    page = visit().get("/it/").text

    assert "Utile questa settimana" in page
    assert "Davide Rinaldi" in page
    assert "Fornitore" in page
    assert "una persona ringrazia" in page


def test_a_quoted_answer_calls_people_by_name(visit, world: World):
    for title in ("Bolle doganali per la Svizzera", "Il cliente di Lugano non paga"):
        topic = say(world.export, world.marta, title)
        words = "@teresa-uribe ha ragione: serve il formulario."
        mark_answer(
            topic, answer(topic, by=world.davide, text=words, at=now()), by=world.marta, at=now()
        )
    db.session.commit()

    page = visit().get("/it/").text

    assert "Teresa Uribe</a> ha ragione" in page


def test_what_the_page_shows_above_is_not_told_again_below(visit, world: World):
    topic = say(world.export, world.marta, "Bolle doganali per la Svizzera")
    post = answer(topic, by=world.davide, text="Serve il formulario.", at=now())
    mark_answer(topic, post, by=world.marta, at=now())
    db.session.commit()

    assert visit().get("/it/").text.count("Bolle doganali per la Svizzera") == 1


def test_a_hidden_answer_is_not_quoted(visit, world: World):
    from officine.blueprints.desk.commands import hide_post

    topic = say(world.export, world.marta, "Bolle doganali per la Svizzera")
    post = answer(topic, by=world.davide, text="Comprate i miei servizi, scontati.", at=now())
    mark_answer(topic, post, by=world.marta, at=now())
    db.session.commit()
    hide_post(post, by=world.giulia, at=now(), rule="advertising", facts="È una vendita.")
    db.session.commit()

    assert "Comprate" not in visit().get("/it/").text


def test_a_face_kept_for_members_is_not_shown_to_visitors(visit, world: World):
    world.marta.photo_key = "faces/marta.svg"
    world.marta.shown_to = {"photo": "members"}
    say(world.export, world.marta, "Bolle doganali per la Svizzera")

    assert "faces/marta.svg" not in visit().get("/it/").text


def test_groups_of_the_page_s_language_are_offered(visit, world: World):
    page = visit().get("/es/").text

    assert "Energía e industria" in page.split('id="groups"')[1]
    assert "Export e dogane" not in page.split('id="groups"')[1]


def test_an_empty_site_says_what_will_be_here(visit, app):
    page = visit().get("/it/").text

    assert "Nessuno ha ancora scritto." in page
    assert "non c’è ancora un gruppo aperto a tutti" in page


def test_no_event_or_interview_is_invented(visit, world: World):
    page = visit().get("/it/").text.split("<main")[1].split("</main>")[0]

    assert "/it/events" not in page
    assert "/it/interviews" not in page


def test_a_visitor_s_page_asks_little_of_the_database(visit, world: World):
    for number in range(8):
        topic = say(world.export, world.marta, f"Domanda numero {number} sulle bolle")
        then = now() - timedelta(hours=number)
        post = answer(topic, by=world.davide, text=f"Risposta {number}.", at=then)
        mark_answer(topic, post, by=world.marta, at=now())
    db.session.commit()

    visit().get("/it/", most_queries=8)
