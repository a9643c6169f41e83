"""How it was: three questions, read without names and only when there are enough answers."""

import pytest
from sqlalchemy import select

from officine.blueprints.followup import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.export import own_data
from officine.core.secret_links import key_for
from officine.models import Feedback, Registration
from tests.attendance.conftest import an_event
from tests.followup.conftest import said

FEEDBACK = "/it/events/export-senza-sorprese/feedback"
FIGURES = "/it/events/export-senza-sorprese/figures"
ANSWER = {"worth": "4", "again": "yes", "text": "La sala era piccola, e il microfono gracchiava."}


def answered(registration, worth=5, text="", again=True, at=None):
    commands.say_how_it_was(
        registration, worth=worth, again=again, text=text, language="it", at=at or now()
    )
    db.session.commit()


def test_who_was_there_answers_and_changes_their_answer(world, visit, yesterday):
    emma = visit(world.emma)
    assert "Grazie" not in emma.get(FEEDBACK).text
    reply = emma.post(FEEDBACK, **ANSWER)
    assert reply.status_code == 303

    page = emma.get(FEEDBACK).text
    assert "il microfono gracchiava" in page and 'value="4" checked' in page
    emma.htmx_post(FEEDBACK, **(ANSWER | {"worth": "2", "again": "no", "text": ""}))
    [kept] = db.session.scalars(select(Feedback))
    assert (kept.worth, kept.again, kept.text) == (2, False, "")
    [mine] = own_data(world.emma)["event_feedback"]
    assert mine["worth_1_to_5"] == 2
    assert own_data(world.marta)["event_feedback"] == []


@pytest.mark.parametrize("wrong", [
    {"worth": "6"}, {"worth": ""}, {"again": "maybe"}, {"text": "x" * 2001},
], ids=["six", "nothing", "maybe", "long"])  # fmt: skip
def test_an_answer_that_is_none_is_asked_again(world, visit, yesterday, wrong):
    reply = visit(world.emma).post(FEEDBACK, **(ANSWER | wrong))
    assert reply.status_code == 422
    assert db.session.scalar(select(Feedback)) is None


@pytest.mark.parametrize("who, status", [
    (None, 303), ("davide", 403), ("beatriz", 403), ("giulia", 403), ("marta", 403),
])  # fmt: skip
def test_only_who_was_there_answers(world, visit, yesterday, who, status):
    browser = visit(getattr(world, who) if who else None)
    assert browser.get(FEEDBACK).status_code == status
    assert browser.post(FEEDBACK, **ANSWER).status_code == status
    assert db.session.scalar(select(Feedback)) is None


def test_nobody_answers_before_the_end(world, visit):
    event = an_event(world.marta, starts_at=now())
    said(event, world.emma)
    assert visit(world.emma).get(FEEDBACK).status_code == 403


@pytest.mark.parametrize("lang, words", [
    ("it", "Com’è andata?"), ("en", "How was it?"), ("es", "¿Qué tal fue?"),
])  # fmt: skip
def test_who_has_no_account_answers_by_the_link_of_the_letter(world, visit, yesterday, lang, words):
    ugo = said(yesterday, "ugo@example.com", arrived_at=yesterday.starts_at)
    url = f"/{lang}/registrations/{ugo.id}/{key_for('registration', ugo.id)}/feedback"
    visitor = visit()

    page = visitor.get(url)
    assert words in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert visitor.post(url, **(ANSWER | {"worth": ""})).status_code == 422
    assert visitor.post(url, **ANSWER).status_code == 303
    assert "il microfono gracchiava" in visitor.get(url).text


def test_the_link_of_one_opens_nothing_else(world, visit, yesterday):
    ugo = said(yesterday, "ugo@example.com", arrived_at=yesterday.starts_at)
    late = said(yesterday, "ada@example.com")
    emma = db.session.scalar(select(Registration).filter_by(member_id=world.emma.id))
    for number, key, status in (
        (ugo.id, "x" * 43, 404),
        (ugo.id, key_for("registration", late.id), 404),
        (late.id, key_for("registration", late.id), 403),
        (emma.id, key_for("registration", emma.id), 404),
    ):
        url = f"/it/registrations/{number}/{key}/feedback"
        assert visit().get(url).status_code == status
        assert visit().post(url, **ANSWER).status_code == status


def test_organisers_read_nothing_of_too_few_answers(world, visit, yesterday):
    emma, teresa = (
        db.session.scalar(select(Registration).filter_by(member_id=who.id))
        for who in (world.emma, world.teresa)
    )
    answered(emma, worth=1, text="Troppo lungo.")
    answered(teresa, worth=5)
    marta = visit(world.marta)
    page = marta.get(FIGURES).text
    assert "Hanno risposto 2 persone" in page
    assert "Troppo lungo" not in page and "su 5" not in page

    answered(said(yesterday, "ugo@example.com", arrived_at=yesterday.starts_at), worth=3)
    page = marta.get(FIGURES).text
    assert "Troppo lungo" in page and "3 su 5" in page
    assert "Emma" not in page.partition("Che cosa ne dicono")[2].partition("La lettera")[0]


def test_the_order_of_opinions_says_nothing_of_when_they_were_written(world, yesterday):
    people = [
        said(yesterday, f"{n}@example.com", arrived_at=yesterday.starts_at) for n in range(12)
    ]
    for each in people:
        answered(each, text=f"Numero {each.id}")
    numbers = [each.registration_id for each in queries.opinions(yesterday).texts]
    assert sorted(numbers) == [each.id for each in people]
    assert numbers not in (sorted(numbers), sorted(numbers, reverse=True))
