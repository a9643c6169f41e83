"""Two people, or two clicks, at the same moment."""

import threading

from sqlalchemy import select

from officine.blueprints.forum import commands
from officine.core.clock import now
from officine.core.db import db
from officine.models import Member, Post, Topic


def at_once(app, count, deed):
    """Do something several times at the same moment; gives the errors."""
    # What the test prepared must be there for the others, and its transaction must be over.
    db.session.commit()
    errors = []
    start = threading.Barrier(count)

    def run(number):
        with app.app_context():
            try:
                start.wait()
                deed(number)
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_answers_at_once_never_share_a_number(app, world, talk):
    topic_id, authors = talk.topic.id, (world.marta.id, world.davide.id, world.teresa.id)

    def answer(number):
        topic = db.session.get(Topic, topic_id)
        by = db.session.get(Member, authors[number % 3])
        commands.answer(topic, by=by, text=f"Numero {number}", at=now())

    assert at_once(app, 6, answer) == []

    db.session.expire_all()
    numbers = db.session.scalars(
        select(Post.number).filter_by(topic_id=topic_id).order_by(Post.number)
    )
    assert list(numbers) == list(range(1, 10))
    assert talk.topic.posts_count == talk.topic.last_number == 9


def test_two_clicks_at_once_write_one_post(app, world, talk):
    topic_id, author = talk.topic.id, world.marta.id

    def answer(_number):
        topic, by = db.session.get(Topic, topic_id), db.session.get(Member, author)
        commands.answer(topic, by=by, text="Ecco.", at=now(), form_token="d" * 32)

    assert at_once(app, 4, answer) == []

    db.session.expire_all()
    assert talk.topic.last_number == 4


def test_thanks_at_once_all_count(app, world, talk):
    post_id, people = talk.davide.id, [world.marta.id, world.teresa.id, world.emma.id]

    def thank(number):
        by = db.session.get(Member, people[number])
        commands.thank(db.session.get(Post, post_id), by=by, at=now())

    assert at_once(app, 3, thank) == []

    db.session.expire_all()
    assert talk.davide.thanks_count == 3
