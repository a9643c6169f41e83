"""Two people rearrange the same topics at the very same moment: one decision stands."""

from datetime import timedelta

from sqlalchemy import func, select

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Decision, Group, Member, Post, Sanction, Topic
from tests.desk.test_at_once import at_once

REASON = {"rule": "off-topic", "facts": "Altro tema."}


def taken(measure):
    return db.session.scalar(
        select(func.count()).select_from(Decision).where(Decision.measure == measure)
    )


def every_post_stands_once():
    rows = db.session.execute(
        select(Post.topic_id, Post.number).order_by(Post.topic_id, Post.number)
    ).all()
    by_topic = {}
    for topic_id, number in rows:
        by_topic.setdefault(topic_id, []).append(number)
    for topic_id, given in by_topic.items():
        assert given == list(range(1, len(given) + 1))
        assert db.session.get(Topic, topic_id).last_number == len(given)
    return len(rows)


def second(world):
    topic = forum.open_topic(
        world.export, by=world.teresa, title="Dogana svizzera", text="Chi spedisce?", at=now()
    )
    db.session.commit()
    return topic.id


def test_two_topics_are_merged_into_each_other_once(app, world, scene):
    first, other = scene.topic.id, second(world)

    def merging(topic_id, into_id, member_id):
        def deed():
            commands.merge_topics(
                db.session.get(Topic, topic_id), into=db.session.get(Topic, into_id),
                by=db.session.get(Member, member_id), at=now(), **REASON,
            )  # fmt: skip
            return ("merged",)

        return deed

    outcomes = at_once(
        app, merging(first, other, world.giulia.id), merging(other, first, world.beatriz.id)
    )
    assert sorted(outcome[0] for outcome in outcomes) == ["merged", "too late"]
    assert taken("merge") == 1 and every_post_stands_once() == 4


def test_the_same_posts_are_split_off_once(app, world, scene):
    topic_id, pitch_id = scene.topic.id, scene.pitch.id

    def splitting(member_id):
        def deed():
            commands.split_topic(
                db.session.get(Topic, topic_id), posts=[pitch_id], title="Sconti",
                by=db.session.get(Member, member_id), at=now(), **REASON,
            )  # fmt: skip
            return ("split",)

        return deed

    outcomes = at_once(app, splitting(world.giulia.id), splitting(world.marta.id))
    assert sorted(outcome[0] for outcome in outcomes) == ["split", "too late"]
    assert taken("split") == 1 and every_post_stands_once() == 3


def test_an_answer_written_during_a_move_or_a_merge_is_not_lost(app, world, scene):
    topic_id, other, group_id = scene.topic.id, second(world), world.energia.id
    giulia, emma = world.giulia.id, world.emma.id

    def moving():
        commands.move_topic(
            db.session.get(Topic, topic_id), to=db.session.get(Group, group_id),
            by=db.session.get(Member, giulia), at=now(), **REASON,
        )  # fmt: skip
        return ("moved",)

    def answering():
        forum.answer(
            db.session.get(Topic, topic_id), by=db.session.get(Member, emma), text="Noi.", at=now()
        )
        return ("answered",)

    assert len(at_once(app, moving, answering)) == 2
    assert every_post_stands_once() == 5
    topic = db.session.get(Topic, topic_id)
    assert topic.group_id == group_id and topic.posts_count == 4
    assert topic.group.last_post_at == topic.last_post_at
    assert other


def test_two_editors_suspend_somebody_once(app, world, scene):
    who = world.davide.id

    def suspending(member_id):
        def deed():
            commands.suspend(
                db.session.get(Member, who), by=db.session.get(Member, member_id), at=now(),
                until=now() + timedelta(days=7), **REASON,
            )  # fmt: skip
            return ("suspended",)

        return deed

    outcomes = at_once(app, suspending(world.giulia.id), suspending(world.beatriz.id))
    assert sorted(outcome[0] for outcome in outcomes) == ["suspended", "too late"]
    assert db.session.scalar(select(func.count()).select_from(Sanction)) == 1


def test_a_held_message_approved_while_its_topic_is_merged_stands_in_the_other(app, world, scene):
    world.export.approves = "all"
    held_id = forum.answer(scene.topic, by=world.teresa, text="Anche a Chiasso?", at=now()).id
    db.session.commit()
    world.export.approves = "none"
    topic_id, into_id = scene.topic.id, second(world)
    editors = world.giulia.id, world.beatriz.id

    def merging():
        commands.merge_topics(
            db.session.get(Topic, topic_id), into=db.session.get(Topic, into_id),
            by=db.session.get(Member, editors[0]), at=now(), **REASON,
        )  # fmt: skip
        return ("merged",)

    def approving():
        post = db.session.get(Post, held_id)
        commands.approve_post(post, by=db.session.get(Member, editors[1]), at=now())
        return ("approved",)

    outcomes = at_once(app, merging, approving)
    assert sorted(outcomes) == [("approved",), ("merged",)]
    assert db.session.get(Post, held_id).topic_id == into_id
    rows = select(Post.number).where(Post.topic_id == into_id).order_by(Post.number)
    assert db.session.scalars(rows).all() == [1, 2, 3, 4, 5]
    assert db.session.get(Topic, into_id).last_number == 5
