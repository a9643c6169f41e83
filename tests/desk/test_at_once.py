"""Two editors at the very same moment, each with a transaction of their own."""

import threading

from flask import Flask
from sqlalchemy import func, select

from officine.blueprints.desk import commands, queries
from officine.blueprints.forum import cases as forum_cases
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, Decision, Hiding, Member, Notification, Post, Topic
from officine.models.case import Grounded
from tests.desk.conftest import Scene
from tests.world import World


def at_once(app: Flask, *deeds):
    """Run each deed in a thread with a session of its own, all at the same time."""
    start, outcomes = threading.Barrier(len(deeds)), []

    def run(deed):
        with app.app_context():
            start.wait()
            try:
                outcomes.append(deed())
                db.session.commit()
            except commands.AlreadyDecided as faster:
                outcomes.append(("too late", faster.decision.by.name))
                db.session.rollback()
            finally:
                db.session.remove()

    db.session.commit()
    db.session.remove()
    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def hiding(post_id, editor_id):
    def deed():
        editor = db.session.get(Member, editor_id)
        commands.hide_post(
            db.session.get(Post, post_id), by=editor, at=now(), rule="spam", facts="Pubblicità."
        )
        return ("hidden", editor.name)

    return deed


def test_one_decision_stands_and_the_other_editor_is_told(
    app, world: World, scene: Scene, settle
):  # fmt: skip
    settle()
    post_id, author_id = scene.pitch.id, world.davide.id
    editors = [world.giulia.id, world.beatriz.id, world.ruth.id]
    outcomes = at_once(app, *(hiding(post_id, editor_id) for editor_id in editors))

    [winner] = [name for outcome, name in outcomes if outcome == "hidden"]
    assert [name for outcome, name in outcomes if outcome == "too late"] == [winner] * 2
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1
    assert db.session.scalar(select(func.count()).select_from(Hiding)) == 1
    settle()
    heard = select(func.count()).where(
        Notification.member_id == author_id, Notification.kind == "decision-hide"
    )
    assert db.session.scalar(heard) == 1


def test_a_host_and_an_editor_close_a_topic_at_once(app, world: World, scene: Scene):
    topic_id = scene.topic.id

    def closing(member_id):
        def deed():
            member = db.session.get(Member, member_id)
            commands.lock_topic(
                db.session.get(Topic, topic_id), by=member, at=now(), rule="other", facts="Basta."
            )
            return ("closed", member.name)

        return deed

    outcomes = at_once(app, closing(world.marta.id), closing(world.giulia.id))
    assert sorted(outcome for outcome, _ in outcomes) == ["closed", "too late"]
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1


def test_an_author_mends_what_an_editor_decides_about_at_once(app, world: World, scene: Scene):
    """Whoever is first: nobody waits for the other for ever, and no unread text is published."""
    world.export.approves = "all"
    held = forum.answer(scene.topic, by=world.davide, text="Scrivetemi.", at=now())
    post_id, seen = held.id, queries.wording_of(held)
    case_id = db.session.scalar(select(Case.id).filter_by(subject_id=post_id))
    author_id, editor_id = world.davide.id, world.giulia.id
    measure = next(
        each for each in forum_cases.KINDS[0].measures(db.session.get(Case, case_id), world.giulia)
        if each.name == "approve"
    )  # fmt: skip

    def mending():
        try:
            forum.edit_post(
                db.session.get(Post, post_id), by=db.session.get(Member, author_id),
                text="Spiego la bolla.", at=now(),
            )  # fmt: skip
        except forum.PostGone:
            return "gone"
        return "mended"

    def deciding():
        try:
            commands.decide_case(
                db.session.get(Case, case_id), measure, by=db.session.get(Member, editor_id),
                at=now(), grounded=Grounded("other", "", more={"wording": seen}),
            )  # fmt: skip
        except commands.TextChanged:
            return "read again"
        return "approved"

    outcomes = at_once(app, mending, deciding)
    post = db.session.get(Post, post_id)
    assert sorted(outcomes) in (["mended", "read again"], ["approved", "mended"])
    if "read again" in outcomes:
        assert post.is_held and post.text == "Spiego la bolla."
    else:
        assert post.text == "Scrivetemi.", "the new words wait for an editor"
