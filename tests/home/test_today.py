"""The first page, as a member finds it."""

from datetime import UTC, datetime, timedelta

import pytest

from officine.blueprints.forum.commands import answer, open_topic
from officine.blueprints.groups.commands import invite, request_to_join
from officine.core.clock import now
from officine.core.db import db
from officine.models import Membership, ReadMark, Topic
from tests.world import World, join

ITALIAN = "Chi ci legge capisce che questa è una domanda in italiano, e aspetta una risposta."
ENGLISH = "Whoever reads this will see that this is a question in English that needs an answer."


def say(group, by, title, text=ITALIAN, ago=timedelta(hours=2), **more):
    topic = open_topic(group, by=by, title=title, text=text, at=now() - ago, **more)
    db.session.commit()
    return topic


def heading(page: str) -> str:
    words = page.split("<h1>")[1].split("</h1>")[0]
    return " ".join(words.replace("<span>", " ").replace("</span>", " ").split())


@pytest.mark.parametrize(("hour", "greeting"), [
    (8, "Buongiorno, Marta."), (15, "Buon pomeriggio, Marta."), (21, "Buonasera, Marta."),
])  # fmt: skip
def test_the_greeting_follows_the_hour_where_the_member_is(
    visit, world: World, monkeypatch, hour, greeting
):
    world.marta.timezone = "Europe/Rome"
    then = datetime(2026, 1, 20, hour - 1, 0, tzinfo=UTC)
    monkeypatch.setattr("officine.blueprints.home.routes.now", lambda: then)

    assert greeting in visit(world.marta).get("/it/").text


def test_a_call_for_help_in_my_group_comes_first(visit, world: World):
    say(world.export, world.teresa, "Container fermo a Genova da ieri sera", sos=True)
    say(world.export, world.teresa, "Come leggete la nuova resa?")

    page = visit(world.marta).get("/it/").text

    assert "Una persona ha bisogno di te. Poi una discussione da leggere." in heading(page)
    assert page.index("Container fermo") < page.index("Come leggete la nuova resa?")
    assert page.count("Container fermo") == 1
    assert "Rispondi a Teresa" in page


def test_a_call_for_help_of_my_sector_reaches_me_outside_my_groups(visit, world: World):
    world.castings.sectors = ("metal",)
    world.marta.sector = "metal"
    say(world.castings, world.emma, "Furnace is down, need a pour by Friday", ENGLISH, sos=True)

    page = visit(world.marta).get("/it/").text

    assert "Furnace is down" in page
    assert "È il tuo settore" in page


def test_a_call_for_help_of_no_concern_to_me_leaves_me_in_peace(visit, world: World):
    world.marta.sector = "textile"
    say(world.castings, world.emma, "Furnace is down, need a pour by Friday", ENGLISH, sos=True)

    assert "Furnace is down" not in visit(world.marta).get("/it/").text


def test_a_call_for_help_in_a_language_i_do_not_read_leaves_me_in_peace(visit, world: World):
    join(world.energia, world.marta)
    say(world.energia, world.teresa, "Se ha parado el horno número dos", sos=True, language="es")

    page = visit(world.marta).get("/it/").text

    assert "una persona ha bisogno" not in heading(page).lower()


def test_an_answered_call_and_an_old_one_are_no_longer_calls(visit, world: World):
    topic = say(world.export, world.teresa, "Container fermo a Genova da ieri sera", sos=True)
    answer(topic, by=world.davide, text="Chiama il terminal.", at=now())
    say(world.export, world.teresa, "Una vecchia richiesta", sos=True, ago=timedelta(days=8))

    assert "bisogno" not in heading(visit(world.marta).get("/it/").text)


@pytest.mark.parametrize(("language", "one", "two"), [
    ("it", "Una discussione da leggere.", "Due discussioni da leggere."),
    ("en", "One topic to read.", "Two topics to read."),
    ("es", "Un debate por leer.", "Dos debates por leer."),
])  # fmt: skip
def test_what_is_to_read_is_counted_as_people_speak(visit, world: World, language, one, two):
    say(world.export, world.teresa, "Come leggete la nuova resa?")
    assert one in heading(visit(world.marta).get(f"/{language}/").text)

    say(world.export, world.teresa, "E chi paga la sosta?")
    assert two in heading(visit(world.marta).get(f"/{language}/").text)


def test_news_tell_how_many_messages_are_new_and_the_last_words(visit, world: World):
    topic = say(world.export, world.marta, "Come leggete la nuova resa?")
    answer(topic, by=world.davide, text="Con la fattura accanto, riga per riga.", at=now())
    db.session.commit()

    page = visit(world.marta).get("/it/").text

    assert "Con la fattura accanto" in page
    assert "Davide Rinaldi ti ha risposto" in page


def test_hidden_words_are_not_told_as_news(visit, world: World):
    from officine.blueprints.desk.commands import hide_post

    topic = say(world.export, world.marta, "Come leggete la nuova resa?")
    post = answer(topic, by=world.davide, text="Comprate i miei servizi.", at=now())
    db.session.commit()
    hide_post(post, by=world.giulia, at=now(), rule="advertising", facts="È una vendita.")
    db.session.commit()

    assert "Comprate" not in visit(world.marta).get("/it/").text


