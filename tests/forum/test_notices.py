"""Who hears of a post, in which words, and once only."""

import pytest
from sqlalchemy import select

from officine.blueprints.desk.commands import hide_post
from officine.blueprints.forum import commands, notices
from officine.blueprints.forum.events import PostWritten
from officine.blueprints.groups import commands as groups
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail
from officine.models import Membership, Notification
from tests.outbound import link_in, text_of


@pytest.fixture
def quiet(talk, settle, outbound):
    """The conversation, after everybody has heard of it."""
    settle()
    outbound.letters.clear()
    for notification in db.session.scalars(select(Notification)):
        db.session.delete(notification)
    db.session.commit()
    return talk


def heard():
    rows = db.session.scalars(select(Notification).order_by(Notification.id))
    return {(row.kind, row.member_id) for row in rows}


def answer(world, talk, text, by="davide"):
    return commands.answer(talk.topic, by=getattr(world, by), text=text, at=now())


def test_those_who_follow_hear_in_their_language(world, quiet, settle, outbound):
    answer(world, quiet, "Ecco il modulo, con **tutto**.")
    settle()

    assert heard() == {("answer", world.marta.id), ("answer", world.teresa.id)}
    (italian,) = outbound.to(world.marta.email)
    (spanish,) = outbound.to(world.teresa.email)
    assert str(italian["Subject"]) == "Davide Rinaldi scrive in «Perché l’IVA all’estero?»"
    assert "ha escrito en un debate que sigues" in text_of(spanish)
    assert "> Ecco il modulo, con tutto." in text_of(italian)
    assert not outbound.to(world.davide.email)


def test_a_letter_can_be_stopped_with_one_press(world, quiet, settle, outbound):
    answer(world, quiet, "Ecco.")
    settle()

    (letter,) = outbound.to(world.marta.email)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/it/unsubscribe/" in str(letter["List-Unsubscribe"])
    assert link_in(letter, "/posts/").startswith("/it/posts/")


def test_a_mention_of_a_follower_is_one_notice_and_one_letter(world, quiet, settle, outbound):
    answer(world, quiet, "Lo sa @marta-colombo, e anche @emma-whitcombe.")
    settle()

    assert heard() == {
        ("mention", world.marta.id),
        ("mention", world.emma.id),
        ("answer", world.teresa.id),
    }
    assert [len(outbound.to(who.email)) for who in (world.marta, world.emma)] == [1, 1]
    assert "mentions you" in str(outbound.to(world.emma.email)[0]["Subject"])


def test_told_twice_it_is_heard_once(world, quiet, settle, outbound):
    post = answer(world, quiet, "Ecco, @emma-whitcombe.")
    settle()
    before = len(outbound.letters), len(db.session.scalars(select(Notification)).all())

    notices.tell_of_post(PostWritten(post.id))
    commands.edit_post(post, by=world.davide, text="Ecco, cara @emma-whitcombe.", at=now())
    settle()

    after = len(outbound.letters), len(db.session.scalars(select(Notification)).all())
    assert after == before == (3, 3)


def test_who_is_named_by_an_edit_hears_too(world, quiet, settle, outbound):
    post = answer(world, quiet, "Ecco.")
    settle()

    commands.edit_post(post, by=world.davide, text="Ecco, @emma-whitcombe.", at=now())
    settle()

    assert ("mention", world.emma.id) in heard()
    assert len(outbound.to(world.emma.email)) == 1


def test_switches_stop_the_mail_and_not_the_notice(world, quiet, settle, outbound):
    world.marta.mail_answers = world.emma.mail_mentions = False
    answer(world, quiet, "Ecco, @emma-whitcombe.")
    settle()

    assert {("answer", world.marta.id), ("mention", world.emma.id)} <= heard()
    assert not outbound.to(world.marta.email) and not outbound.to(world.emma.email)


def test_who_stopped_following_hears_nothing(world, quiet, settle):
    commands.unfollow(quiet.topic, by=world.teresa, at=now())
    answer(world, quiet, "Ecco.")
    settle()

    assert heard() == {("answer", world.marta.id)}


