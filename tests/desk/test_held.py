"""What waits for an editor leaks nowhere, and is heard of exactly once when it is published."""

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk import commands
from officine.blueprints.desk.commands import AlreadyDecided
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail
from officine.core.outbox import RecordedEvent
from officine.models import Case, Notification, Post, Topic
from tests.desk.leaks import addresses, leaking
from tests.outbound import text_of
from tests.world import join, person

UNIQUE = "bergamottina"
TITLE = "mandorliera"
MEND = {"rule": "advertising", "facts": "Toglie il prezzo, per favore: qui non si vende."}


@dataclass
class Waiting:
    """What a newcomer wrote: an answer in Marta’s topic and an SOS of their own."""

    author: object
    answer: Post
    titled: Topic
    opening: Post


@pytest.fixture
def waiting(world, scene, settle):
    """Sandro’s messages wait, because the group reads every message first."""
    author = person("sandro-fumagalli", "Sandro Fumagalli", "it", ("it",))
    db.session.add(author)
    db.session.flush()
    join(world.export, author)
    settle()
    world.export.approves = "all"
    db.session.commit()
    answer = forum.answer(
        scene.topic, by=author, at=now() - timedelta(hours=2),
        text=f"La {UNIQUE} la prepara @emma-whitcombe, e voi @teresa-uribe?",
    )  # fmt: skip
    titled = forum.open_topic(
        world.export, by=author, title=f"Una {TITLE} ferma in porto", sos=True,
        text=f"La mia {UNIQUE} è ferma: chi mi aiuta?", at=now() - timedelta(hours=1),
    )  # fmt: skip
    db.session.commit()
    settle()
    opening = db.session.scalar(select(Post).filter_by(topic_id=titled.id))
    return Waiting(author, answer, titled, opening)


def case_of(post, kind="held"):
    return db.session.scalar(
        select(Case).filter_by(kind=kind, subject="post", subject_id=post.id, closed_at=None)
    )


def test_nothing_of_a_held_post_is_on_any_page(app, world, scene, waiting, visit):
    pages = addresses(app, world, [scene.topic, waiting.titled], [waiting.answer, waiting.opening])
    newcomer = person("ada-riva", "Ada Riva", "it", ("it",))
    db.session.add(newcomer)
    db.session.commit()
    lists = [url for url in pages if not re.search(r"/settings|/sign-|/style", url)]
    for who, urls in (
        (None, pages), (world.teresa, pages), (world.marta, lists), (newcomer, lists),
    ):  # fmt: skip
        leaks = list(leaking(visit(who), urls, (UNIQUE, TITLE)))
        assert leaks == [], f"{who and who.handle} reads it"


def test_the_search_for_leaks_finds_what_is_there(app, world, scene, waiting, visit, settle):
    commands.approve_post(waiting.answer, by=world.giulia, at=now())
    commands.approve_post(waiting.opening, by=world.giulia, at=now())
    settle()
    pages = addresses(app, world, [scene.topic, waiting.titled], [waiting.answer, waiting.opening])
    open_to_teresa = leaking(visit(world.teresa), pages, (UNIQUE, TITLE))
    assert len(list(islice(open_to_teresa, 11))) == 11


def test_for_others_it_is_not_there(world, waiting, visit):
    for who in (None, world.teresa, world.marta):
        browser = visit(who)
        assert browser.get(f"/it/topics/{waiting.titled.id}").status_code == 404
        assert browser.get(f"/it/posts/{waiting.answer.id}").status_code == 404
        assert browser.get(f"/it/posts/{waiting.answer.id}/history").status_code == 404
        assert browser.get(f"/it/posts/{waiting.answer.id}/quotation").status_code == 404


def test_nobody_hears_and_nothing_is_written_down_of_it(world, scene, waiting, outbound):
    assert not any(UNIQUE in text_of(letter) for letter in outbound.letters)
    kinds = select(Notification.kind).where(
        Notification.post_id.in_([waiting.answer.id, waiting.opening.id])
    )
    assert set(db.session.scalars(kinds)) == {"decision-hold"}
    told = select(RecordedEvent.payload).where(
        RecordedEvent.name.in_(("PostWritten", "TopicOpened"))
    )
    mine = {waiting.answer.id, waiting.opening.id}
    assert not any(payload.get("post_id") in mine for payload in db.session.scalars(told))


