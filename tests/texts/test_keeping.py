"""Where editors keep the texts."""

from datetime import timedelta

import pytest

from officine.blueprints.texts import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.memory import forget_all
from officine.models import Document
from tests.texts.conftest import named
from tests.world import World


def url(document: Document, language: str = "it") -> str:
    return f"/it/desk/texts/{document.id}/{language}"


def saying(**fields: str) -> dict[str, str]:
    said = {"title": "Condizioni", "text": "Nuovo testo.", "change": "meaning", "seen": "1"}
    return said | fields


def newest(document: Document, language: str = "it"):
    state = queries.find_text(document.id)
    assert state is not None
    return state.editions.get(language)


def test_the_desk_is_for_editors(visit, world: World, terms):
    for address in ("/it/desk/texts", url(terms), "/it/desk/texts/new-reason",
                    "/it/desk/texts/new-announcement"):  # fmt: skip
        assert visit().get(address).status_code in (303, 403)
        assert visit(world.marta).get(address).status_code == 403


def test_the_list_shows_each_text_and_what_is_out_of_date(visit, world, terms, publish):
    publish(terms, "it", by=world.ruth, text="Nuovo senso.")

    page = visit(world.giulia).get("/it/desk/texts").text

    for title in ("Condizioni", "Il tono verso una persona", "Ti diamo il benvenuto"):
        assert title in page
    assert page.count("da aggiornare") == 2


def test_an_editor_reads_the_terms_and_does_not_change_them(visit, world: World, terms):
    page = visit(world.giulia).get(url(terms)).text

    assert "lo cura il community manager con l’amministratore" in page
    assert "<textarea" not in page
    assert visit(world.giulia).post(url(terms), **saying()).status_code == 403


def test_the_other_language_stands_beside(visit, world: World, terms):
    page = visit(world.ruth).get(url(terms)).text

    assert "You join with your real name" in page
    assert "Entras con tu nombre" in visit(world.ruth).get(url(terms) + "?beside=es").text


def test_a_plain_form_publishes_and_leads_back_to_the_list(visit, world: World, terms):
    reply = visit(world.ruth).post(url(terms), **saying())

    assert reply.status_code == 303
    assert reply.location == "/it/desk/texts"
    assert newest(terms).text == "Nuovo testo."
    assert newest(terms).by_id == world.ruth.id


def test_htmx_publishes_too(visit, world: World, terms):
    reply = visit(world.ruth).htmx_post(url(terms), **saying())

    assert reply.headers["HX-Redirect"] == "/it/desk/texts"
    assert newest(terms).number == 2


@pytest.mark.parametrize("missing", ["title", "text", "change"])
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(visit, world, terms, missing):
    fields = saying(text="Da non perdere.", title="Un titolo") | {missing: ""}

    for reply in (
        visit(world.ruth).post(url(terms), **fields),
        visit(world.ruth).htmx_post(url(terms), **fields),
    ):
        assert reply.status_code == 422
        assert "Da non perdere." in reply.text or missing == "text"
    assert newest(terms).number == 1


def test_a_preview_publishes_nothing(visit, world: World, terms):
    reply = visit(world.ruth).post(url(terms), **saying(text="## Sezione"), preview="1")

    assert reply.status_code == 200
    assert "<h2>Sezione</h2>" in reply.text
    assert newest(terms).number == 1
    piece = visit(world.ruth).htmx_post("/it/desk/texts/preview", text="- uno")
    assert "<li>uno</li>" in piece.text
    assert visit(world.marta).post("/it/desk/texts/preview", text="x").status_code == 403


def test_of_two_editors_the_second_is_told_and_loses_nothing(visit, world: World, terms, publish):
    publish(terms, "it", by=world.beatriz, text="Il testo di Beatriz.")

    reply = visit(world.ruth).post(url(terms), **saying(text="Il testo di Ruth."))

    assert reply.status_code == 422
    assert "Beatriz Luna" in reply.text
    assert "Il testo di Ruth.</textarea>" in reply.text
    assert "<del>Beatriz</del><ins>Ruth</ins>" in reply.text
    assert newest(terms).text == "Il testo di Beatriz."
    assert 'name="seen" type="hidden" value="2"' in reply.text
    again = visit(world.ruth).post(url(terms), **saying(text="Di tutt’e due.", seen="2"))
    assert again.status_code == 303


def test_a_text_that_says_the_same_is_not_published_again(visit, world: World, terms):
    current = newest(terms)
    visit(world.ruth).post(url(terms), **saying(title=current.title, text=current.text))

    assert newest(terms).number == 1


def test_who_wrote_which_edition_is_told_with_what_it_changed(visit, world, terms, publish):
    publish(terms, "it", by=world.ruth, text="Uno due tre.")
    publish(terms, "it", by=world.beatriz, text="Uno due quattro.")

    page = visit(world.giulia).get(url(terms)).text
    change = visit(world.giulia).get(url(terms) + "/editions/3").text

    assert "Ruth Adler" in page and "Beatriz Luna" in page
    assert "<del>tre</del><ins>quattro</ins>" in change
    assert visit(world.giulia).get(url(terms) + "/editions/4").status_code == 404
    assert visit(world.marta).get(url(terms) + "/editions/3").status_code == 403


def test_a_list_of_words_is_written_without_questions(visit, world: World):
    words = named("words", "held")

    reply = visit(world.giulia).post(url(words), title="Parole", text="uno\ndue", seen="1")

    assert reply.status_code == 303
    assert newest(words).text == "uno\ndue"


