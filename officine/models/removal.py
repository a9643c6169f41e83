"""Who was removed from a group and has not been let back in.

A removal is a decision; it stands until another decision takes it back, a host answers the
person’s request with yes, or a host or an editor invites them.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased, joinedload

from officine.core.db import db
from officine.models.decision import Decision
from officine.models.group import Group, Invitation, JoinRequest, Membership
from officine.models.member import Member

Reversal = aliased(Decision, name="reversal")


def standing_removal(looking: Any, group: Group) -> Decision | None:
    """The decision that keeps somebody out of a group who was removed from it."""
    if not looking.is_member:
        return None
    mine = _standing(group).where(Decision.affected_id == looking.id)
    return db.session.scalar(mine.order_by(Decision.at.desc()).limit(1))


def standing_removals(group: Group) -> Sequence[Decision]:
    """The decisions that keep people out of a group, the newest first, one for each person."""
    rows = db.session.scalars(
        _standing(group)
        .join(Member, Member.id == Decision.affected_id)
        .where(Member.left_at.is_(None))
        .options(joinedload(Decision.affected).joinedload(Member.company), joinedload(Decision.by))
        .order_by(Decision.at.desc(), Decision.id.desc())
    )
    newest: dict[int | None, Decision] = {}
    for decision in rows:
        newest.setdefault(decision.affected_id, decision)
    return list(newest.values())


def _standing(group: Group) -> Select[Decision]:
    about = and_(Decision.group_id == group.id, Decision.measure == "remove-from-group")
    taken_back = select(Reversal.id).where(
        Reversal.reverses_id == Decision.id, Reversal.measure == "reverse"
    )
    let_in = select(JoinRequest.id).where(
        JoinRequest.group_id == group.id,
        JoinRequest.member_id == Decision.affected_id,
        JoinRequest.accepted.is_(True),
        JoinRequest.answered_at > Decision.at,
    )
    invited = select(Invitation.id).where(
        Invitation.group_id == group.id,
        Invitation.member_id == Decision.affected_id,
        Invitation.invited_at > Decision.at,
    )
    belongs = select(Membership.member_id).where(
        Membership.group_id == group.id, Membership.member_id == Decision.affected_id
    )
    return select(Decision).where(
        about, *(~each.exists() for each in (taken_back, let_in, invited, belongs))
    )
