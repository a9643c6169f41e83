import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from officine.blueprints.groups import commands, queries
from officine.core.db import db
from officine.core.outbox import RecordedEvent
from officine.models import Decision, Group, Invitation, JoinRequest, Membership
from tests.world import NOON

DESCRIPTION = {
    "purpose": "Chi compra energia, e come.",
    "text": "Portate **le bollette**.",
    "sectors": ("energy",),
    "visibility": "public",
    "joining": "open",
}


def events() -> list[str]:
    return list(db.session.scalars(select(RecordedEvent.name).order_by(RecordedEvent.id)))


def open_group(by, name="Costi dell’energia"):
    group = commands.open_group(by=by, at=NOON, language="it", name=name, **DESCRIPTION)
    db.session.flush()
    db.session.refresh(group)
    return group


def propose(by):
    return commands.propose_group(by=by, at=NOON, language="en", name="Fairs", **DESCRIPTION)


def test_a_new_group_has_its_creator_as_host_and_an_address_made_of_its_name(world):
    group = open_group(world.marta)

    assert group.slug == "costi-dell-energia"
    assert group.opened_at == NOON
    assert group.members_count == 1
    assert queries.is_host(world.marta, group)
    assert "<strong>le bollette</strong>" in group.text_html


def test_two_groups_of_one_name_have_two_addresses(world):
    first, second = open_group(world.marta), open_group(world.marta)

    assert (first.slug, second.slug) == ("costi-dell-energia", "costi-dell-energia-2")


def test_many_groups_of_one_long_name_have_an_address_each(world):
    name = "Approvvigionamento e magazzino per piccole imprese di meccanica di precisione"
    groups = [open_group(world.marta, name) for _number in range(4)]

    assert len({group.slug for group in groups}) == 4
    assert all(len(group.slug) <= 80 for group in groups)


def test_a_renamed_group_is_found_at_its_old_address(world, visit):
    commands.edit_group(world.export, name="Dogane e dazi", **DESCRIPTION)

    reply = visit().get("/it/groups/export-e-dogane?page=2")

    assert reply.status_code == 301
    assert reply.location.endswith("/it/groups/dogane-e-dazi?page=2")


def test_a_new_group_never_takes_the_old_address_of_another(world):
    commands.edit_group(world.export, name="Dogane e dazi", **DESCRIPTION)
    db.session.flush()

    group = open_group(world.marta, "Export e dogane")

    assert group.slug == "export-e-dogane-2"


def test_a_group_that_takes_its_old_name_back_has_its_old_address_back(world):
    commands.edit_group(world.export, name="Dogane e dazi", **DESCRIPTION)
    db.session.flush()
    commands.edit_group(world.export, name="Export e dogane", **DESCRIPTION)

    assert world.export.slug == "export-e-dogane"


def test_a_proposed_group_is_seen_by_its_proposer_and_the_desk_only(world):
    group = commands.propose_group(
        by=world.emma, at=NOON, language="en", name="Fairs", **DESCRIPTION
    )
    db.session.flush()

    assert queries.find_group(group.slug, world.emma)
    assert queries.find_group(group.slug, world.giulia)
    assert queries.find_group(group.slug, world.marta) is None


def test_an_approved_group_is_open(world):
    group = commands.propose_group(
        by=world.emma, at=NOON, language="en", name="Fairs", **DESCRIPTION
    )

    commands.approve_group(group, by=world.giulia, at=NOON)
    db.session.flush()

    assert queries.find_group(group.slug, world.marta)


def test_a_declined_group_keeps_its_text_and_its_reason_until_it_is_proposed_again(world):
    group = commands.propose_group(
        by=world.emma, at=NOON, language="en", name="Fairs", **DESCRIPTION
    )
    commands.decline_group(group, by=world.giulia, at=NOON, facts="There is one already.")
    db.session.flush()
    declining = queries.declining_of(group)

    assert declining and declining.facts == "There is one already."
    assert group not in queries.proposed_groups()

    commands.propose_again(group, at=NOON.replace(hour=13))
    db.session.flush()

    assert queries.declining_of(group) is None
    assert group in queries.proposed_groups()