def test_no_count_tells_of_it(app, world, scene, waiting, visit):
    topic, group = scene.topic, world.export
    assert (topic.last_number, topic.posts_count) == (3, 3)
    assert group.topics_count == 1
    assert group.last_post_at == topic.last_post_at < waiting.answer.written_at
    browser = visit(world.marta)
    assert browser.htmx_get(f"/it/topics/{topic.id}/news?after=3").status_code == 204
    arrivals = browser.htmx_get(f"/it/topics/{topic.id}/arrivals?after=0").text
    assert f"post-{waiting.answer.id}" not in arrivals


def test_counting_anew_does_not_tell_of_it(world, scene, waiting):
    from officine.models.post import recount

    recount(scene.topic)
    assert scene.topic.posts_count == 3
    assert world.export.last_post_at == scene.topic.last_post_at


def test_its_author_and_the_desk_read_it_in_its_place(world, scene, waiting, visit):
    url = f"/it/topics/{scene.topic.id}-{scene.topic.slug}"
    for who in (waiting.author, world.giulia):
        page = visit(who).get(url, most_queries=16).text
        assert UNIQUE in page
        assert "di solito entro poche ore" in page
        assert visit(who).get(f"/it/topics/{waiting.titled.id}").status_code == 301
    mine = visit(waiting.author).get(f"/it/groups/{world.export.slug}").text
    assert TITLE in mine
    assert TITLE not in visit(world.teresa).get(f"/it/groups/{world.export.slug}").text


def test_a_held_topic_takes_no_answers(world, waiting, visit):
    with pytest.raises(forum.TopicHeld):
        forum.answer(waiting.titled, by=world.giulia, text="Eccomi.", at=now())
    reply = visit(waiting.author).post(
        f"/it/topics/{waiting.titled.id}/posts", text="Aggiungo una cosa."
    )
    assert reply.status_code == 403


def test_what_is_published_takes_the_next_number_and_is_new(world, scene, waiting, settle):
    later = forum.answer(scene.topic, by=world.marta, text="Intanto ho chiamato.", at=now())
    moment = now()
    commands.approve_post(waiting.answer, by=world.giulia, at=moment)
    settle()
    assert later.number == 4
    assert waiting.answer.number == 5
    assert waiting.answer.written_at == waiting.answer.published_at == moment
    assert scene.topic.last_post_at == moment
    assert scene.topic.posts_count == 5


def test_a_published_topic_opens_now(world, waiting):
    moment = now()
    commands.approve_post(waiting.opening, by=world.giulia, at=moment)
    assert waiting.titled.opened_at == moment
    assert waiting.opening.number == 1
    db.session.refresh(world.export)
    assert world.export.topics_count == 2


def test_on_approval_everyone_hears_exactly_once(app, world, scene, waiting, settle, outbound):
    from officine.blueprints.forum import notices
    from officine.blueprints.forum.events import PostWritten, TopicOpened

    commands.approve_post(waiting.answer, by=world.giulia, at=now())
    commands.approve_post(waiting.opening, by=world.giulia, at=now())
    settle()
    settle()
    notices.tell_of_post(PostWritten(waiting.answer.id))
    notices.tell_who_can_help(TopicOpened(waiting.titled.id))
    settle()
    heard = db.session.execute(
        select(Notification.member_id, Notification.kind, func.count())
        .where(Notification.post_id == waiting.answer.id)
        .group_by(Notification.member_id, Notification.kind)
    ).all()
    assert sorted(heard) == sorted(
        [
            (world.emma.id, "mention", 1),
            (world.teresa.id, "mention", 1),
            (world.marta.id, "answer", 1),
            (world.davide.id, "answer", 1),
            (waiting.author.id, "decision-hold", 1),
            (waiting.author.id, "decision-approve", 1),
        ]
    )
    letters = db.session.scalars(select(Mail.key).where(Mail.text.contains(UNIQUE))).all()
    assert len(letters) == len(set(letters))
    assert sum(f"post:{waiting.answer.id}:" in key for key in letters) == 4
    calls = select(func.count()).where(
        Notification.kind == "sos", Notification.topic_id == waiting.titled.id
    )
    assert db.session.scalar(calls) >= 2


def test_a_reader_of_all_still_has_read_all(world, scene, waiting, settle):
    from officine.models import ReadMark

    forum.mark_read(waiting.author.id, scene.topic.id, 3, at=now())
    commands.approve_post(waiting.answer, by=world.giulia, at=now())
    settle()
    mark = db.session.get(ReadMark, (waiting.author.id, scene.topic.id))
    assert mark.number == 4


def test_two_editors_publish_it_once(world, waiting, settle):
    commands.approve_post(waiting.answer, by=world.giulia, at=now())
    with pytest.raises(AlreadyDecided):
        commands.approve_post(waiting.answer, by=world.beatriz, at=now())


