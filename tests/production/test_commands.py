"""The business rules of making interviews."""

import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from officine.blueprints.production import jobs, queries
from officine.blueprints.production.commands import making, publishing, questions, release, texts
from officine.blueprints.production.commands.errors import (
    BadChapters,
    EditedMeanwhile,
    NoAddress,
    NoLongerOpen,
    NotAllowedThere,
    NotReady,
    OriginalFirst,
)
from officine.core import audit, storage
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import RecordedEvent
from officine.models import Case, Interview, InterviewText
from officine.models.translation import best_text, is_out_of_date
from tests.production.conftest import TOMORROW, add_captions, write

SOON = timedelta(milliseconds=50)


def test_a_new_interview_has_a_checklist_in_its_editors_language(interview, world):
    items = queries.checklist(interview)

    assert len(items) == len(making.CHECKLIST)
    assert any("Sottotitoli" in item.text for item in items)
    assert interview.slug == "teresa-uribe-ceramicas-uribe"
    assert interview.sectors == ("ceramics",)


def test_two_interviews_with_the_same_guest_have_different_addresses(interview, world):
    other = making.new_interview(
        by=world.giulia, at=now(), owner=world.giulia, guest_name="Teresa Uribe", language="es",
        company=world.companies["ceramicas"],
    )  # fmt: skip

    assert other.slug == "teresa-uribe-ceramicas-uribe-2"


@pytest.mark.parametrize(("here", "there", "may"), [
    ("idea", "questions", True), ("idea", "recorded", False), ("editing", "idea", True),
    ("review", "scheduled", False), ("review", "published", False), ("published", "review", False),
    ("withdrawn", "idea", False), ("idea", "idea", False),
])  # fmt: skip
def test_stages_follow_one_another_and_may_go_back(interview, here, there, may):
    interview.stage = here

    assert making.may_move(interview, there) is may


def test_a_move_is_in_the_audit_log(interview, world):
    making.move(interview, "questions", by=world.giulia, at=now(), seen="idea")
    db.session.commit()

    entry = db.session.scalar(
        select(audit.AuditEntry).where(audit.AuditEntry.act == "interview.stage")
    )
    assert entry.about == {"interview": interview.id, "was": "idea", "stage": "questions"}


def test_of_two_moves_at_once_the_second_is_told(interview, world):
    making.move(interview, "questions", by=world.giulia, at=now(), seen="idea")

    with pytest.raises(EditedMeanwhile):
        making.move(interview, "questions", by=world.beatriz, at=now(), seen="idea")


def test_a_passed_deadline_opens_one_case_that_the_next_stage_does_not_need(interview, world):
    interview.deadline = now().date() - TOMORROW
    db.session.commit()

    jobs.ask_for_late()
    jobs.ask_for_late()

    [case] = db.session.scalars(select(Case).where(Case.kind == "interview")).all()
    assert case.subject_id == interview.id
    publishing.withdraw(interview, by=world.giulia, at=now(), why="No")
    assert not case.is_open


def test_a_case_that_was_seen_to_does_not_come_back(interview):
    interview.deadline = now().date() - TOMORROW
    jobs.ask_for_late()
    db.session.scalars(select(Case)).one().closed_at = now()
    db.session.flush()

    jobs.ask_for_late()

    assert db.session.scalar(select(func.count()).select_from(Case)) == 1


# Questions


def test_an_answered_question_keeps_its_answer_when_it_is_reworded(interview, world):
    question = questions.add_question(interview, "¿Por qué?", by=world.giulia)
    questions.answer_question(question, answer="Porque sí.", objection="", seen=1, at=now())

    questions.change_question(question, "¿Por qué hornos?", by=world.giulia, seen=2)

    assert (question.text, question.answer) == ("¿Por qué hornos?", "Porque sí.")
    assert questions.remove_question(question, by=world.giulia) is False


def test_who_writes_on_an_old_version_is_told(interview, world):
    question = questions.add_question(interview, "¿Por qué?", by=world.giulia)
    questions.change_question(question, "¿Cómo?", by=world.giulia, seen=1)

    with pytest.raises(EditedMeanwhile):
        questions.answer_question(question, answer="Porque sí.", objection="", seen=1, at=now())


def test_questions_change_places(interview, world):
    first, second, third = (
        questions.add_question(interview, text, by=world.giulia) for text in ("a", "b", "c")
    )

    questions.move_question(interview, third, -1)
    questions.move_question(interview, first, -1)

    assert list(queries.questions(interview)) == [first, third, second]


def test_a_new_secret_closes_the_one_before(interview, world):
    old = questions.share(interview, by=world.giulia)
    new = questions.share(interview, by=world.giulia)
    db.session.flush()

    assert queries.shared_by(old) is None
    assert queries.shared_by(new) is interview
    assert interview.questions_token not in (old, new)
    questions.stop_sharing(interview, by=world.giulia)
    db.session.flush()
    assert queries.shared_by(new) is None


