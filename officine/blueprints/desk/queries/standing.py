"""What a member may know of themselves: all that was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Decision, Hiding, Member, Sanction
from officine.models.decision import HIDING, RELIEVING, SANCTIONS

UNTOLD = ("escalate",)
"""What is among editors."""


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """A decision about a member, and what has become of it."""

    decision: Decision
    state: str
    """``open``: it holds; ``ended``: its time is over; ``taken-back``; or nothing, where it gives
    rather than takes."""


def own_decisions(member: Member, at: datetime) -> list[OwnDecision]:
    """All decisions about a member, newest first."""
    decisions = db.session.scalars(
        select(Decision)
        .where(Decision.affected_id == member.id, Decision.measure.not_in(UNTOLD))
        .options(joinedload(Decision.reverses))
        .order_by(Decision.id.desc())
    ).all()
    back = {decision.reverses_id for decision in decisions if decision.measure != "uphold"} - {None}
    gone = _posts_in_sight(decisions) | _sanctions_ended(member)
    return [OwnDecision(each, _state(each, back, gone, at)) for each in decisions]


def sanctions_in_force(member: Member, at: datetime) -> list[Sanction]:
    """What a member may not do just now."""
    sanctions = db.session.scalars(
        select(Sanction)
        .where(Sanction.member_id == member.id, Sanction.ended_at.is_(None))
        .options(joinedload(Sanction.decision))
        .order_by(Sanction.id)
    )
    return [sanction for sanction in sanctions if sanction.holds(at)]


def _state(decision: Decision, back: set[int | None], gone: set[int], at: datetime) -> str:
    if decision.measure in RELIEVING:
        return ""
    if decision.id in back:
        return "taken-back"
    if decision.id in gone or (decision.until is not None and decision.until <= at):
        return "ended"
    return "open"


def _posts_in_sight(decisions: Sequence[Decision]) -> set[int]:
    """Decisions that once hid a post and hide it no longer: a later one took their place."""
    once = {each.id for each in decisions if each.measure in HIDING}
    if not once:
        return set()
    return once - set(
        db.session.scalars(select(Hiding.decision_id).where(Hiding.decision_id.in_(once)))
    )


def _sanctions_ended(member: Member) -> set[int]:
    return set(
        db.session.scalars(
            select(Sanction.decision_id).where(
                Sanction.member_id == member.id,
                Sanction.measure.in_(SANCTIONS),
                Sanction.ended_at.is_not(None),
            )
        )
    )
