"""Programme, offers and questions in several languages."""

import csv
import io
from datetime import timedelta

from officine.blueprints.events.search import SOURCE
from officine.blueprints.planning.commands import details, drafting, publishing, series
from officine.core.clock import now
from officine.core.db import db
from officine.models import Event, RegistrationAnswer
from officine.models.event_details import Partner
from tests.planning.conftest import next_week
from tests.planning.test_details import answer, asked, part, the_event
from tests.planning.test_routes import HTMX, at

CHOICES = {"kind": "choice", "choices": "Carne\nVerdure"}


def translated(event, row, language, by, **words):
    details.translate(event, row, language, words, by=by, at=now(), seen=row.version)
    db.session.commit()


def test_each_reads_the_programme_and_the_offers_in_their_language(visit, world, published):
    talk = part(published, world.marta, "Il primo ordine", text="Con le fatture.")
    partner = details.add(
        published, Partner, {"role": "sponsor", "name": "Banca", "offer": "Un conto gratis"},
        by=world.marta, at=now(),
    )  # fmt: skip
    translated(published, talk, "es", world.marta, title="El primer pedido", text="")
    translated(published, partner, "es", world.marta, offer="Una cuenta gratis")
    page = f"/events/{published.slug}"
    spanish = visit(world.teresa).get(f"/es{page}").text
    assert "<span>El primer pedido</span>" in spanish and "<p>Una cuenta gratis</p>" in spanish
    english = visit(world.emma).get(f"/en{page}").text
    assert '<span lang="it">Il primo ordine</span>' in english
    assert '<p lang="it">Un conto gratis</p>' in english
    drafting.save_text(published, "es", by=world.marta, at=now(), seen=0, title="Cena")
    bodies = {each.language: each.body for each in SOURCE.documents_for([published.id])}
    assert "Il primo ordine" in bodies["it"] and "Il primo ordine" not in bodies["es"]
    assert "El primer pedido" in bodies["es"]


def test_a_translation_is_written_beside_the_original_and_taken_away_when_emptied(
    visit, world, published
):
    talk = part(published, world.marta, "Il primo ordine")
    page = at(published, "/programme")
    there = f"{page}/{talk.id}/texts/es"
    words = {"title": "El primer pedido", "text": "", "seen": talk.version}
    assert "/sign-in" in visit().post(there, **words).headers["Location"]
    assert visit(world.teresa).post(there, **words).status_code == 403
    assert visit(world.marta).post(f"{page}/{talk.id}/texts/fr", **words).status_code == 404
    assert visit(world.marta).post(f"{page}/{talk.id}/texts/it", **words).status_code == 404
    shown = visit(world.marta).get(f"{page}?edit={talk.id}&language=es").text
    assert "Il primo ordine" in shown and 'lang="es"' in shown
    untitled = visit(world.marta).post(there, **{**words, "title": "", "text": "Dos facturas"})
    assert untitled.status_code == 422 and "Dos facturas" in untitled.text
    assert visit(world.marta).post(there, **words).status_code == 303
    late = visit(world.marta).post(there, **{**words, "title": "Otro título"})
    assert late.status_code == 409 and "Otro título" in late.text
    [talk] = the_event().sessions
    assert [each.title for each in talk.translations] == ["El primer pedido"]
    piece = visit(world.marta, **HTMX).post(there, title="", text="", seen=talk.version)
    assert '<div id="details">' in piece.text and the_event().sessions[0].translations == []


def test_only_a_large_change_makes_translations_out_of_date(visit, world, published):
    question = asked(published, world.marta, "Che cosa mangi?", **CHOICES)
    translated(
        published, question, "es", world.marta, text="¿Qué comes?", choices="Carne\nVerduras"
    )
    page = at(published, "/questions")
    said = {"text": "Che cosa mangi a cena?", **CHOICES}
    for change, is_marked in (("small", False), ("large", True)):
        seen = the_event().questions[0].version
        saved = visit(world.marta).post(f"{page}/{question.id}", **said, change=change, seen=seen)
        assert saved.status_code == 303
        assert ("da aggiornare" in visit(world.marta).get(page).text) is is_marked
    seen = the_event().questions[0].version
    there = f"{page}/{question.id}/texts/es"
    words = {"text": "¿Qué cenas?", "choices": "Carne", "seen": seen}
    short = visit(world.marta).post(there, **words)
    assert short.status_code == 422 and "2" in short.text
    again = {**words, "choices": "Carne\nVerduras"}
    assert visit(world.marta).post(there, **again).status_code == 303
    assert "da aggiornare" not in visit(world.marta).get(page).text