def test_without_an_address_no_letter_goes(interview, world):
    interview.guest = None

    with pytest.raises(NoAddress):
        questions.send_questions(interview, by=world.giulia, at=now())


# The release


def test_a_signed_release_is_a_pdf_that_the_guest_gets(interview, signed, settle, outbound):
    asked, _secret = signed(interview)
    settle()

    data = storage.get(asked.pdf_key)
    assert asked.pdf_key.startswith("release/")
    assert data.startswith(b"%PDF") and b"/FontFile2" in data
    [letter] = [each for each in outbound.letters if each.get_content_type() == "multipart/mixed"]
    [pdf] = list(letter.iter_attachments())
    assert pdf.get_content() == data
    assert "firmado" in str(letter["Subject"]) or "firmada" in str(letter["Subject"])


def test_it_is_signed_once(interview, signed):
    asked, secret = signed(interview)

    with pytest.raises(NoLongerOpen):
        release.sign(
            interview, asked, name="X", address="Y", signature="X", at=now(), secret=secret
        )


def test_asking_anew_closes_what_was_not_signed(interview, world):
    words = {"by": world.giulia, "at": now(), "language": "es", "purposes": "Todo.", "until": None}
    _first, old = release.ask(interview, **words)
    _second, new = release.ask(interview, **words)
    db.session.flush()

    assert queries.release_opened_by(old) is None
    assert queries.release_opened_by(new) is not None


def test_taking_it_back_withdraws_at_once(published, world, settle, outbound):
    [known] = queries.releases(published)

    release.take_back(published, known, at=now(), why="He cambiado de idea.")

    assert published.stage == "withdrawn"
    settle()
    subjects = [str(each["Subject"]) for each in outbound.letters]
    assert sum("Teresa Uribe" in subject for subject in subjects) == 3


def test_an_expired_release_withdraws_by_itself(interview, ready, world):
    [known] = queries.releases(ready)
    known.until = now().date() + TOMORROW
    publishing.publish(ready, by=world.giulia, at=now())
    db.session.commit()

    jobs.withdraw_uncovered()
    assert db.session.get(Interview, ready.id).stage == "published"
    with time_machine.travel(now() + timedelta(days=2)):
        jobs.withdraw_uncovered()
        assert db.session.get(Interview, ready.id).stage == "withdrawn"


def test_a_release_ends_at_midnight_where_the_community_is(published, visit):
    """In June Rome is two hours ahead of Greenwich."""
    [known] = queries.releases(published)
    known.until = date(2031, 6, 1)
    db.session.commit()

    def shown(hour, minute):
        with time_machine.travel(datetime(2031, 6, 1, hour, minute, tzinfo=UTC)):
            return visit().get(f"/es/interviews/{published.slug}").status_code

    assert shown(21, 59) == 200
    assert shown(22, 0) == 404


# Publication


def test_all_that_is_missing_is_said_together(interview, world):
    interview.stage = "review"

    with pytest.raises(NotReady) as refused:
        publishing.publish(interview, by=world.giulia, at=now())

    words = [word for word, _ in refused.value.missing]
    assert words == ["release", "title", "standfirst", "captions", "video"]


def test_a_draft_of_a_machine_is_no_captions(interview):
    add_captions(interview, is_draft=True)
    db.session.flush()

    assert ("captions", queries.CAPTIONS_DRAFT) in queries.missing(interview, now().date())


def test_publication_needs_the_review(ready, world):
    ready.stage = "captions"

    with pytest.raises(NotAllowedThere):
        publishing.publish(ready, by=world.giulia, at=now())


def test_what_is_due_is_published_once(ready, world):
    publishing.schedule(ready, by=world.giulia, at=now(), publish_at=now() + TOMORROW)
    db.session.commit()
    jobs.publish_due()
    assert db.session.get(Interview, ready.id).stage == "scheduled"

    with time_machine.travel(now() + TOMORROW * 2):
        # Two workers have both seen that it is due.
        assert publishing.publish_if_due(ready.id, at=now()) is True
        db.session.commit()
        assert publishing.publish_if_due(ready.id, at=now()) is False
        jobs.publish_due()

    assert events("InterviewPublished") == 1


def test_two_workers_at_the_same_moment_publish_it_once(app, ready, world):
    publishing.schedule(ready, by=world.giulia, at=now(), publish_at=now() + SOON)
    db.session.commit()
    time.sleep(SOON.total_seconds())
    together = threading.Barrier(2)

    def work() -> None:
        with app.app_context():
            together.wait()
            jobs.publish_due()
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    db.session.expire_all()
    assert db.session.get(Interview, ready.id).stage == "published"
    assert events("InterviewPublished") == 1


