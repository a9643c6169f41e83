"""Who hears of what happens in groups. Each notice reaches a member once."""

from typing import Any

from officine.blueprints.groups import queries
from officine.blueprints.groups.events import (
    GroupChanged,
    GroupDeclined,
    JoinAnswered,
    JoinRequested,
    MemberInvited,
    MemberRemoved,
)
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.models import Decision, Group, Invitation, JoinRequest, Member
from officine.models.notification import notify


def tell_hosts_of_request(event: JoinRequested) -> None:
    """The hosts hear that somebody asks to be let in."""
    request = db.session.get(JoinRequest, event.request_id)
    if request is None or request.answered_at:
        return
    for host in queries.hosts_of(request.group):
        _tell(
            host,
            "join-request",
            letter="join_request",
            cause=f"join-request:{request.id}",
            group=request.group,
            actor_id=request.member_id,
            person=request.member,
            words=request.text,
        )


def tell_who_asked(event: JoinAnswered) -> None:
    """Who asked hears the answer, and the reason of a no."""
    request = db.session.get(JoinRequest, event.request_id)
    if request is None or request.answered_at is None:
        return
    _tell(
        request.member,
        "join-accepted" if request.accepted else "join-refused",
        letter="join_answered",
        cause=f"join-answer:{request.id}",
        group=request.group,
        actor_id=request.answered_by_id,
        accepted=bool(request.accepted),
        reason=request.reason,
    )


def tell_invited(event: MemberInvited) -> None:
    """Who is invited hears by whom and into which group."""
    invitation = db.session.get(Invitation, event.invitation_id)
    if invitation is None or invitation.answered_at:
        return
    _tell(
        invitation.member,
        "invitation",
        letter="invited",
        cause=f"invitation:{invitation.id}:{invitation.invited_at:%Y%m%d%H%M%S}",
        group=invitation.group,
        actor_id=invitation.invited_by_id,
        person=invitation.invited_by,
    )


def tell_removed(event: MemberRemoved) -> None:
    """Who was removed reads the decision, with its reason."""
    decision = db.session.get(Decision, event.decision_id)
    group = db.session.get(Group, event.group_id)
    if decision and decision.affected and group:
        _tell_decision(decision.affected, "removed", decision, group, letter="removed")


def tell_proposer_yes(event: GroupChanged) -> None:
    """Who proposed a group hears that it is open."""
    group = db.session.get(Group, event.group_id)
    if group and event.newly_open:
        cause = f"group-open:{group.id}"
        _tell(group.created_by, "group-open", letter="opened", cause=cause, group=group)


def tell_proposer_no(event: GroupDeclined) -> None:
    """Who proposed a group reads why the desk said no, and that it can be mended."""
    decision = db.session.get(Decision, event.decision_id)
    group = db.session.get(Group, event.group_id)
    if decision and group:
        _tell_decision(group.created_by, "group-declined", decision, group, letter="declined")


def _tell_decision(to: Member, kind: str, decision: Decision, group: Group, *, letter: str) -> None:
    _tell(
        to,
        kind,
        letter=letter,
        cause=f"decision:{decision.id}",
        group=group,
        decision_id=decision.id,
        decision=decision,
    )


def _tell(
    to: Member,
    kind: str,
    *,
    letter: str,
    cause: str,
    group: Group,
    actor_id: int | None = None,
    decision_id: int | None = None,
    **words: Any,
) -> None:
    """A notification and, for who confirmed their address, a letter that says more."""
    about = {"actor_id": actor_id, "group_id": group.id, "decision_id": decision_id}
    notify(to, kind=kind, cause=cause, at=now(), **about)
    if not to.hears_letters:
        return
    with writing_in(to.interface_language):
        url = public_url("groups.show", slug=group.slug)
    mail.write(f"groups/{letter}", to=to, key=f"{cause}:{to.id}", group=group, url=url, **words)