def test_an_editor_adds_a_reason_and_translates_it(visit, world: World):
    reply = visit(world.giulia).post(
        "/it/desk/texts/new-reason", language="it", rule="privacy", title="Targhe", text="Si vede."
    )
    assert reply.status_code == 303
    document = named("reason", "targhe")
    assert document.rule == "privacy"
    page = visit(world.giulia).get(url(document, "en")).text
    assert "Si vede." in page

    visit(world.giulia).post(
        url(document, "en"), title="Plates", text="One can see it.", change="translation",
        seen="0", rule="spam",
    )  # fmt: skip
    assert newest(document, "en").title == "Plates"
    assert document.rule == "spam"


def test_a_reason_without_words_is_none(visit, world: World):
    for send in (visit(world.giulia).post, visit(world.giulia).htmx_post):
        reply = send("/it/desk/texts/new-reason", language="it", rule="privacy", title="Targhe")
        assert reply.status_code == 422
        assert "Targhe" in reply.text


def test_a_reason_is_retired_and_used_again(visit, world: World):
    reason = named("reason", "tone")
    address = f"/it/desk/texts/{reason.id}/retirement"

    assert visit(world.marta).post(address).status_code == 403
    assert visit(world.giulia).post(address, retire="yes").status_code == 303
    assert reason.is_retired
    assert "non si usa più" in visit(world.giulia).get(url(reason)).text
    visit(world.giulia).post(address, retire="no")
    assert not reason.is_retired


def test_the_terms_are_not_retired(visit, world: World, terms):
    assert visit(world.ruth).post(f"/it/desk/texts/{terms.id}/retirement").status_code == 403


def test_texts_that_are_not_there_are_not_found(visit, world: World):
    assert visit(world.giulia).get("/it/desk/texts/99999/it").status_code == 404
    assert visit(world.giulia).post("/it/desk/texts/99999/retirement").status_code == 404


# Announcements


def announce(visit, who, **fields):
    today = now().date()
    forget_all(visit().app)
    return visit(who).post("/it/desk/texts/new-announcement", **({
        "language": "it", "title": "Sabato il sito si ferma", "text": "Un’ora, **alle sei**.",
        "first_day": today.isoformat(), "last_day": (today + timedelta(days=2)).isoformat(),
    } | fields))  # fmt: skip


def test_an_announcement_stands_on_members_pages_until_they_put_it_away(visit, world: World):
    assert announce(visit, world.giulia).status_code == 303
    document = named("announcement", "sabato-il-sito-si-ferma")

    assert "Sabato il sito" not in visit().get("/it/groups").text
    page = visit(world.marta).get("/it/groups").text
    assert "<strong>alle sei</strong>" in page
    assert 'class="words" lang="it"' in visit(world.emma).get("/en/groups").text

    address = f"/it/announcements/{document.id}/dismissal"
    assert visit().post(address).status_code in (303, 403)
    assert visit(world.marta).post(address, next="/it/groups").location == "/it/groups"
    assert visit(world.teresa).htmx_post(address).text == ""
    assert visit(world.marta).post(address).status_code == 303
    for who in (world.marta, world.teresa):
        assert "Sabato il sito" not in visit(who).get("/it/groups").text
    assert "Sabato il sito" in visit(world.davide).get("/it/groups").text


@pytest.mark.parametrize("days", [(2, 3), (-3, -2)])
def test_an_announcement_is_shown_in_its_days_only(visit, world: World, days):
    first, last = (now().date() + timedelta(days=each) for each in days)

    announce(visit, world.giulia, first_day=first.isoformat(), last_day=last.isoformat())

    assert "Sabato il sito" not in visit(world.marta).get("/it/groups").text


def test_days_the_wrong_way_round_are_refused(visit, world: World):
    reply = announce(visit, world.giulia, last_day="2020-01-01")

    assert reply.status_code == 422
    assert "L’ultimo giorno viene prima del primo." in reply.text


def test_an_announcement_that_is_retired_is_shown_to_nobody(visit, world: World):
    announce(visit, world.giulia)
    document = named("announcement", "sabato-il-sito-si-ferma")
    commands.retire(document, by=world.giulia, at=now())
    db.session.commit()
    forget_all(visit().app)

    assert "Sabato il sito" not in visit(world.marta).get("/it/groups").text


def test_the_days_of_an_announcement_can_be_changed_alone(visit, world: World):
    announce(visit, world.giulia)
    document = named("announcement", "sabato-il-sito-si-ferma")
    current = newest(document)
    later = now().date() + timedelta(days=9)

    visit(world.giulia).post(
        url(document), title=current.title, text=current.text, change="wording", seen="1",
        first_day=now().date().isoformat(), last_day=later.isoformat(),
    )  # fmt: skip

    assert newest(document).number == 1
    assert document.ends_at.date() == later


def test_without_announcements_no_page_asks_for_them(visit, world: World):
    browser = visit(world.marta)
    browser.get("/it/about")
    first = browser.queries
    announce(visit, world.giulia)
    forget_all(browser.app)
    browser.get("/it/about")
    browser.get("/it/about")

    # One narrow read more for each page, while there is something to say.
    assert browser.queries == first


def test_only_announcements_are_put_away(visit, world: World, terms):
    assert visit(world.marta).post(f"/it/announcements/{terms.id}/dismissal").status_code == 404