def test_what_lacks_something_at_its_time_goes_back_to_review(ready, world, settle):
    publishing.schedule(ready, by=world.giulia, at=now(), publish_at=now() + TOMORROW)
    [known] = queries.releases(ready)
    known.withdrawn_at = now()
    db.session.commit()

    with time_machine.travel(now() + TOMORROW * 2):
        jobs.publish_due()

    assert db.session.get(Interview, ready.id).stage == "review"
    assert events("PublicationFailed") == 1


def test_what_was_withdrawn_can_come_back(published, world):
    publishing.withdraw(published, by=world.giulia, at=now(), why="Un error.")
    publishing.bring_back(published, by=world.giulia)
    publishing.publish(published, by=world.giulia, at=now())
    db.session.commit()

    assert published.is_published


def events(name):
    return db.session.scalar(
        select(func.count()).select_from(RecordedEvent).where(RecordedEvent.name == name)
    )


# Texts


def translate(interview, world, language="it", seen=0, **said):
    chapters = {each.id: f"Capitolo {each.id}" for each in queries.chapters(interview)}
    words = {"title": "Forni", "standfirst": "Come si cuoce.", "text": "", "chapters": chapters}
    return texts.save_translation(
        interview, language, by=world.giulia, at=now(), seen=seen, translator="Giulia Serra",
        **(words | said),
    )  # fmt: skip


def test_a_large_change_makes_all_translations_out_of_date_at_once(interview, world):
    write(interview, world)
    italian, english = translate(interview, world), translate(interview, world, "en")

    write(interview, world, title="Hornos nuevos", large=True)

    assert is_out_of_date(interview, italian) and is_out_of_date(interview, english)
    assert all(
        is_out_of_date(interview, title)
        for chapter in queries.chapters(interview)
        for title in chapter.titles
        if title.language != "es"
    )
    db.session.rollback()


def test_a_small_change_leaves_translations_as_they_are(interview, world):
    write(interview, world)
    italian = translate(interview, world)

    write(interview, world, title="Los hornos")

    assert not is_out_of_date(interview, italian)
    assert not any(
        is_out_of_date(interview, title)
        for chapter in queries.chapters(interview)
        for title in chapter.titles
    )


def test_a_translation_that_is_saved_says_the_original_as_it_is(interview, world):
    write(interview, world)
    translate(interview, world)
    write(interview, world, large=True)

    italian = translate(interview, world, seen=1)

    assert not is_out_of_date(interview, italian)


def test_nothing_is_translated_before_the_original(interview, world):
    with pytest.raises(OriginalFirst):
        translate(interview, world)


def test_of_two_editors_of_one_text_the_second_is_told(interview, world):
    write(interview, world)

    with pytest.raises(EditedMeanwhile):
        texts.save_original(
            interview, by=world.beatriz, at=now(), seen=0, title="Otro", standfirst="", text="",
            chapters="", large=False,
        )  # fmt: skip


def test_a_reader_gets_the_best_text(interview, world):
    write(interview, world)
    translate(interview, world)

    assert best_text(interview, ("it", "es")).language == "it"
    assert best_text(interview, ("en",)).language == "es"
    write(interview, world, large=True)
    text = best_text(interview, ("it", "es"))
    assert text.language == "it" and is_out_of_date(interview, text), "the page says so"


@pytest.mark.parametrize(("lines", "found"), [
    ("0:00 Inicio\n1:23 - Fin", [(0, "Inicio"), (83_000, "Fin")]),
    ("1:02:03 Tarde", [(3_723_000, "Tarde")]),
    ("", []),
    ("2:00 b\n\n1:00 a", [(60_000, "a"), (120_000, "b")]),
])  # fmt: skip
def test_chapters_are_read_from_lines(lines, found):
    assert texts.read_chapters(lines) == found


@pytest.mark.parametrize("lines", ["1:23", "Inicio", "1:75 Fin", "0:00 a\n0:00 b"])
def test_lines_that_are_no_chapters_are_named(lines):
    with pytest.raises(BadChapters):
        texts.read_chapters(lines)


def test_a_chapter_that_moves_keeps_its_translation(interview, world):
    write(interview, world, chapters="0:00 Inicio\n1:00 Horno")
    translate(interview, world)
    before = {texts.title_in(each, "es"): each.id for each in queries.chapters(interview)}

    write(interview, world, chapters="0:00 Nuevo\n1:00 Inicio\n2:00 Horno")

    after = {texts.title_in(each, "es"): each.id for each in queries.chapters(interview)}
    assert (after["Inicio"], after["Horno"]) == (before["Inicio"], before["Horno"])
    assert db.session.scalar(select(func.count()).select_from(InterviewText)) == 2
