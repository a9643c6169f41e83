"""Who makes events, who puts them into the calendar."""

from datetime import timedelta

from officine.blueprints.planning import policy
from officine.blueprints.planning.commands import publishing, rescheduling
from officine.core.clock import now
from officine.core.session import Visitor
from tests.planning.conftest import make


def test_members_with_a_confirmed_address_propose(world):
    assert policy.may_propose(world.marta)
    assert not policy.may_propose(world.newcomer)
    assert not policy.may_propose(Visitor())


def test_organisers_and_the_desk_edit(world, draft):
    assert policy.may_edit(world.marta, draft)
    assert policy.may_edit(world.giulia, draft)
    assert not policy.may_edit(world.teresa, draft)


def test_the_desk_publishes_and_a_host_for_their_own_group(world, draft):
    assert policy.may_publish(world.giulia, draft)
    assert not policy.may_publish(world.marta, draft)
    own = make(world.marta, audience="group", group_id=world.export.id)
    assert policy.may_publish(world.marta, own)
    guest = make(world.davide, audience="group", group_id=world.export.id)
    assert not policy.may_publish(world.davide, guest)
    assert policy.may_publish(world.marta, guest)
    others = make(world.marta, audience="group", group_id=world.energia.id)
    assert not policy.may_publish(world.marta, others)
    open_to_all = make(world.marta, audience="public", group_id=world.export.id)
    assert not policy.may_publish(world.marta, open_to_all)


def test_what_is_proposed_is_not_proposed_again(world, draft):
    assert policy.may_send(world.marta, draft)
    publishing.propose_event(draft, by=world.marta, at=now())
    assert policy.may_send(world.marta, draft) is policy.PROPOSED


def test_only_what_is_to_come_is_moved(world, draft, published):
    at = now()
    assert policy.may_reschedule(world.marta, published, at)
    later = published.ends_at + timedelta(minutes=1)
    assert policy.may_reschedule(world.marta, published, later) is policy.OVER
    rescheduling.cancel_event(published, by=world.marta, at=at, seen=published.version, reason="No")
    assert policy.may_reschedule(world.marta, published, at) is policy.CANCELLED
    assert policy.may_discard(world.marta, published) is policy.PUBLISHED
