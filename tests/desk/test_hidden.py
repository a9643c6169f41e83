"""What is hidden leaks nowhere: every page that can be fetched, every letter, every answer of
the search engine.
"""

import re
from datetime import timedelta
from itertools import islice

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail
from officine.models import Notification, Post
from tests.desk.conftest import UNIQUE
from tests.desk.leaks import addresses, leaking
from tests.outbound import text_of

TITLE = "pistacchiera"
REASON = {"rule": "advertising", "facts": "Offre uno sconto che nessuno ha chiesto."}


@pytest.fixture
def told(world, scene, settle):
    """Everybody has heard of the posts: followers, people named, and their author."""
    named = forum.answer(
        scene.topic, by=world.davide, at=now(),
        text=f"Ancora {UNIQUE}: @emma-whitcombe e @teresa-uribe, vi interessa?",
    )  # fmt: skip
    titled = forum.open_topic(
        world.export, by=world.davide, title=f"La {TITLE} più scontata d’Italia", sos=True,
        text=f"Comprate la mia {UNIQUE}, chiamatemi adesso per favore.",
        at=now() - timedelta(minutes=5),
    )  # fmt: skip
    later = forum.answer(titled, by=world.teresa, text="Interessante, davvero.", at=now())
    db.session.commit()
    forum.thank(scene.pitch, by=world.teresa, at=now())
    forum.mark_answer(scene.topic, scene.pitch, by=world.marta, at=now())
    settle()
    opening = db.session.scalar(select(Post).filter_by(topic_id=titled.id, number=1))
    return scene.topic, [scene.pitch, named, opening, later]


def test_nothing_of_a_hidden_post_is_on_any_page(app, world, scene, told, visit, settle):
    topic, posts = told
    titled = posts[2].topic
    pages = addresses(app, world, [topic, titled], posts)
    assert len(pages) > 60

    open_to_teresa = leaking(visit(world.teresa), pages, (UNIQUE, TITLE))
    assert len(list(islice(open_to_teresa, 6))) == 6, (
        "before it is hidden, the word is there to be found"
    )

    for post in posts[:3]:
        commands.hide_post(post, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    settle()

    lists = [url for url in pages if not re.search(r"/\d+|/settings|/sign-|/style", url)]
    for who, urls in ((None, pages), (world.teresa, pages), (world.emma, lists)):
        leaks = list(leaking(visit(who), urls, (UNIQUE, TITLE)))
        assert leaks == [], f"{who and who.handle} still reads it"


def test_its_author_and_the_desk_still_read_it(world, scene, visit):
    commands.hide_post(scene.pitch, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    url = f"/it/topics/{scene.topic.id}-{scene.topic.slug}"
    assert UNIQUE in visit(world.davide).get(url).get_data(as_text=True)
    assert UNIQUE in visit(world.giulia).get(url).get_data(as_text=True)


def test_no_count_tells_of_it(world, scene, told, visit, settle):
    def unread(member):
        words = visit(member).get("/it/notifications").get_data(as_text=True)
        return int(re.search(r"bell\?unread=(\d+)", words)[1])

    topic, posts = told
    before = unread(world.emma), unread(world.teresa)
    assert before[0] == 1, "Emma was named once"
    for post in posts[:3]:
        commands.hide_post(post, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    settle()
    assert unread(world.emma) == 0
    assert unread(world.teresa) < before[1]
    db.session.expire_all()
    assert topic.posts_count == 2
    assert topic.group.topics_count == 1


def test_after_it_is_shown_again_everything_is_as_it_was_and_nobody_hears_twice(
    world, scene, told, visit, settle, outbound
):
    def sight():
        words = visit(world.teresa).get("/it/notifications").get_data(as_text=True)
        return words.count('class="notification'), outbound_of(UNIQUE), rows()

    def outbound_of(word):
        return sum(word in text_of(letter) for letter in outbound.letters)

    def rows():
        return db.session.scalar(
            select(func.count()).select_from(Notification).where(
                Notification.kind.in_(("answer", "mention", "sos", "useful"))
            )
        )  # fmt: skip

    before = sight()
    for post in told[1][:3]:
        commands.hide_post(post, by=world.giulia, at=now(), **REASON)
        db.session.commit()
        settle()
        commands.show_post(post, by=world.giulia, at=now(), facts="Un errore della redazione.")
        db.session.commit()
        settle()
    assert sight() == before


def test_letters_that_wait_tell_nothing_of_it(world, scene, told):
    for mail in db.session.scalars(select(Mail)):
        mail.sent_at = None
    db.session.commit()
    for post in told[1][:3]:
        commands.hide_post(post, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    waiting = db.session.scalars(select(Mail).where(Mail.sent_at.is_(None))).all()
    leaks = [
        mail.key for mail in waiting if UNIQUE in mail.text or TITLE in mail.text + mail.subject
    ]
    assert leaks == []
