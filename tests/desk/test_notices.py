"""Who hears of a decision, in which language, how often."""

import re

from sqlalchemy import select

from officine.blueprints.desk import commands, notices
from officine.blueprints.desk.events import Decided
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail
from officine.models import Notification
from tests.desk.conftest import UNIQUE
from tests.outbound import text_of

WHY = "Offre uno sconto senza che nessuno lo abbia chiesto."


def hide(post, by, **more):
    decision = commands.hide_post(post, by=by, at=now(), rule="advertising", facts=WHY, **more)
    db.session.commit()
    return decision


def told(member, *kinds):
    db.session.expire_all()
    rows = db.session.scalars(
        select(Notification).where(
            Notification.member_id == member.id, Notification.kind.in_(kinds)
        )
    )
    return list(rows)


def letters(outbound, member, words):
    return [each for each in outbound.to(member.email) if words in str(each["Subject"])]


def test_the_author_reads_the_reason_in_their_language(world, scene, settle, outbound):
    spanish = forum.answer(
        scene.topic, by=world.teresa, at=now(), text="Oferta especial, llamadme."
    )
    decision = hide(spanish, world.giulia)
    settle()

    [letter] = letters(outbound, world.teresa, "ocultado")
    words = text_of(letter)
    assert letter["Content-Language"] == "es"
    assert "Publicidad que nadie ha pedido" in words
    assert WHY in words
    assert "italiano" in words, "the language of the facts is said"
    assert "una persona de la redacción" in words
    assert f"decisión {decision.id}" in words
    assert f"/es/decisions/{decision.id}" in words
    assert world.giulia.name not in words
    [notification] = told(world.teresa, "decision-hide")
    assert notification.decision_id == decision.id


def test_the_letter_says_whether_somebody_reported_it(world, scene, settle, outbound):
    commands.report_post(scene.pitch, by=world.marta, at=now(), rule="advertising")
    hide(scene.pitch, world.giulia)
    settle()
    [letter] = letters(outbound, world.davide, "nascosto")
    assert "dopo una segnalazione" in text_of(letter)
    assert world.marta.name not in text_of(letter)


def test_everyone_who_reported_hears_the_outcome_once(world, scene, settle, outbound):
    for member in (world.marta, world.teresa):
        commands.report_post(scene.pitch, by=member, at=now(), rule="advertising")
    decision = hide(scene.pitch, world.giulia)
    settle()
    notices.tell_reporters(Decided(decision.id))
    notices.tell_affected(Decided(decision.id))
    settle()

    assert len(letters(outbound, world.marta, "abbiamo deciso")) == 1
    [spanish] = letters(outbound, world.teresa, "hemos decidido")
    assert "Lo hemos ocultado" in text_of(spanish)
    assert WHY not in text_of(spanish), "the facts are the author’s"
    assert len(told(world.marta, "report-answered")) == 1
    assert len(told(world.davide, "decision-hide")) == 1
    assert len(letters(outbound, world.davide, "nascosto")) == 1


def test_a_dismissal_reaches_the_reporters_and_not_the_author(world, scene, settle, outbound):
    commands.report_post(scene.pitch, by=world.marta, at=now(), rule="spam")
    decision = commands.dismiss_reports(
        scene.pitch, by=world.giulia, at=now(), rule="spam", facts="Risponde alla domanda."
    )
    db.session.commit()
    settle()
    notices.tell_reporters(Decided(decision.id))

    [letter] = letters(outbound, world.marta, "abbiamo deciso")
    assert "Risponde alla domanda." in text_of(letter)
    assert told(world.davide, "decision-hide", "report-answered", "dismiss") == []
    assert letters(outbound, world.davide, "segnalazione") == []


def test_showing_again_is_told_once_and_no_old_letter_is_repeated(world, scene, settle, outbound):
    settle()
    before = len(outbound.letters)
    hide(scene.thanks, world.giulia)
    settle()
    commands.show_post(scene.thanks, by=world.beatriz, at=now(), facts="Fue un error nuestro.")
    db.session.commit()
    settle()
    new = outbound.letters[before:]
    assert [letter["To"] for letter in new] == [new[0]["To"]] * 2
    assert len(letters(outbound, world.teresa, "vuelve")) == 1
    assert len(told(world.teresa, "decision-show")) == 1


def test_who_opened_a_topic_reads_why_it_was_closed(world, scene, settle, outbound):
    energy = forum.open_topic(
        world.energia, by=world.teresa, title="Contrato de la luz", at=now(),
        text="¿Qué comercializadora tenéis para la luz de la fábrica?",
    )  # fmt: skip
    commands.lock_topic(energy, by=world.giulia, at=now(), rule="off-topic", facts=WHY)
    db.session.commit()
    settle()
    [letter] = letters(outbound, world.teresa, "cerrado")
    assert WHY in text_of(letter)
    assert len(told(world.teresa, "decision-lock")) == 1

    commands.unlock_topic(energy, by=world.giulia, at=now(), facts="Ya está claro.")
    db.session.commit()
    settle()
    assert len(letters(outbound, world.teresa, "abierto")) == 1


def test_closing_ones_own_topic_writes_nobody(world, scene, settle, outbound):
    settle()
    before = len(outbound.letters)
    commands.lock_topic(scene.topic, by=world.marta, at=now(), rule="other", facts="Risolto.")
    db.session.commit()
    settle()
    assert outbound.letters[before:] == []


def test_a_letter_that_still_waits_does_not_carry_hidden_words(app, world, scene, settle, outbound):
    settle()
    post = forum.answer(
        scene.topic, by=world.davide, text="Seconda offerta: melograna a metà prezzo.", at=now()
    )
    db.session.commit()
    # The letters are written, and the mail server is out of reach.
    sent = outbound.letters.copy()

    class Unreachable:
        def send(self, message):
            raise OSError

    app.extensions["officine.mail"] = Unreachable()
    settle()
    assert any("melograna" in mail.text for mail in db.session.scalars(select(Mail)))

    hide(post, world.giulia)
    app.extensions["officine.mail"] = outbound
    settle()
    assert not any("melograna" in mail.text for mail in db.session.scalars(select(Mail)))
    assert not any("melograna" in text_of(each) for each in outbound.letters[len(sent) :])


def test_an_event_told_after_the_hiding_carries_no_words(world, scene, settle, outbound):
    hide(scene.pitch, world.giulia)
    settle()
    assert not any(
        UNIQUE in text_of(letter) for member in (world.marta, world.teresa)
        for letter in outbound.to(member.email)
    )  # fmt: skip


def test_letters_read_well_in_each_language(world, scene, settle, outbound):
    for language in ("it", "en", "es"):
        world.davide.interface_language = language
        db.session.commit()
        made = hide(scene.pitch, world.giulia)
        settle()
        words = text_of(outbound.to(world.davide.email)[-1])
        assert not re.search(r"%\(|\n\n\n\n", words)
        assert str(made.id) in words
        commands.show_post(scene.pitch, by=world.beatriz, at=now(), facts="Va bene.")
        db.session.commit()
        settle()