def test_joining_counts_and_answers_what_waited(world):
    commands.invite(world.energia, world.marta, by=world.teresa, at=NOON)
    commands.join(world.energia, world.marta, at=NOON)
    db.session.flush()
    db.session.refresh(world.energia)

    assert world.energia.members_count == 2
    assert db.session.scalar(select(Invitation.accepted)) is True


def test_nobody_joins_twice(world):
    with pytest.raises(commands.AlreadyMember):
        commands.join(world.export, world.davide, at=NOON)


def test_a_request_accepted_lets_in_once(world):
    request = commands.request_to_join(world.energia, world.marta, text="Vorrei", at=NOON)
    commands.accept_request(request, by=world.teresa, at=NOON)
    commands.accept_request(request, by=world.teresa, at=NOON)
    db.session.flush()
    db.session.refresh(world.energia)

    assert world.energia.members_count == 2
    assert events().count("JoinAnswered") == 1


def test_a_refusal_without_a_reason_is_refused_by_the_database(world):
    request = commands.request_to_join(world.energia, world.marta, text="", at=NOON)
    commands.refuse_request(request, by=world.teresa, at=NOON, reason="  ")

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_nobody_opens_wider_what_was_written_for_few(world):
    world.export.visibility = "private"

    with pytest.raises(commands.WiderReaders):
        commands.edit_group(world.export, name="Export e dogane", **DESCRIPTION)


def test_the_last_host_cannot_leave(world):
    with pytest.raises(commands.LastHost):
        commands.leave(world.export, world.marta)


def test_a_host_leaves_after_handing_over(world):
    commands.make_host(queries.find_membership(world.export, "davide-rinaldi"))
    db.session.flush()
    commands.leave(world.export, world.marta)
    db.session.flush()

    assert not queries.is_host(world.marta, world.export)
    assert queries.is_host(world.davide, world.export)


def test_a_removal_is_a_decision_with_its_reason(world):
    membership = queries.find_membership(world.export, "davide-rinaldi")
    commands.remove_member(
        membership, by=world.marta, at=NOON, rule="advertising", facts="Tre offerte in un giorno."
    )
    db.session.flush()
    decision = db.session.scalar(select(Decision))

    assert decision.measure == "remove-from-group"
    assert decision.affected_id == world.davide.id
    assert queries.find_membership(world.export, "davide-rinaldi") is None


def test_a_host_is_not_removed(world):
    """Not even one who was made host while somebody filled in the form."""
    membership = queries.find_membership(world.export, "davide-rinaldi")
    commands.make_host(membership)
    with pytest.raises(commands.HostStays):
        commands.remove_member(membership, by=world.giulia, at=NOON, rule="other", facts="Basta.")
    assert db.session.scalar(select(Decision)) is None


def test_somebody_who_declined_can_be_invited_again(world):
    invitation = commands.invite(world.famiglia, world.emma, by=world.marta, at=NOON)
    commands.decline_invitation(invitation, at=NOON)
    again = commands.invite(world.famiglia, world.emma, by=world.marta, at=NOON)

    assert again.id == invitation.id
    assert queries.open_invitation(world.emma, world.famiglia)


def test_two_waiting_invitations_do_not_exist(world):
    commands.invite(world.famiglia, world.emma, by=world.marta, at=NOON)
    commands.invite(world.famiglia, world.emma, by=world.marta, at=NOON)

    assert events().count("MemberInvited") == 1


def test_my_groups_count_topics_written_since_i_joined(world):
    assert [each.name for each in queries.my_groups(world.marta)] == [
        "Export e dogane",
        "Passaggio generazionale",
    ]
    assert queries.my_groups(world.marta)[0].unread == 0


def test_counts_follow_membership(world):
    for group in db.session.scalars(select(Group)):
        members = db.session.scalars(select(Membership).filter_by(group_id=group.id)).all()
        assert group.members_count == len(members)


def test_requests_are_answered_by_hosts_of_their_own_group_only(world):
    request = commands.request_to_join(world.energia, world.marta, text="", at=NOON)
    db.session.flush()

    assert queries.find_request(request.id, world.export) is None
    assert queries.find_request(request.id, world.energia) is request
    assert db.session.scalar(select(JoinRequest.id)) == request.id
