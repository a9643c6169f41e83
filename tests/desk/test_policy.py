"""Who may report, close and decide."""

import pytest

from officine.blueprints.desk import commands, policy
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.session import Visitor


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("marta", False),
        ("davide", False),
        ("newcomer", False),
        ("giulia", True),
        ("beatriz", True),
        ("ruth", True),
    ],
)
def test_only_the_desk_decides_about_posts(world, scene, who, may):
    viewer = getattr(world, who)
    assert bool(policy.may_decide(viewer)) is may
    assert bool(policy.may_decide_post(viewer, scene.pitch)) is may


def test_nobody_decides_about_their_own_post(world, scene):
    own = forum.answer(scene.topic, by=world.giulia, text="Lo chiedo in redazione.", at=now())
    assert policy.may_decide_post(world.giulia, own) is policy.OWN_POST
    assert policy.may_decide_post(world.beatriz, own)


def test_everyone_with_an_account_reports_what_others_wrote(world, scene):
    assert policy.may_report(world.teresa, scene.pitch)
    assert policy.may_report(world.newcomer, scene.pitch)
    assert policy.may_report(world.davide, scene.pitch) is policy.OWN_REPORT


def test_everyone_without_an_account_reports_too(app, world, scene):
    with app.test_request_context("/it/"):
        assert policy.may_report(Visitor(), scene.pitch)
        assert policy.may_report_person(Visitor(), world.davide)


def test_a_visitor_is_asked_to_sign_in(app, world, scene):
    with app.test_request_context("/it/"):
        nobody = Visitor()
        for verdict in (
            policy.may_decide(nobody),
            policy.may_lock(nobody, scene.topic),
        ):
            assert not verdict and verdict.sign_in


def test_hosts_close_topics_of_their_own_group_only(world, scene):
    assert policy.may_lock(world.marta, scene.topic)
    assert policy.may_lock(world.giulia, scene.topic)
    assert policy.may_lock(world.emma, scene.topic) is policy.NOT_HOST
    assert policy.may_lock(world.davide, scene.topic) is policy.NOT_HOST


def test_a_host_does_not_reopen_what_the_desk_closed(world, scene):
    commands.lock_topic(scene.topic, by=world.giulia, at=now(), rule="respect", facts="Insulti.")
    verdict = policy.may_unlock(world.marta, scene.topic)
    assert not verdict
    assert policy.may_unlock(world.beatriz, scene.topic)


def test_a_host_reopens_what_a_host_closed(world, scene):
    commands.lock_topic(scene.topic, by=world.marta, at=now(), rule="other", facts="Risolto.")
    assert policy.may_unlock(world.marta, scene.topic)


def test_a_decision_is_read_by_whom_it_affects_and_the_desk(app, world, scene):
    decision = commands.hide_post(
        scene.pitch, by=world.giulia, at=now(), rule="spam", facts="Pubblicità."
    )
    readers = [world.davide, world.giulia, world.beatriz, world.ruth]
    others = [world.marta, world.teresa, world.newcomer]
    assert all(policy.may_read_decision(reader, decision) for reader in readers)
    assert not any(policy.may_read_decision(other, decision) for other in others)
