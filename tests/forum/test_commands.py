"""The rules of the forum, by its commands."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.forum import commands
from officine.core.db import db
from officine.models import Draft, Follow, Mention, Post, PostRevision, ReadMark, Topic
from officine.models.post import recount
from tests.world import NOON


def topic(world, **changes):
    return commands.open_topic(
        world.export,
        **{
            "by": world.marta,
            "title": "L’IVA all’estero: perché il cliente l’ha pagata due volte?",
            "text": "Qualcuno lo sa?",
            "at": NOON,
        }
        | changes,
    )


def test_a_topic_is_opened_by_its_first_post(world):
    opened = topic(world)

    post = db.session.scalar(select(Post).filter_by(topic_id=opened.id))
    assert (post.number, post.html) == (1, "<p>Qualcuno lo sa?</p>\n")
    assert opened.slug == "l-iva-all-estero-perche-il-cliente-l-ha-pagata-due-volte"
    assert (opened.posts_count, opened.last_number, opened.version) == (1, 1, 1)
    db.session.refresh(world.export)
    assert (world.export.topics_count, world.export.last_post_at) == (1, NOON)


def test_an_answer_raises_the_counters_and_the_version(world):
    opened = topic(world)

    post = commands.answer(
        opened, by=world.davide, text="Sì, anche a noi.", at=NOON + timedelta(minutes=14)
    )

    assert post.number == 2
    assert (opened.posts_count, opened.last_number, opened.version) == (2, 2, 2)
    assert opened.last_post_at == opened.first_answer_at == NOON + timedelta(minutes=14)


def test_ones_own_second_post_is_no_first_answer(world):
    opened = topic(world)

    commands.answer(opened, by=world.marta, text="Aggiungo un dettaglio.", at=NOON)

    assert opened.first_answer_at is None


def test_the_same_form_sent_twice_writes_one_post(world):
    opened = topic(world, form_token="a" * 32)
    again = topic(world, form_token="a" * 32)
    first = commands.answer(opened, by=world.davide, text="Ecco.", at=NOON, form_token="b" * 32)
    second = commands.answer(opened, by=world.davide, text="Ecco.", at=NOON, form_token="b" * 32)

    assert again is opened
    assert second is first
    assert opened.posts_count == 2


def test_a_text_needs_words_and_has_an_end(world):
    opened = topic(world)

    with pytest.raises(commands.TextMissing):
        commands.answer(opened, by=world.davide, text=" \u202e\n ", at=NOON)
    with pytest.raises(commands.TextTooLong):
        commands.answer(opened, by=world.davide, text="a" * 20_001, at=NOON)
    with pytest.raises(commands.TitleTooLong):
        topic(world, title="a" * 161)
    with pytest.raises(commands.TitleMissing):
        topic(world, title=" ")


def test_a_language_is_recognised_when_it_is_clear(world):
    spanish = "Nos pasó en marzo: el cliente nos había dado su número de IVA y no el EORI."
    opened = topic(world)

    clear = commands.answer(opened, by=world.teresa, text=spanish, at=NOON)
    short = commands.answer(opened, by=world.teresa, text="Muchas gracias.", at=NOON)
    declared = commands.answer(opened, by=world.teresa, text=spanish, at=NOON, language="en")

    assert (clear.language, short.language, declared.language) == ("es", "it", "en")


def test_a_mention_names_the_person(world):
    opened = topic(world, text="Lo chiedo a @davide-rinaldi e a @nessuno.")

    post = db.session.scalar(select(Post).filter_by(topic_id=opened.id))
    assert ">@Davide Rinaldi</a>" in post.html
    assert "@nessuno" in post.html
    assert db.session.scalars(select(Mention.member_id)).all() == [world.davide.id]


def test_an_edit_keeps_what_was_said(world):
    opened = topic(world)
    post = commands.answer(opened, by=world.davide, text="Chiedi a @marta-colombo.", at=NOON)

    commands.edit_post(post, by=world.davide, text="Chiedi a @teresa-uribe.", at=NOON)

    revision = db.session.scalar(select(PostRevision))
    assert revision.text == "Chiedi a @marta-colombo."
    assert "Teresa Uribe" in post.html
    assert post.edited_at == NOON and post.version == 2
    assert db.session.scalars(select(Mention.member_id)).all() == [world.teresa.id]


def test_an_edit_that_changes_nothing_leaves_no_trace(world):
    opened = topic(world)
    post = commands.answer(opened, by=world.davide, text="Ecco.", at=NOON)

    commands.edit_post(post, by=world.davide, text=" Ecco. ", at=NOON)

    assert post.edited_at is None
    assert db.session.scalar(select(func.count(PostRevision.id))) == 0


def test_a_deleted_post_leaves_its_place(world):
    opened = topic(world)
    first = commands.answer(opened, by=world.davide, text="Uno", at=NOON + timedelta(hours=1))
    commands.mark_answer(opened, first, by=world.marta, at=NOON)

    commands.delete_post(first, by=world.davide, at=NOON)
    later = commands.answer(opened, by=world.davide, text="Due", at=NOON + timedelta(hours=2))

    assert later.number == 3
    assert opened.posts_count == 2
    assert opened.answer is None
    assert opened.first_answer_at == later.written_at


def test_the_opening_post_goes_only_while_nobody_has_answered(world):
    alone, answered = topic(world), topic(world, title="Due")
    commands.answer(answered, by=world.davide, text="Eccomi", at=NOON)
    opening = {each.topic_id: each for each in db.session.scalars(select(Post).filter_by(number=1))}

    commands.delete_post(opening[alone.id], by=world.marta, at=NOON)
    with pytest.raises(commands.AlreadyAnswered):
        commands.delete_post(opening[answered.id], by=world.marta, at=NOON)

    db.session.refresh(world.export)
    assert world.export.topics_count == 1


def test_one_useful_answer_replaces_another(world):
    opened = topic(world)
    one = commands.answer(opened, by=world.davide, text="Uno", at=NOON)
    two = commands.answer(opened, by=world.teresa, text="Due", at=NOON)

    commands.mark_answer(opened, one, by=world.marta, at=NOON)
    commands.mark_answer(opened, two, by=world.marta, at=NOON)
    assert opened.answer.post_id == two.id

    commands.unmark_answer(opened, by=world.marta, at=NOON)
    assert not opened.is_solved


def test_thanks_count_once_a_member(world):
    opened = topic(world)
    post = commands.answer(opened, by=world.davide, text="Uno", at=NOON)

    commands.thank(post, by=world.marta, at=NOON)
    commands.thank(post, by=world.marta, at=NOON)
    commands.thank(post, by=world.teresa, at=NOON)
    assert post.thanks_count == 2

    commands.unthank(post, by=world.marta)
    commands.unthank(post, by=world.marta)
    assert post.thanks_count == 1


def test_who_stopped_following_stays_so_after_writing(world):
    opened = topic(world)
    commands.unfollow(opened, by=world.davide, at=NOON)

    commands.answer(opened, by=world.davide, text="Uno", at=NOON)

    assert db.session.get(Follow, (opened.id, world.davide.id)).stopped
    assert not db.session.get(Follow, (opened.id, world.marta.id)).stopped


def test_two_open_calls_for_help_are_enough(world):
    topic(world, sos=True)
    second = topic(world, sos=True)

    with pytest.raises(commands.TooManySOS):
        topic(world, sos=True)

    answer = commands.answer(second, by=world.davide, text="Così.", at=NOON)
    commands.mark_answer(second, answer, by=world.marta, at=NOON)
    assert topic(world, sos=True).is_sos


def test_a_draft_is_kept_until_the_text_is_sent(world):
    opened = topic(world)
    where = ("topic", opened.id)

    commands.save_draft(world.davide, *where, text="Comincio", at=NOON)
    commands.save_draft(world.davide, *where, text="Comincio a scrivere", at=NOON)
    assert db.session.scalar(select(Draft.text)) == "Comincio a scrivere"

    commands.answer(opened, by=world.davide, text="Ecco", at=NOON, form_token="c" * 32)
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0

    late = commands.save_draft(world.davide, *where, text="Ec", at=NOON, form_token="c" * 32)
    assert late is None
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_read_mark_never_goes_back(world):
    opened = topic(world)

    commands.mark_read(world.teresa.id, opened.id, 3, at=NOON)
    commands.mark_read(world.teresa.id, opened.id, 2, at=NOON)

    assert db.session.get(ReadMark, (world.teresa.id, opened.id)).number == 3


def test_a_new_title_gives_a_new_address(world):
    opened = topic(world)

    commands.edit_topic(opened, by=world.marta, at=NOON, title="Un altro  titolo")

    assert (opened.title, opened.slug) == ("Un altro titolo", "un-altro-titolo")


def test_the_counters_can_be_told_anew(world):
    opened = topic(world)
    commands.answer(opened, by=world.davide, text="Uno", at=NOON + timedelta(hours=1))
    opened.posts_count, opened.last_post_at, opened.first_answer_at = 99, NOON, None

    recount(opened)

    assert opened.posts_count == 2
    assert opened.last_post_at == opened.first_answer_at == NOON + timedelta(hours=1)
    assert db.session.scalar(select(func.count(Topic.id))) == 1
