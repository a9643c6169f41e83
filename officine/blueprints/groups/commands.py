"""What changes groups, and who belongs to them."""

from datetime import datetime, timedelta
from typing import Required, TypedDict, Unpack

from sqlalchemy import func, select

from officine.blueprints.groups import queries
from officine.blueprints.groups.events import (
    GroupChanged,
    GroupDeclined,
    GroupProposed,
    JoinAnswered,
    JoinRequested,
    MemberInvited,
    MemberJoined,
    MemberLeft,
    MemberRemoved,
)
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.markdown import render
from officine.lib.slugs import slugify
from officine.lib.text import clean, clean_line
from officine.models import (
    Decision,
    Group,
    Invitation,
    JoinRequest,
    Member,
    Membership,
)
from officine.models.case import close_cases, open_case
from officine.models.decision import Grounds, decide
from officine.models.group import open_proposed
from officine.models.old_address import free_address, keep_old_address
from officine.models.request import answer

PROMISE = timedelta(days=2)
"""How soon the desk answers a proposal."""
RESERVED_SLUGS = {"new", "proposed"}


class Description(TypedDict, total=False):
    """What a group says of itself; without more than a name and a purpose, everyone reads it and
    enters it.
    """

    name: Required[str]
    purpose: Required[str]
    text: str
    sectors: tuple[str, ...]
    visibility: str
    joining: str
    approves: str


class AlreadyMember(Exception):
    """The person belongs to the group."""


class LastHost(Exception):
    """A group is never without a host."""


class WiderReaders(Exception):
    """What was written for some is not shown to more."""


class HostStays(Exception):
    """A host is not removed: the desk first lets them look after the group no more."""


def open_group(
    *,
    by: Member,
    at: datetime,
    language: str,
    slug: str | None = None,
    **description: Unpack[Description],
) -> Group:
    """Create a group that is open from now on; who creates it is its host."""
    group = _new_group(by, at, language, description, slug)
    group.opened_at = at
    db.session.flush()
    _let_in(group, by, at, host=True)
    record(GroupChanged(group.id))
    return group


def propose_group(
    *, by: Member, at: datetime, language: str, **description: Unpack[Description]
) -> Group:
    """Propose a group to the editorial desk; only the proposer and the desk see it."""
    group = _new_group(by, at, language, description)
    group.proposed_at = at
    db.session.flush()
    _let_in(group, by, at, host=True)
    _wait_for_desk(group, at)
    return group


def propose_again(group: Group, *, at: datetime) -> None:
    """Ask the desk once more, after mending what it did not agree with."""
    group.proposed_at = at
    _wait_for_desk(group, at)


def approve_group(
    group: Group, *, by: Member, at: datetime, **grounds: Unpack[Grounds]
) -> Decision | None:
    """Open a proposed group; its proposer is its host. None where it was open already."""
    if not open_proposed(group, at):
        return None
    decision = decide(
        "approve", by=by, at=at, rule="other", facts="", affected_id=group.created_by_id,
        group_id=group.id, **grounds,
    )  # fmt: skip
    close_cases("group", group.id, at=at, decision=decision)
    record(GroupChanged(group.id, newly_open=True))
    return decision


def decline_group(
    group: Group, *, by: Member, at: datetime, facts: str, **grounds: Unpack[Grounds]
) -> Decision:
    """Say no to a proposed group, with the reason for its proposer, who keeps the text and may
    mend it and propose it again.
    """
    decision = decide(
        "decline-group", by=by, at=at, rule="other", facts=facts,
        affected_id=group.created_by_id, group_id=group.id, **grounds,
    )  # fmt: skip
    close_cases("group", group.id, at=at, decision=decision)
    record(GroupDeclined(group.id, decision.id))
    return decision


def edit_group(group: Group, **description: Unpack[Description]) -> None:
    """Change what a group says of itself. A new name gives a new address; the old one leads
    there. Raises WiderReaders where more people would read it than those it was written for.
    """
    lock_row(group)
    if description.get("visibility", "public") not in queries.possible_readers(group):
        raise WiderReaders(group.id)
    name = clean_line(description["name"])
    if name != group.name:
        group.name = name
        _move(group, _free_slug(name, group.id))
    _describe(group, description)
    record(GroupChanged(group.id))


def set_cover(group: Group, key: str | None) -> None:
    """Give the group a cover picture, kept under ``key``, or take it away."""
    group.cover_key = key
    record(GroupChanged(group.id))


def join(group: Group, member: Member, *, at: datetime) -> None:
    """Enter a group. An invitation or a request that waits is thereby answered."""
    if db.session.get(Membership, (group.id, member.id)):
        raise AlreadyMember(member.id)
    _settle_invitation(group, member, at, accepted=True)
    _settle_request(group, member, at)
    _let_in(group, member, at)
    record(MemberJoined(group.id, member.id))


def request_to_join(group: Group, member: Member, *, text: str, at: datetime) -> JoinRequest:
    """Ask the hosts to be let in."""
    request = JoinRequest(group=group, member=member, text=clean(text), asked_at=at)
    db.session.add(request)
    db.session.flush()
    record(JoinRequested(request.id))
    return request


def accept_request(request: JoinRequest, *, by: Member, at: datetime) -> None:
    """Let somebody in who asked."""
    if answer(request, by=by, at=at, accepted=True):
        _settle_invitation(request.group, request.member, at, accepted=True)
        if not db.session.get(Membership, (request.group_id, request.member_id)):
            _let_in(request.group, request.member, at)
        record(JoinAnswered(request.id))


