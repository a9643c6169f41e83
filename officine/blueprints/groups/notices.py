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
        notify(
            host,
            kind="join-request",
            cause=f"join-request:{request.id}",
            at=now(),
            actor_id=request.member_id,
            group_id=request.group_id,
        )
        _write(
            "join_request",
            to=host,
            key=f"join-request:{request.id}:{host.id}",
            group=request.group,
            person=request.member,
            words=request.text,
        )


def tell_who_asked(event: JoinAnswered) -> None:
    """Who asked hears the answer, and the reason of a no."""
    request = db.session.get(JoinRequest, event.request_id)
    if request is None or request.answered_at is None:
        return
    notify(
        request.member,
        kind="join-accepted" if request.accepted else "join-refused",
        cause=f"join-answer:{request.id}",
        at=now(),
        actor_id=request.answered_by_id,
        group_id=request.group_id,
    )
    _write(
        "join_answered",
        to=request.member,
        key=f"join-answer:{request.id}",
        group=request.group,
        accepted=bool(request.accepted),
        reason=request.reason,
    )


def tell_invited(event: MemberInvited) -> None:
    """Who is invited hears by whom and into which group."""
    invitation = db.session.get(Invitation, event.invitation_id)
    if invitation is None or invitation.answered_at:
        return
    moment = f"{invitation.id}:{invitation.invited_at:%Y%m%d%H%M%S}"
    notify(
        invitation.member,
        kind="invitation",
        cause=f"invitation:{moment}",
        at=now(),
        actor_id=invitation.invited_by_id,
        group_id=invitation.group_id,
    )
    _write(
        "invited",
        to=invitation.member,
        key=f"invitation:{moment}",
        group=invitation.group,
        person=invitation.invited_by,
    )


def tell_removed(event: MemberRemoved) -> None:
    """Who was removed reads the decision, with its reason."""
    decision = db.session.get(Decision, event.decision_id)
    group = db.session.get(Group, event.group_id)
    if decision is None or decision.affected is None or group is None:
        return
    notify(
        decision.affected,
        kind="removed",
        cause=f"decision:{decision.id}",
        at=now(),
        group_id=group.id,
        decision_id=decision.id,
    )
    _write(
        "removed",
        to=decision.affected,
        key=f"decision:{decision.id}",
        group=group,
        decision=decision,
    )


def tell_proposer_yes(event: GroupChanged) -> None:
    """Who proposed a group hears that it is open."""
    group = db.session.get(Group, event.group_id)
    if group is None or not event.newly_open:
        return
    proposer = group.created_by
    notify(proposer, kind="group-open", cause=f"group-open:{group.id}", at=now(), group_id=group.id)
    _write("opened", to=proposer, key=f"group-open:{group.id}", group=group)


def tell_proposer_no(event: GroupDeclined) -> None:
    """Who proposed a group reads why the desk said no, and that it can be mended."""
    decision = db.session.get(Decision, event.decision_id)
    group = db.session.get(Group, event.group_id)
    if decision is None or group is None:
        return
    notify(
        group.created_by,
        kind="group-declined",
        cause=f"decision:{decision.id}",
        at=now(),
        group_id=group.id,
        decision_id=decision.id,
    )
    _write(
        "declined",
        to=group.created_by,
        key=f"decision:{decision.id}",
        group=group,
        decision=decision,
    )


def _write(template: str, *, to: Member, key: str, group: Group, **context: Any) -> None:
    if to.left_at or not to.is_confirmed:
        return
    with writing_in(to.interface_language):
        url = public_url("groups.show", slug=group.slug)
    mail.write(f"groups/{template}", to=to, key=key, group=group, url=url, **context)
