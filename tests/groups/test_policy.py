from datetime import timedelta

import pytest

from officine.blueprints.forum import policy as forum_policy
from officine.blueprints.groups import commands, policy, queries
from officine.core.db import db
from officine.core.session import Visitor
from officine.models import Topic
from officine.models.decision import decide
from tests.world import NOON

EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)

READERS = {
    "export": {"visitor", "marta", "teresa", "emma", "davide", "newcomer", "giulia"},
    "castings": {"marta", "teresa", "emma", "davide", "newcomer", "giulia"},
    "famiglia": {"marta", "giulia"},
}


def somebody(world, name):
    return Visitor() if name == "visitor" else getattr(world, name)


@pytest.mark.parametrize("group_name", READERS)
def test_topics_are_read_by_whom_the_group_is_for(app, world, group_name):
    group = getattr(world, group_name)
    people = ("visitor", "marta", "teresa", "emma", "davide", "newcomer", "giulia")

    with app.test_request_context("/it/"):
        readers = {n for n in people if queries.may_read_topics(somebody(world, n), group)}

    assert readers == READERS[group_name]


def test_a_visitor_knows_of_a_members_group_but_not_of_a_private_one(app, world):
    with app.test_request_context("/it/"):
        assert queries.find_group("metal-and-castings", Visitor())
        assert queries.find_group("passaggio-generazionale", Visitor()) is None


def test_an_invitation_shows_a_private_group_without_its_topics(world):
    commands.invite(world.famiglia, world.emma, by=world.marta, at=NOON)
    db.session.flush()

    assert queries.find_group("passaggio-generazionale", world.emma)
    assert not queries.may_read_topics(world.emma, world.famiglia)


@pytest.mark.parametrize(
    ("name", "group_name", "expected"),
    [
        ("emma", "export", True),
        ("newcomer", "export", False),
        ("davide", "export", False),
        ("marta", "energia", False),
        ("emma", "famiglia", False),
    ],
)
def test_who_enters_at_once(world, name, group_name, expected):
    assert bool(policy.may_join(somebody(world, name), getattr(world, group_name))) is expected


def test_a_visitor_is_asked_to_sign_in_before_entering(app, world):
    with app.test_request_context("/it/"):
        verdict = policy.may_join(Visitor(), world.export)

    assert not verdict
    assert verdict.sign_in


def test_nobody_asks_twice(world):
    assert policy.may_request(world.marta, world.energia)
    commands.request_to_join(world.energia, world.marta, text="", at=NOON)
    db.session.flush()

    assert not policy.may_request(world.marta, world.energia)


@pytest.mark.parametrize(
    ("name", "expected"), [("marta", True), ("giulia", True), ("davide", False), ("emma", False)]
)
def test_hosts_and_the_desk_look_after_a_group(world, name, expected):
    assert bool(policy.may_host(somebody(world, name), world.export)) is expected


def test_a_host_is_not_removed(world):
    host = queries.find_membership(world.export, "marta-colombo")
    member = queries.find_membership(world.export, "davide-rinaldi")

    assert not policy.may_remove(world.giulia, world.export, host)
    assert policy.may_remove(world.giulia, world.export, member)


def test_hosts_and_editors_open_at_once_and_members_propose(world):
    assert policy.opens_at_once(world.marta)
    assert policy.opens_at_once(world.giulia)
    assert not policy.opens_at_once(world.davide)
    assert policy.may_propose(world.davide)
    assert not policy.may_propose(world.newcomer)


def test_only_the_desk_decides_about_proposals(world):
    assert policy.may_decide(world.giulia)
    assert not policy.may_decide(world.marta)


def test_a_group_that_is_open_is_no_longer_declined(world):
    assert not policy.may_decline(world.giulia, world.export)


def removed(world, name="davide", group="export"):
    """Somebody who was removed from a group."""
    place = getattr(world, group)
    membership = queries.find_membership(place, getattr(world, name).handle)
    decision = commands.remove_member(
        membership, by=world.marta, at=NOON, rule="advertising", facts="Tre offerte in un giorno."
    )
    db.session.flush()
    return decision


def test_who_was_removed_does_not_enter_an_open_group_again_but_may_ask(world):
    decision = removed(world)

    verdict = policy.may_join(world.davide, world.export)

    assert not verdict
    assert verdict.decision_id == decision.id
    assert policy.may_request(world.davide, world.export)
    assert not policy.may_request(world.emma, world.export)


def test_who_was_removed_writes_nothing_in_the_group(world):
    removed(world)

    assert not forum_policy.may_write_in(world.davide, world.export, None)
    assert (
        forum_policy.may_write_in(world.davide, world.export, None) is not forum_policy.JOIN_FIRST
    )


def test_an_old_invitation_does_not_let_in_who_was_removed(world):
    request = commands.request_to_join(world.energia, world.davide, text="", at=EARLIER)
    commands.invite(world.energia, world.davide, by=world.teresa, at=EARLIER)
    commands.accept_request(request, by=world.teresa, at=EARLIER)
    db.session.flush()
    removed(world, group="energia")

    assert not policy.may_join(world.davide, world.energia)


@pytest.mark.parametrize("way", ["invited", "accepted"])
def test_who_is_let_back_comes_and_goes_like_everyone(world, way):
    removed(world)
    if way == "invited":
        commands.invite(world.export, world.davide, by=world.marta, at=LATER)
    else:
        request = commands.request_to_join(world.export, world.davide, text="Scusate", at=LATER)
        commands.accept_request(request, by=world.marta, at=LATER)
        db.session.flush()
        commands.leave(world.export, world.davide)
    db.session.flush()

    assert policy.may_join(world.davide, world.export)


def test_a_removal_that_is_taken_back_keeps_nobody_out(world):
    first = removed(world)
    decide(
        "reverse", by=world.giulia, at=LATER, rule="other", facts="Ci siamo sbagliati.",
        affected_id=world.davide.id, group_id=world.export.id, reverses=first,
    )  # fmt: skip

    assert policy.may_join(world.davide, world.export)


@pytest.mark.parametrize(
    ("now", "later", "expected"),
    [
        ("private", "members", False),
        ("private", "public", False),
        ("members", "public", False),
        ("public", "private", True),
        ("members", "private", True),
        ("private", "private", True),
    ],
)
def test_a_group_in_use_becomes_narrower_only(world, now, later, expected):
    world.export.visibility = now

    assert (later in queries.possible_readers(world.export)) is expected


def test_a_group_that_nobody_has_used_can_still_change_its_readers(world):
    assert "public" in queries.possible_readers(world.famiglia)

    db.session.add(
        Topic(
            group=world.famiglia, author=world.marta, title="Quote", slug="quote", language="it",
            opened_at=NOON, last_post_at=NOON,
        )
    )  # fmt: skip
    db.session.flush()

    assert queries.possible_readers(world.famiglia) == ("private",)
