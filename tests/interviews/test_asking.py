"""Readers ask, the desk chooses, the guest answers in the page, and who asked is told once."""

import pytest
from sqlalchemy import select

from officine.blueprints.interviews import commands
from officine.core.clock import now
from officine.core.db import db
from officine.models import Notification, ReaderQuestion
from tests.interviews.making import made

PAGE = "/it/interviews/il-telaio"
ASK = f"{PAGE}/questions"


def asked(interview, by, text="¿Cuántas horas lleva formar a un aprendiz?"):
    question = commands.ask_guest(interview, by=by, text=text, at=now(), page_language="it")
    db.session.commit()
    return question


def again(question):
    return db.session.get_one(ReaderQuestion, question.id, populate_existing=True)


def test_a_visitor_signs_in_and_a_newcomer_confirms_before_asking(world, visit):
    made(world)

    assert "/it/sign-in" in visit().post(ASK, question="Perché?").location
    assert visit(world.newcomer).post(ASK, question="Perché?").status_code == 403
    assert visit(world.marta).post(ASK, question="Chiedo a me stessa?").status_code == 403


def test_nothing_is_asked_of_what_is_not_published(world, visit):
    made(world, stage="review")

    assert visit(world.teresa).post(ASK, question="Perché?").status_code == 404
    assert visit(world.giulia).post(ASK, question="Perché?").status_code == 403


def test_an_empty_or_endless_question_comes_back_with_what_was_typed(world, visit):
    made(world)

    assert visit(world.teresa).post(ASK, question="   ", most_queries=90).status_code == 422
    reply = visit(world.teresa).post(ASK, question="Perché? " * 80, most_queries=90)
    assert reply.status_code == 422
    assert "Perché? Perché?" in reply.text


def test_a_plain_form_and_htmx_send_a_question_in_its_own_language(world, visit):
    made(world)
    spanish = "¿Cuántas horas lleva formar a un aprendiz, y quién las paga en su empresa?"
    reply = visit(world.teresa).post(ASK, question=spanish)

    assert reply.status_code == 303
    assert reply.location.endswith("#questions")
    assert db.session.scalars(select(ReaderQuestion)).one().language == "es"
    reply = visit(world.teresa).htmx_post(ASK, question="E i clienti tedeschi che cosa dicono?")
    assert reply.headers["HX-Redirect"].endswith("#questions")


def test_three_questions_a_day_to_one_guest(world, visit):
    interview = made(world)
    for text in ("Una?", "Due?", "Tre?"):
        asked(interview, world.teresa, text)

    reply = visit(world.teresa).post(ASK, question="Quattro?", most_queries=90)
    assert reply.status_code == 429
    assert "Quattro?" in reply.text


def test_a_question_is_between_its_author_and_the_desk_until_it_is_answered(world, visit):
    interview = made(world)
    question = asked(interview, world.teresa)
    words = "lleva formar a un aprendiz"

    assert words not in visit().get(PAGE, most_queries=30).text
    assert words in visit(world.teresa).get(PAGE, most_queries=34).text
    assert words not in visit(world.marta).get(PAGE, most_queries=34).text
    commands.choose_question(question, at=now())
    assert words in visit(world.marta).get(PAGE, most_queries=34).text
    assert words not in visit(world.emma).get(PAGE, most_queries=34).text
    commands.answer_question(question, text="Seicento ore.", at=now(), usual_language="it")
    assert words in visit().get(PAGE, most_queries=30).text
    with pytest.raises(commands.AlreadyAnswered):
        commands.decline_question(question, at=now())


def test_only_the_desk_sees_and_chooses_what_readers_ask(world, visit):
    interview = made(world)
    question = asked(interview, world.teresa)
    page = f"/it/desk/interviews/{interview.id}/asked"
    url = f"{page}/{question.id}/choice"

    assert "/it/sign-in" in visit().get(page).location
    assert visit(world.teresa).get(page).status_code == 404
    assert visit(world.teresa).post(url).status_code == 404
    assert "aprendiz" in visit(world.giulia).get(page, most_queries=20).text
    assert visit(world.giulia).post(url).status_code == 303
    assert again(question).chosen_at is not None
    assert 'id="asked"' in visit(world.giulia).htmx_post(f"{page}/{question.id}/refusal").text
    assert again(question).chosen_at is None
    assert visit(world.giulia).post(f"{page}/999/choice").status_code == 404


def test_the_guest_answers_what_was_chosen_and_who_asked_hears_once(world, visit, settle):
    interview = made(world)
    question = asked(interview, world.teresa)
    url = f"{PAGE}/questions/{question.id}/answer"
    assert visit(world.marta).get(url).status_code == 404
    commands.choose_question(question, at=now())

    assert visit(world.emma).get(url).status_code == 403
    assert visit(world.marta).get(url).status_code == 200
    assert visit(world.marta).post(url, answer=" ").status_code == 422
    assert visit(world.marta).post(url, answer="Circa **seicento** ore.").status_code == 303
    settle()
    assert visit(world.giulia).post(url, answer="Seicentoventi ore.").status_code == 303
    settle()

    told = db.session.scalars(select(Notification).filter_by(kind="guest-answered")).all()
    assert [each.member_id for each in told] == [world.teresa.id]
    page = visit(world.teresa).get("/it/notifications").text
    assert "Marta Colombo ha risposto alla tua domanda" in page
    reply = visit(world.teresa).get(f"/it/notifications/{told[0].id}")
    assert reply.location.endswith("/it/interviews/il-telaio")