def test_nobody_hears_of_what_they_may_not_read(world, settle, outbound):
    for member in (world.davide, world.emma):
        db.session.add(
            Membership(
                group_id=world.famiglia.id, member_id=member.id, is_host=False, joined_at=now()
            )
        )
    db.session.flush()
    topic = commands.open_topic(
        world.famiglia, by=world.davide, title="Eredi", text="Chi decide?", at=now()
    )
    settle()
    groups.leave(world.famiglia, world.davide)
    commands.answer(topic, by=world.emma, text="Ask @teresa-uribe, or @marta-colombo.", at=now())
    settle()

    assert heard() == {("mention", world.marta.id)}
    assert not outbound.to(world.davide.email) and not outbound.to(world.teresa.email)


def test_who_has_left_hears_nothing(world, quiet, settle, outbound):
    world.teresa.left_at = now()
    answer(world, quiet, "Ecco, @teresa-uribe.")
    settle()

    assert heard() == {("answer", world.marta.id)}


def test_a_post_hidden_before_its_turn_is_told_to_nobody(world, quiet, settle, outbound):
    post = answer(world, quiet, "Comprate da noi, @emma-whitcombe!")
    hide_post(post, by=world.giulia, at=now(), rule="advertising", facts="Un’offerta.")
    settle()

    assert not {kind for kind, _ in heard()} & {"answer", "mention"}
    assert not outbound.to(world.emma.email)


def test_the_author_of_the_useful_answer_hears(world, quiet, settle, outbound):
    commands.mark_answer(quiet.topic, quiet.teresa, by=world.marta, at=now())
    settle()
    commands.unmark_answer(quiet.topic, by=world.marta, at=now())
    commands.mark_answer(quiet.topic, quiet.teresa, by=world.marta, at=now())
    settle()

    assert heard() == {("useful", world.teresa.id)}
    (letter,) = outbound.to(world.teresa.email)
    assert "Tu respuesta ha servido" in str(letter["Subject"])


def test_thanks_are_heard_in_the_page_once_a_post(world, quiet, settle, outbound):
    commands.thank(quiet.teresa, by=world.marta, at=now())
    commands.thank(quiet.teresa, by=world.davide, at=now())
    settle()

    assert heard() == {("thanks", world.teresa.id)}
    assert not outbound.letters


def test_thanks_taken_back_at_once_are_not_heard(world, quiet, settle):
    commands.thank(quiet.teresa, by=world.marta, at=now())
    commands.unthank(quiet.teresa, by=world.marta)
    settle()

    assert heard() == set()


def test_a_call_for_help_reaches_who_can_help(world, settle, outbound):
    world.emma.sector, world.export.sectors = "trade", ("trade",)
    world.emma.reads = ("en", "it")
    world.beatriz.sector = "trade"
    world.beatriz.reads = ("es",)
    topic = commands.open_topic(
        world.export, by=world.marta, title="Camion fermo", text="Al Brennero.", at=now(), sos=True
    )
    settle()
    commands.edit_topic(topic, by=world.marta, at=now(), title="Camion fermo da ieri")
    settle()

    assert heard() == {("sos", who.id) for who in (world.davide, world.teresa, world.emma)}
    assert not outbound.letters


def test_reading_the_topic_reads_what_told_of_it(world, quiet, visit, settle):
    answer(world, quiet, "Ecco.")
    settle()
    visit(world.marta).get(quiet.url)
    settle()

    read = {row.member_id: row.read_at for row in db.session.scalars(select(Notification))}
    assert read[world.marta.id] and not read[world.teresa.id]


def test_letters_wait_in_the_language_of_the_recipient(world, quiet, settle):
    answer(world, quiet, "Ecco.")
    settle()

    letters = db.session.scalars(select(Mail).where(Mail.key.startswith("post:")))
    languages = {letter.to_name: letter.language for letter in letters}
    assert languages["Teresa Uribe"] == "es" and languages["Marta Colombo"] == "it"
