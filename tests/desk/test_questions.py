"""What readers ask a guest is reported, decided and appealed about like a message."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from officine.blueprints.desk import commands
from officine.blueprints.interviews import commands as interviews
from officine.core.clock import now
from officine.core.db import db
from officine.models import Appeal, Case, Decision, Notification, ReaderQuestion, Report
from tests.interviews.making import made
from tests.outbound import link_in, text_of

PITCH = "La mia consulenza costa la metà: mi chiamate, o preferite pagare troppo?"
ANSWER = "Grazie, ho già chi mi aiuta."
PAGE = "/it/interviews/il-telaio"
REASON = {"rule": "advertising", "facts": "È una pubblicità, non una domanda."}
AGAIN = {"rule": "advertising", "facts": "È una domanda scomoda, ma è una domanda."}


def answered_question(world) -> ReaderQuestion:
    """Davide asks Marta, the desk chooses it, she answers in the page."""
    interview = made(world)
    question = interviews.ask_guest(
        interview, by=world.davide, text=PITCH, at=now(), page_language="it"
    )
    interviews.choose_question(question, at=now())
    interviews.answer_question(question, text=ANSWER, at=now(), usual_language="it")
    db.session.commit()
    return question


@pytest.fixture
def question(world):
    return answered_question(world)


@pytest.fixture
def reported(world, question):
    """Teresa reports it; gives its case."""
    commands.report_question(question, by=world.teresa, at=now(), rule="advertising")
    db.session.commit()
    return db.session.scalar(select(Case).filter_by(kind="report-question"))


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def decide(visit, editor, case, measure):
    return visit(editor).post(f"/it/desk/cases/{case.id}/decisions", measure=measure, **REASON)


class TestReporting:
    def url(self, question):
        return f"/it/questions/{question.id}/reports"

    def test_the_page_leads_there(self, world, question, visit):
        link = f'href="{self.url(question)}/new"'
        assert link in visit(world.teresa).get(PAGE, most_queries=34).text
        assert link in visit().get(PAGE, most_queries=34).text
        assert link not in visit(world.davide).get(PAGE, most_queries=34).text, "not from one’s own"
        form = visit(world.teresa).get(f"{self.url(question)}/new").text
        assert PITCH in form and ANSWER in form

    def test_signed_out(self, world, question, visit, settle, outbound):
        said = {
            "rule": "advertising", "explanation": "Vende la sua consulenza.", "good_faith": "y",
            "name": "Anna Ferri", "email": "anna@example.com",
        }  # fmt: skip
        assert visit().post(self.url(question), **said).status_code == 303
        settle()
        [receipt] = outbound.to("anna@example.com")
        assert "una domanda a Marta Colombo" in text_of(receipt)
        assert "Marta Colombo" in visit().get(link_in(receipt)).text

    def test_refused(self, world, question, visit):
        said = {"rule": "advertising"}
        assert visit(world.davide).post(self.url(question), **said).status_code == 403
        question.answered_at = None
        db.session.commit()
        assert visit(world.teresa).post(self.url(question), **said).status_code == 404
        assert count(Report) == 0

    def test_invalid(self, world, question, visit):
        assert visit(world.teresa).post(self.url(question), rule="").status_code == 422
        assert visit(world.teresa).post(self.url(question), rule="illegal").status_code == 422
        assert count(Report) == 0

    def test_plain_form(self, world, question, visit):
        reply = visit(world.teresa).post(self.url(question), rule="advertising")
        assert reply.status_code == 303
        [report] = db.session.scalars(select(Report))
        case = db.session.scalar(select(Case).filter_by(kind="report-question"))
        assert (report.question_id, case.subject_id) == (question.id, question.id)
        assert (case.member_id, case.language) == (world.davide.id, "it")
        assert "Marta Colombo" in visit(world.teresa).get(f"/it/reports/{report.id}").text
        again = visit(world.teresa).get(f"{self.url(question)}/new")
        assert again.location.endswith(f"/it/reports/{report.id}")
        visit(world.teresa).post(self.url(question), rule="spam")
        assert count(Report) == 1

    def test_htmx(self, world, question, visit):
        invalid = visit(world.teresa).htmx_post(self.url(question), rule="")
        assert invalid.status_code == 422 and 'id="reporting"' in invalid.text
        reply = visit(world.teresa).htmx_post(self.url(question), rule="spam")
        assert "/it/reports/" in reply.headers["HX-Redirect"]

    def test_by_its_address(self, world, question, visit):
        address = f"{PAGE}%23question-{question.id}"
        reply = visit().get(f"/it/report?address={address}")
        assert reply.location == f"{self.url(question)}/new"


def test_the_case_shows_what_everyone_reads_and_the_letter(world, reported, visit):
    page = visit(world.giulia).get(f"/it/desk/cases/{reported.id}").text
    assert PITCH in page and ANSWER in page and "Nascondi" in page
    letter = visit(world.giulia).htmx_post(
        f"/it/desk/cases/{reported.id}/letter", measure="hide-question", **REASON
    )
    assert "la domanda che hai fatto a Marta Colombo" in letter.text
    assert visit(world.davide).get(f"/it/desk/cases/{reported.id}").status_code == 403


def test_hidden_it_is_for_its_author_and_the_desk(
    world, question, reported, visit, settle, outbound
):
    assert decide(visit, world.giulia, reported, "hide-question").status_code == 303
    settle()

    for who in (None, world.teresa, world.marta):
        page = (visit(who) if who else visit()).get(PAGE, most_queries=34).text
        assert PITCH not in page and ANSWER not in page
    [decision] = db.session.scalars(select(Decision))
    assert (decision.measure, decision.affected_id) == ("hide-question", world.davide.id)
    assert f"/it/decisions/{decision.id}" in visit(world.davide).get(PAGE, most_queries=34).text
    assert PITCH in visit(world.davide).get(f"/it/decisions/{decision.id}").text
    outcome = outbound.to(world.teresa.email)[-1]
    assert "pregunta a Marta Colombo" in text_of(outcome)
    assert not db.session.get_one(Case, reported.id).is_open
    assert visit(world.marta).get(f"{PAGE}/questions/{question.id}/answer").status_code == 404


def test_left_as_it_is_who_reported_reads_why_and_appeals(
    world, question, reported, visit, settle, outbound
):
    assert decide(visit, world.giulia, reported, "dismiss").status_code == 303
    settle()
    outcome = outbound.to(world.teresa.email)[-1]
    assert REASON["facts"] in text_of(outcome)
    report = db.session.scalar(select(Report))
    words = "Nella pagina di un’intervista non si vende."
    reply = visit(world.teresa).post(f"/it/reports/{report.id}/appeals", text=words)
    assert reply.status_code == 303
    case = db.session.scalar(select(Case).filter_by(kind="appeal"))
    assert PITCH in visit(world.beatriz).get(f"/it/desk/cases/{case.id}").text
    assert decide(visit, world.beatriz, case, "reverse").status_code == 303
    settle()
    assert PITCH not in visit().get(PAGE, most_queries=34).text
    assert db.session.scalar(select(Decision).filter_by(measure="hide-question"))


def test_taken_back_it_stands_where_it_stood(world, question, visit, settle, outbound):
    first = commands.hide_question(question, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    settle()
    outbound.letters.clear()
    commands.appeal_as_author(first, by=world.davide, at=now(), text="Era una domanda.")
    db.session.commit()
    [appeal] = db.session.scalars(select(Appeal))
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    db.session.commit()
    settle()

    assert (
        PITCH in visit().get(PAGE, most_queries=34).text
        and ANSWER in visit().get(PAGE, most_queries=34).text
    )
    told = select(func.count()).where(
        Notification.member_id == world.davide.id, Notification.kind == "decision-reverse"
    )
    assert db.session.scalar(told) == 1
    assert len(outbound.to(world.davide.email)) == 2, "the receipt, and the answer"


def test_two_editors_hide_it_once(world, question):
    commands.hide_question(question, by=world.giulia, at=now(), **REASON)
    with pytest.raises(commands.AlreadyDecided):
        commands.hide_question(question, by=world.beatriz, at=now(), **REASON)
    with pytest.raises(commands.OwnCase):
        commands.hide_question(question, by=world.davide, at=now(), **REASON)


def test_what_stands_in_the_page_goes_only_by_a_decision(world, question, visit):
    place = f"/it/desk/interviews/{question.interview_id}/asked"
    assert visit(world.giulia).post(f"{place}/{question.id}/refusal").status_code == 403
    assert PITCH in visit().get(PAGE, most_queries=34).text
    assert f'href="/it/questions/{question.id}/reports/new"' in visit(world.giulia).get(place).text


def test_the_database_refuses_a_hiding_without_its_decision(world, question):
    warning = commands.warn(world.davide, by=world.giulia, at=now(), **REASON)
    for decision_id in (9999, warning.id):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            question.hiding_id = decision_id
            db.session.flush()
        db.session.refresh(question)