def test_the_case_says_what_raised_it_and_is_decided_on_its_page(world, waiting, visit, settle):
    case = case_of(waiting.answer)
    desk = visit(world.giulia)
    page = desk.get(f"/it/desk/cases/{case.id}", most_queries=40).text
    assert "ogni messaggio" in page
    reply = desk.post(f"/it/desk/cases/{case.id}/decisions", measure="approve", rule="other")
    assert reply.status_code == 303
    settle()
    assert db.session.get(Post, waiting.answer.id).number == 4
    assert case_of(waiting.answer) is None


def test_an_sos_is_promised_within_an_hour(waiting):
    sos, answer = case_of(waiting.opening), case_of(waiting.answer)
    assert sos.due_at - sos.opened_at == timedelta(hours=1)
    assert answer.due_at - answer.opened_at == timedelta(hours=4)


def test_a_message_sent_back_waits_for_its_author_and_comes_back(world, waiting, visit, settle):
    case = case_of(waiting.answer)
    due = case.due_at
    commands.send_back(waiting.answer, by=world.giulia, at=now(), **MEND)
    settle()
    assert case.sent_back_at is not None
    author = visit(waiting.author)
    page = author.get(f"/it/topics/{waiting.answer.topic_id}-{waiting.answer.topic.slug}").text
    assert MEND["facts"] in page
    assert f"/it/posts/{waiting.answer.id}/edit" in page

    reply = author.post(
        f"/it/posts/{waiting.answer.id}", text="La bolla la prepara @emma-whitcombe."
    )
    assert reply.status_code == 303
    case = case_of(waiting.answer)
    assert case.sent_back_at is None
    assert case.due_at == due
    page = visit(world.giulia).get(f"/it/desk/cases/{case.id}", most_queries=40).text
    assert f"<del>{UNIQUE}" in page or UNIQUE in page

    post = db.session.get(Post, waiting.answer.id)
    commands.approve_post(post, by=world.giulia, at=now())
    settle()
    reader = visit(world.teresa)
    assert "La bolla la prepara" in reader.get(f"/it/topics/{post.topic_id}-{post.topic.slug}").text
    assert UNIQUE not in reader.get(f"/it/posts/{post.id}/history").text


def test_a_published_message_sent_back_from_a_report_is_mended_and_stands_again(world, scene):
    commands.report_post(scene.pitch, by=world.teresa, at=now(), rule="advertising")
    commands.send_back(scene.pitch, by=world.giulia, at=now(), **MEND)
    forum.edit_post(scene.pitch, by=world.davide, text="Posso spiegare la bolla.", at=now())
    assert scene.pitch.hiding.measure == "send-back"
    case = case_of(scene.pitch)
    assert case.sent_back_at is None
    commands.approve_post(scene.pitch, by=world.giulia, at=now(), case_id=case.id)
    assert scene.pitch.hiding is None
    assert scene.pitch.number == 2
    assert scene.topic.posts_count == 3


def test_who_was_held_may_take_it_back_without_a_trace(world, scene, waiting, visit):
    reply = visit(waiting.author).post(f"/it/posts/{waiting.answer.id}/deletion")
    assert reply.status_code == 303
    assert case_of(waiting.answer) is None
    page = visit(world.teresa).get(f"/it/topics/{scene.topic.id}-{scene.topic.slug}").text
    assert "cancellato" not in page
    db.session.expire_all()
    assert scene.topic.posts_count == 3


def test_hidden_before_it_was_seen_it_leaves_no_placeholder(world, scene, waiting, visit):
    commands.hide_post(waiting.answer, by=world.giulia, at=now(), **MEND)
    db.session.commit()
    page = visit(world.teresa).get(f"/it/topics/{scene.topic.id}-{scene.topic.slug}").text
    assert f"post-{waiting.answer.id}" not in page
    commands.show_post(waiting.answer, by=world.beatriz, at=now(), facts="Andava bene.")
    assert waiting.answer.number == 4


def test_nobody_else_may_touch_it(world, waiting, visit):
    for who in (None, world.teresa, world.marta):
        for place in ("thanks", "useful", "deletion", "reports", ""):
            reply = visit(who).post(f"/it/posts/{waiting.answer.id}/{place}".rstrip("/"), text="x")
            assert reply.status_code == 404, place


def test_the_composer_shows_its_author_that_it_waits(world, scene, waiting, visit):
    reply = visit(waiting.author).htmx_post(
        f"/it/topics/{scene.topic.id}/posts", text="Aggiungo una cosa.", seen="3"
    )
    assert "Aggiungo una cosa." in reply.text
    assert "di solito entro poche ore" in reply.text
