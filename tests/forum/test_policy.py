"""Who may do what in the forum."""

import pytest

from officine.blueprints.desk.commands import hide_post, lock_topic
from officine.blueprints.forum import commands, policy
from officine.blueprints.groups.queries import membership_of
from officine.core.clock import now
from officine.core.permission import CONFIRM_FIRST, SIGN_IN_FIRST
from officine.core.session import Visitor


@pytest.mark.parametrize(
    ("name", "group", "verdict"),
    [
        ("marta", "export", True),
        ("davide", "export", True),  # a supplier, whose tag says so
        ("emma", "export", policy.JOIN_FIRST),
        ("giulia", "export", policy.JOIN_FIRST),
        ("newcomer", "export", CONFIRM_FIRST),
        ("marta", "energia", policy.ASK_FIRST),
        ("davide", "famiglia", policy.INVITED_ONLY),
    ],
)
def test_writing_is_for_members_of_the_group(world, name, group, verdict):
    viewer, group = getattr(world, name), getattr(world, group)
    assert policy.may_write_in(viewer, group, membership_of(viewer, group)) is verdict


def test_visitors_sign_in_first(world, talk):
    visitor = Visitor()
    assert policy.may_answer(visitor, talk.topic, None) is SIGN_IN_FIRST
    assert policy.may_thank(visitor, talk.davide) is SIGN_IN_FIRST
    assert policy.may_edit(visitor, talk.davide) is SIGN_IN_FIRST
    assert policy.may_follow(visitor) is SIGN_IN_FIRST


def test_a_closed_topic_takes_no_answers_from_anybody(world, talk):
    lock_topic(talk.topic, by=world.giulia, at=now(), rule="off-topic", facts="Altro tema.")
    for who in (world.marta, world.giulia, Visitor()):
        assert policy.may_answer(who, talk.topic, None) is policy.LOCKED


def test_nobody_changes_another_s_words(world, talk):
    assert policy.may_edit(world.davide, talk.davide) is True
    for who in (world.marta, world.giulia, world.ruth):
        assert policy.may_edit(who, talk.davide) is policy.ONE_S_OWN
        assert policy.may_delete(who, talk.davide, 0) is policy.ONE_S_OWN


def test_hidden_words_stay_as_they_are(world, talk):
    hide_post(talk.davide, by=world.giulia, at=now(), rule="spam", facts="Sempre uguale.")
    assert policy.may_edit(world.davide, talk.davide) is policy.HIDDEN
    assert policy.may_thank(world.marta, talk.davide) is policy.HIDDEN


def test_the_opening_post_goes_only_alone(world, talk):
    assert policy.may_delete(world.marta, talk.question, 2) is policy.ANSWERED
    assert policy.may_delete(world.marta, talk.question, 0) is True


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("marta", True), ("giulia", True), ("davide", policy.MARK), ("newcomer", CONFIRM_FIRST)],
)
def test_author_host_and_desk_choose_the_useful_answer(world, talk, name, verdict):
    viewer = getattr(world, name)
    membership = membership_of(viewer, world.export)
    assert policy.may_mark_answer(viewer, talk.topic, membership) is verdict


def test_hosts_and_desk_pin(world):
    for name, verdict in {"marta": True, "giulia": True, "davide": policy.PIN}.items():
        viewer = getattr(world, name)
        assert policy.may_pin(viewer, membership_of(viewer, world.export)) is verdict


def test_one_s_own_thanks_do_not_count(world, talk):
    assert policy.may_thank(world.davide, talk.davide) is policy.OWN_THANKS
    commands.delete_post(talk.davide, by=world.davide, at=now())
    assert policy.may_thank(world.marta, talk.davide) is policy.GONE
