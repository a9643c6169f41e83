"""What the desk does, and what it leaves as it was."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Decision, Hiding, Report, Thanks, Topic
from officine.models.decision import APPEAL_TIME
from tests.world import NOON

WHY = "Un fornitore offre uno sconto senza che nessuno lo abbia chiesto."


def hide(post, by, **more):
    decision = commands.hide_post(post, by=by, at=now(), rule="advertising", facts=WHY, **more)
    db.session.commit()
    return decision


def figures(topic):
    db.session.expire_all()
    return {
        "posts": topic.posts_count,
        "last_post_at": topic.last_post_at,
        "first_answer_at": topic.first_answer_at,
        "topics": topic.group.topics_count,
        "group_last_post_at": topic.group.last_post_at,
        "thanks": db.session.scalar(select(func.count()).select_from(Thanks)),
    }


def test_hiding_a_post_is_one_decision_with_its_reason(world, scene):
    decision = hide(scene.pitch, world.giulia)

    assert db.session.scalars(select(Decision)).all() == [decision]
    assert (decision.measure, decision.rule, decision.facts) == ("hide", "advertising", WHY)
    assert (decision.by, decision.affected) == (world.giulia, world.davide)
    assert (decision.language, decision.automatic, decision.on_report) == ("it", False, False)
    assert db.session.get(Hiding, scene.pitch.id).decision is decision


def test_the_facts_carry_the_language_they_are_written_in(world, scene):
    decision = commands.hide_post(
        scene.thanks, by=world.giulia, at=now(), rule="other",
        facts="El mensaje no tiene nada que ver con la pregunta que se hace en este debate.",
    )  # fmt: skip
    assert decision.language == "es"


def test_hiding_the_last_post_and_showing_it_leaves_every_figure_as_it_was(world, scene):
    forum.thank(scene.thanks, by=world.marta, at=now())
    db.session.commit()
    before = figures(scene.topic)

    hide(scene.thanks, world.giulia)
    hidden = figures(scene.topic)
    assert hidden["posts"] == before["posts"] - 1
    assert hidden["last_post_at"] == scene.pitch.written_at
    assert hidden["group_last_post_at"] == scene.pitch.written_at
    assert hidden["thanks"] == before["thanks"]

    commands.show_post(scene.thanks, by=world.beatriz, at=now(), facts="Era una battuta.")
    db.session.commit()
    assert figures(scene.topic) == before
    assert db.session.get(Hiding, scene.thanks.id) is None


def test_hiding_the_first_answer_lets_the_next_one_be_first(world, scene):
    hide(scene.pitch, world.giulia)
    assert figures(scene.topic)["first_answer_at"] == scene.thanks.written_at


def test_a_topic_whose_opening_is_hidden_is_not_counted_in_its_group(world, scene):
    before = figures(scene.topic)
    hide(scene.opening, world.giulia)
    hidden = figures(scene.topic)
    assert hidden["topics"] == before["topics"] - 1
    assert hidden["group_last_post_at"] is None

    commands.show_post(scene.opening, by=world.giulia, at=now(), facts="Va bene così.")
    db.session.commit()
    assert figures(scene.topic) == before


def test_a_hidden_answer_solves_nothing_until_it_is_shown_again(world, scene):
    forum.mark_answer(scene.topic, scene.thanks, by=world.marta, at=NOON)
    db.session.commit()
    hide(scene.thanks, world.giulia)
    assert not scene.topic.is_solved

    commands.show_post(scene.thanks, by=world.beatriz, at=now(), facts="Era una battuta.")
    db.session.commit()
    answer = db.session.get(Topic, scene.topic.id).answer
    assert (answer.post_id, answer.by, answer.at) == (scene.thanks.id, world.marta, NOON)


def test_an_answer_chosen_meanwhile_stays(world, scene):
    forum.mark_answer(scene.topic, scene.thanks, by=world.marta, at=NOON)
    hide(scene.thanks, world.giulia)
    forum.mark_answer(scene.topic, scene.pitch, by=world.marta, at=now())
    db.session.commit()
    commands.show_post(scene.thanks, by=world.beatriz, at=now(), facts="Era una battuta.")
    db.session.commit()
    assert db.session.get(Topic, scene.topic.id).answer.post_id == scene.pitch.id


def test_hiding_answers_all_open_reports(world, scene):
    for member in (world.marta, world.teresa):
        commands.report_post(scene.pitch, by=member, at=now(), rule="advertising")
    decision = hide(scene.pitch, world.giulia)

    assert decision.on_report
    assert {report.decision_id for report in db.session.scalars(select(Report))} == {decision.id}


def test_dismissing_answers_the_reports_and_leaves_the_post(world, scene):
    commands.report_post(scene.pitch, by=world.marta, at=now(), rule="spam")
    decision = commands.dismiss_reports(
        scene.pitch, by=world.giulia, at=now(), rule="spam", facts="È la prima volta."
    )
    assert decision.measure == "dismiss"
    assert decision.affected_id is None
    assert db.session.get(Hiding, scene.pitch.id) is None
    assert db.session.scalar(select(Report)).decision is decision


def test_of_two_decisions_about_a_post_the_first_stands(world, scene):
    first = hide(scene.pitch, world.giulia)
    with pytest.raises(commands.AlreadyDecided) as faster:
        hide(scene.pitch, world.beatriz)
    db.session.rollback()
    assert faster.value.decision.id == first.id
    assert faster.value.decision.by == world.giulia
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1


def test_who_still_sees_reports_that_a_colleague_dismissed_is_told(world, scene):
    report = commands.report_post(scene.pitch, by=world.marta, at=now(), rule="spam")
    dismissed = commands.dismiss_reports(
        scene.pitch, by=world.giulia, at=now(), rule="spam", facts="È la prima volta."
    )
    db.session.commit()
    with pytest.raises(commands.AlreadyDecided) as faster:
        hide(scene.pitch, world.beatriz, reports=[report.id])
    assert faster.value.decision.id == dismissed.id


def test_dismissing_or_showing_what_is_decided_already_is_refused(world, scene):
    with pytest.raises(commands.AlreadyDecided):
        commands.dismiss_reports(
            scene.pitch, by=world.giulia, at=now(), rule="spam", facts="Niente da dire."
        )
    with pytest.raises(commands.AlreadyDecided):
        commands.show_post(scene.pitch, by=world.giulia, at=now(), facts="Non è nascosto.")


def test_what_its_author_took_back_is_not_decided_about(world, scene):
    forum.delete_post(scene.pitch, by=world.davide, at=now())
    with pytest.raises(commands.AlreadyDecided) as gone:
        hide(scene.pitch, world.giulia)
    assert gone.value.decision is None


def test_an_editor_does_not_decide_about_their_own_post(world, scene):
    own = forum.answer(scene.topic, by=world.giulia, text="Lo chiedo in redazione.", at=now())
    with pytest.raises(commands.OwnPost):
        hide(own, world.giulia)
    assert hide(own, world.beatriz).affected == world.giulia


@pytest.mark.parametrize("facts", ["", "   \n "])
def test_nothing_is_decided_without_facts(world, scene, facts):
    with pytest.raises(commands.FactsMissing):
        commands.hide_post(scene.pitch, by=world.giulia, at=now(), rule="spam", facts=facts)
    with pytest.raises(commands.FactsMissing):
        commands.lock_topic(scene.topic, by=world.giulia, at=now(), rule="spam", facts=facts)


def test_a_person_reports_a_post_once(world, scene):
    first = commands.report_post(scene.pitch, by=world.marta, at=now(), rule="spam")
    with pytest.raises(commands.AlreadyReported) as again:
        commands.report_post(scene.pitch, by=world.marta, at=now(), rule="respect")
    assert again.value.report is first


@pytest.mark.parametrize("rule", ["illegal", "other"])
def test_some_reports_need_words(world, scene, rule):
    with pytest.raises(commands.ExplanationMissing):
        commands.report_post(scene.pitch, by=world.marta, at=now(), rule=rule, explanation="  ")


def test_locking_and_unlocking_are_decisions(world, scene):
    locked = commands.lock_topic(
        scene.topic, by=world.marta, at=now(), rule="off-topic", facts="Si è chiarito tutto."
    )
    assert scene.topic.is_locked
    with pytest.raises(forum.TopicLocked):
        forum.answer(scene.topic, by=world.teresa, text="Ancora una cosa.", at=now())
    with pytest.raises(commands.AlreadyDecided):
        commands.lock_topic(scene.topic, by=world.giulia, at=now(), rule="spam", facts="Basta.")

    opened = commands.unlock_topic(scene.topic, by=world.giulia, at=now(), facts="Ci ripensiamo.")
    db.session.commit()
    assert not db.session.get(Topic, scene.topic.id).is_locked
    assert [locked.measure, opened.measure] == ["lock", "unlock"]
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 2


def refused(*rows):
    with pytest.raises(IntegrityError):
        for row in rows:
            db.session.add(row)
        db.session.flush()
    db.session.rollback()


def decision(world, **changed):
    values = {
        "measure": "hide",
        "rule": "spam",
        "facts": WHY,
        "language": "it",
        "ground": "community",
        "law": "",
        "territory": "everywhere",
        "by_id": world.giulia.id,
        "at": NOON,
        "appealable_until": NOON + APPEAL_TIME,
    }
    return Decision(**values | changed)


def test_the_database_takes_a_decision_with_all_its_parts(world, scene):
    made = decision(world)
    db.session.add(made)
    db.session.flush()
    db.session.add(Hiding.by(made, post_id=scene.pitch.id))
    db.session.flush()


def test_the_database_refuses_a_hiding_without_a_decision_that_hides(world, scene):
    refused(Hiding(post_id=scene.pitch.id, measure="hide"))
    refused(Hiding(post_id=scene.pitch.id, decision_id=987654, measure="hide"))
    kept = decision(world, measure="dismiss")
    db.session.add(kept)
    db.session.commit()
    refused(Hiding(post_id=scene.pitch.id, decision_id=kept.id, measure="hide"))
    refused(Hiding(post_id=scene.pitch.id, decision_id=kept.id, measure="dismiss"))


@pytest.mark.parametrize(
    "changed",
    [
        {"facts": ""},
        {"facts": "   "},
        {"facts": None},
        {"rule": None},
        {"rule": "because"},
        {"by_id": None},
        {"measure": "silence"},
        {"ground": "mood"},
        {"ground": "law"},
        {"ground": "law", "law": "  "},
        {"territory": " "},
        {"appealable_until": None},
        {"measure": "suspend"},
        {"measure": "dismiss", "appealable_until": None},
    ],
    ids=str,
)
def test_the_database_refuses_a_decision_without_its_parts(world, scene, changed):
    refused(decision(world, **changed))


def test_the_database_keeps_a_decision_that_hides_something(world, scene):
    made = hide(scene.pitch, world.giulia)
    with pytest.raises(IntegrityError):
        db.session.delete(made)
        db.session.flush()
    db.session.rollback()


def test_the_database_takes_one_hiding_a_post_and_one_report_a_person(world, scene):
    hide(scene.pitch, world.giulia)
    other = decision(world)
    db.session.add(other)
    db.session.commit()
    post_id, thanks_id, decision_id = scene.pitch.id, scene.thanks.id, other.id
    marta_id = world.marta.id
    db.session.expunge_all()
    refused(Hiding(post_id=post_id, decision_id=decision_id, measure="hide"))

    def report():
        return Report(post_id=thanks_id, reporter_id=marta_id, rule="spam", explanation="",
                      language="it", reported_at=NOON)  # fmt: skip

    refused(report(), report())