def test_the_day_ends(visit, world: World):
    page = visit(world.marta).get("/it/").text

    assert "Hai letto tutto." in heading(page)
    assert "Per oggi è tutto." in page


def test_who_has_no_group_is_offered_some_in_their_languages(visit, world: World):
    page = visit(world.newcomer).get("/it/").text

    assert "Da dove cominciamo?" in heading(page)
    assert "Export e dogane" in page
    assert "Energía e industria" not in page
    assert "Passaggio generazionale" not in page
    assert 'action="/it/groups/export-e-dogane/members"' in page


def test_who_has_not_confirmed_is_told_so(visit, world: World):
    assert world.newcomer.email in visit(world.newcomer).get("/it/").text


def test_a_host_sees_who_asks_to_enter(visit, world: World):
    request_to_join(world.energia, world.emma, text="I cast bronze and pay for power.", at=now())
    db.session.commit()

    page = visit(world.teresa).get("/es/").text

    assert "Una persona te necesita." in heading(page)
    assert "I cast bronze" in page
    assert "/es/groups/energia-e-industria/people" in page
    assert "I cast bronze" not in visit(world.marta).get("/it/").text


def test_who_is_invited_is_told_by_whom(visit, world: World):
    invite(world.famiglia, world.emma, by=world.marta, at=now())
    db.session.commit()

    page = visit(world.emma).get("/en/").text

    assert "Marta Colombo" in page
    assert 'invites you to join “<span lang="it">Passaggio generazionale</span>”' in page


# Someone to meet


def test_who_looks_for_what_i_offer_is_someone_to_meet(visit, world: World):
    world.marta.offers = "Orlo a mano di foulard in seta, anche pochi pezzi."
    world.davide.seeks = "Una ditta che faccia foulard per un cliente di Zurigo."
    db.session.commit()

    page = visit(world.marta).get("/it/").text

    assert "Qualcuno da conoscere" in page
    assert "Davide Rinaldi" in page
    assert "Forse cerca quello che offri:" in page
    assert "Una ditta che faccia foulard" in page


def test_words_that_only_share_a_beginning_bring_nobody_together(visit, world: World):
    world.marta.offers = "Tessuti stampati in dodici giorni."
    world.davide.seeks = "Manutenzione di stampi a Verona."
    db.session.commit()

    assert "Davide Rinaldi" not in visit(world.marta).get("/it/").text


def test_who_cannot_read_me_is_not_someone_to_meet(visit, world: World):
    world.emma.reads = ("en",)
    world.emma.offers = "Foulard in silk."
    world.marta.seeks = "Qualcuno che venda foulard."
    db.session.commit()

    assert "Emma Whitcombe" not in visit(world.marta).get("/it/").text


def test_contact_is_not_told(visit, world: World):
    world.marta.offers = "Orlo a mano di foulard in seta."
    world.davide.seeks = "Una ditta che faccia foulard."
    db.session.commit()

    assert world.davide.email not in visit(world.marta).get("/it/").text


# All of it read


def test_a_visitor_has_nothing_to_mark(visit, world: World):
    reply = visit().post("/it/readings")

    assert reply.status_code == 303
    assert "/it/sign-in" in reply.location


def test_everything_in_my_groups_counts_as_read(visit, world: World):
    topic = say(world.export, world.teresa, "Come leggete la nuova resa?")
    visitor = visit(world.marta)

    reply = visitor.post("/it/readings", until=now().isoformat())

    assert reply.status_code == 303
    mark = db.session.get(ReadMark, (world.marta.id, topic.id))
    assert mark is not None and mark.number == 1
    assert "Hai letto tutto." in heading(visitor.get("/it/").text)


def test_htmx_is_sent_to_the_fresh_page(visit, world: World):
    reply = visit(world.marta).htmx_post("/it/readings", until=now().isoformat())

    assert reply.headers["HX-Redirect"] == "/it/"


def test_what_was_written_after_i_looked_stays_new(visit, world: World):
    looked = now() - timedelta(minutes=5)
    say(world.export, world.teresa, "Scritta dopo", ago=timedelta(minutes=1))

    visit(world.marta).post("/it/readings", until=looked.isoformat())

    assert "Scritta dopo" in visit(world.marta).get("/it/").text


def test_a_page_that_says_no_time_means_now(visit, world: World):
    say(world.export, world.teresa, "Come leggete la nuova resa?")

    reply = visit(world.marta).post("/it/readings", until="yesterday, more or less")

    assert reply.status_code == 303
    assert "Hai letto tutto." in heading(visit(world.marta).get("/it/").text)


def test_other_people_s_topics_are_not_marked(visit, world: World):
    topic = say(world.castings, world.emma, "Bronze in short runs", ENGLISH)

    visit(world.marta).post("/it/readings", until=now().isoformat())

    assert db.session.get(ReadMark, (world.marta.id, topic.id)) is None


def test_a_full_day_asks_little_of_the_database(visit, world: World):
    """The same number of queries, whether there is one of everything or ten."""
    for number in range(10):
        say(world.export, world.teresa, f"Domanda numero {number} sulle bolle", sos=number < 2)
    request_to_join(world.export, world.emma, text="Buongiorno.", at=now())
    db.session.commit()
    assert db.session.query(Topic).count() == 10
    assert db.session.get(Membership, (world.export.id, world.marta.id)).is_host

    visit(world.marta).get("/it/", most_queries=12)