def test_who_registers_is_asked_in_their_language_and_answers_in_the_originals_words(
    visit, world, published
):
    question = asked(published, world.marta, "Che cosa mangi?", **CHOICES)
    translated(
        published, question, "es", world.marta, text="¿Qué comes?", choices="Carne\nVerduras"
    )
    address = f"/events/{published.slug}/registration"
    form = visit(world.teresa).get(f"/es{address}").text
    assert "¿Qué comes?" in form and "Verduras" in form and "Verdure</label>" not in form
    sent = {f"question_{question.id}": "Verdure", "guests": 0}
    assert visit(world.teresa).post(f"/es{address}", **sent).status_code == 303
    assert db.session.query(RegistrationAnswer.text).one() == ("Verdure",)
    for language, words in (("es", "¿Qué comes?"), ("it", "Che cosa mangi?")):
        file = visit(world.giulia).get(f"/{language}/events/{published.slug}/people.csv")
        head, *rows = csv.reader(io.StringIO(file.data.decode("utf-8-sig")))
        assert head[-1] == words and rows[0][-1] == "Verdure"


def test_a_translation_that_knows_other_answers_than_the_original_is_not_asked(
    visit, world, published
):
    question = asked(published, world.marta, "Che cosa mangi?", **CHOICES)
    translated(
        published, question, "es", world.marta, text="¿Qué comes?", choices="Carne\nVerduras"
    )
    more = {"text": question.text, "kind": "choice", "choices": "Carne\nVerdure\nPesce"}
    details.change(published, question, more, by=world.marta, at=now(), seen=question.version)
    db.session.commit()
    form = visit(world.teresa).get(f"/es/events/{published.slug}/registration").text
    assert "Che cosa mangi?" in form and "Pesce" in form
    assert "da aggiornare" in visit(world.marta).get(at(published, "/questions")).text


def test_what_was_answered_is_never_lost(visit, world, published):
    question = asked(published, world.marta, "Che cosa mangi?", **CHOICES)
    answer(question, world.teresa, "Verdure")
    page = at(published, f"/questions/{question.id}")
    line = {"text": "Che cosa mangi?", "kind": "line", "seen": question.version}
    refused = visit(world.marta).post(page, **line)
    assert refused.status_code == 422 and "resta questo" in refused.text
    fewer = {"text": "Che cosa mangi la sera?", "kind": "choice", "choices": "Carne\nPesce"}
    seen = the_event().questions[0].version
    assert visit(world.marta).post(page, **fewer, seen=seen).status_code == 303
    visit(world.marta).post(f"{page}/removal")
    file = visit(world.marta).get(at(published, "/people.csv")).data.decode()
    assert "Che cosa mangi la sera?" in file and "Verdure" in file


def test_the_dates_of_a_series_have_the_programme_in_every_language(world, draft):
    talk = part(draft, world.marta, "Il primo ordine")
    translated(draft, talk, "es", world.marta, title="El primer pedido", text="")
    made = series.repeat_event(
        draft, by=world.marta, at=now(), seen=draft.version, every="week", count=2
    )
    publishing.publish_event(draft, by=world.giulia, at=now())
    [copy] = series.extend_series(made, at=now())
    [session] = copy.sessions
    assert [each.title for each in session.texts] == ["Il primo ordine", "El primer pedido"]
    assert session.starts_at == copy.starts_at and isinstance(copy, Event)
    assert copy.starts_at > next_week(24)


def test_other_dates_take_over_what_one_has_and_lose_no_answer(visit, world, draft):
    first = asked(draft, world.marta, "Mangi carne?", kind="yes-no")
    made = series.repeat_event(
        draft, by=world.marta, at=now(), seen=draft.version, every="week", count=3
    )
    publishing.publish_event(draft, by=world.giulia, at=now())
    near, far = series.extend_series(made, at=now())
    answer(near.questions[0], world.teresa, "no")
    details.remove(draft, first, by=world.marta, at=now())
    asked(draft, world.marta, "Vieni in treno?", kind="yes-no")
    page = at(draft, "/questions")
    assert "/sign-in" in visit().post(f"{page}/dates").headers["Location"]
    assert visit(world.teresa).post(f"{page}/dates").status_code == 403
    assert "Lo stesso per altre date" in visit(world.marta).get(page).text
    piece = visit(world.marta, **HTMX).post(f"{page}/dates", scope="all")
    assert "2 altre date" in piece.text
    db.session.expire_all()
    told = [(each.text, each.withdrawn_at is None) for each in near.questions]
    assert sorted(told) == [("Mangi carne?", False), ("Vieni in treno?", True)]
    assert [each.text for each in far.questions] == ["Vieni in treno?"]
    assert visit(world.marta).post(f"{page}/dates", scope="following").status_code == 303


def test_the_programme_of_a_draft_moves_along(world, draft):
    talk = part(draft, world.marta, "Saluti", 30)
    when = {
        "starts_at": draft.starts_at + timedelta(days=1),
        "ends_at": draft.ends_at + timedelta(days=1), "zone": draft.zone,
    }  # fmt: skip
    drafting.change_facts(
        draft, by=world.marta, at=now(), seen=draft.version, when=when, spoken=("it",)
    )
    assert talk.starts_at == draft.starts_at + timedelta(minutes=30)