def refuse_request(request: JoinRequest, *, by: Member, at: datetime, reason: str) -> None:
    """Do not let somebody in, and tell them why."""
    if answer(request, by=by, at=at, accepted=False, reason=reason):
        record(JoinAnswered(request.id))


def invite(group: Group, member: Member, *, by: Member, at: datetime) -> Invitation:
    """Ask somebody in. One who said no can be asked again."""
    if db.session.get(Membership, (group.id, member.id)):
        raise AlreadyMember(member.id)
    invitation = db.session.scalar(
        select(Invitation).filter_by(group_id=group.id, member_id=member.id)
    )
    if invitation is None:
        invitation = Invitation(group=group, member=member, invited_by=by, invited_at=at)
        db.session.add(invitation)
    elif invitation.answered_at:
        invitation.invited_by, invitation.invited_at = by, at
        invitation.answered_at = invitation.accepted = None
    else:
        return invitation
    db.session.flush()
    record(MemberInvited(invitation.id))
    return invitation


def decline_invitation(invitation: Invitation, *, at: datetime) -> None:
    """Not this group, thank you."""
    invitation.answered_at, invitation.accepted = at, False


def leave(group: Group, member: Member) -> None:
    """Go. The last host cannot."""
    membership = db.session.get(Membership, (group.id, member.id))
    if membership is None:
        return
    if membership.is_host and _hosts(group) == 1:
        raise LastHost(group.id)
    _let_go(group, membership)
    record(MemberLeft(group.id, member.id))


def make_host(membership: Membership) -> None:
    """Let a member look after the group too."""
    membership.is_host = True


def stop_hosting(membership: Membership) -> None:
    """Look after the group no more, but stay. The last host cannot."""
    if membership.is_host and _hosts(membership.group) == 1:
        raise LastHost(membership.group_id)
    membership.is_host = False


def remove_member(
    membership: Membership, *, by: Member, at: datetime, rule: str, facts: str
) -> Decision:
    """Remove somebody from a group by a decision that tells them why. Raises HostStays."""
    lock_row(membership)
    if membership.is_host:
        raise HostStays(membership.member_id)
    decision = decide(
        "remove-from-group", by=by, at=at, rule=rule, facts=facts,
        affected_id=membership.member_id, group_id=membership.group_id,
    )  # fmt: skip
    # An invitation left over from before would let them in again.
    _settle_invitation(membership.group, membership.member, at, accepted=True)
    record(MemberRemoved(membership.group_id, decision.id))
    _let_go(membership.group, membership)
    return decision


def _new_group(
    by: Member, at: datetime, language: str, description: Description, slug: str | None = None
) -> Group:
    name = clean_line(description["name"])
    group = Group(
        slug=slug or _free_slug(name),
        language=language,
        name=name,
        created_at=at,
        created_by=by,
        members_count=0,
        topics_count=0,
    )
    _describe(group, description)
    db.session.add(group)
    return group


def _describe(group: Group, it: Description) -> None:
    group.purpose = clean_line(it["purpose"])
    group.text = clean(it.get("text", ""))
    group.text_html = render(group.text)
    group.sectors = tuple(it.get("sectors", ()))
    group.visibility = it.get("visibility", "public")
    group.joining = it.get("joining", "open")
    group.approves = it.get("approves", "none")


def _free_slug(name: str, owner_id: int = 0) -> str:
    wanted = slugify(name, fallback="group")
    return free_address("group", Group.slug, wanted, owner_id=owner_id, reserved=RESERVED_SLUGS)


def _move(group: Group, slug: str) -> None:
    if slug != group.slug:
        keep_old_address("group", group.id, old=group.slug, new=slug)
        group.slug = slug


def _let_in(group: Group, member: Member, at: datetime, *, host: bool = False) -> None:
    db.session.add(Membership(group_id=group.id, member_id=member.id, is_host=host, joined_at=at))
    group.members_count = Group.members_count + 1


def _let_go(group: Group, membership: Membership) -> None:
    db.session.delete(membership)
    group.members_count = Group.members_count - 1


def _hosts(group: Group) -> int:
    """How many hosts there are; two of them who go at the same instant wait for each other."""
    lock_row(group)
    count = select(func.count()).select_from(Membership)
    return (
        db.session.scalar(
            count.where(Membership.group_id == group.id, Membership.is_host.is_(True))
        )
        or 0
    )


def _settle_invitation(group: Group, member: Member, at: datetime, *, accepted: bool) -> None:
    invitation = db.session.scalar(
        select(Invitation).filter_by(group_id=group.id, member_id=member.id, answered_at=None)
    )
    if invitation:
        invitation.answered_at, invitation.accepted = at, accepted


def _settle_request(group: Group, member: Member, at: datetime) -> None:
    request = db.session.scalar(
        select(JoinRequest).filter_by(group_id=group.id, member_id=member.id, answered_at=None)
    )
    if request:
        request.answered_at, request.accepted = at, True


def _wait_for_desk(group: Group, at: datetime) -> None:
    open_case(
        "group",
        subject="group",
        subject_id=group.id,
        title=group.name,
        language=group.language,
        group_id=group.id,
        member_id=group.created_by_id,
        at=at,
        due_at=at + PROMISE,
    )
    record(GroupProposed(group.id))
