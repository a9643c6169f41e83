"""Deciding about a person: a warning, what they may not do for a while, and giving it back.

Each is one decision and, where it narrows what the person may do, one sanction. A sanction with
an end stops to hold by the clock alone: nothing has to run for the person to write again.

``post`` is the one that gave rise to it, ``answers`` the reports that it answers.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from sqlalchemy import func, select

from officine.blueprints.desk import policy, queries
from officine.blueprints.desk.commands.errors import AlreadyDecided, MayNotSanction
from officine.blueprints.desk.events import Decided, StandingChanged
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.models import Case, Decision, Member, Post, Report, Sanction
from officine.models.decision import Grounds, decide


class EndMissing(Exception):
    """The measure ends by itself: it says when, and that is still to come."""


def warn(
    member: Member, *, by: Member, at: datetime, rule: str, facts: str, post: Post | None = None,
    answers: Sequence[Report] = (), **grounds: Unpack[Grounds],
) -> Decision:  # fmt: skip
    """Tell a member that they broke a rule, and what follows if it goes on."""
    return _decide("warn", member, by, at, rule, facts, post, answers, grounds)


def restrict(
    member: Member, *, by: Member, at: datetime, rule: str, facts: str, post: Post | None = None,
    answers: Sequence[Report] = (), **grounds: Unpack[Grounds],
) -> Decision:  # fmt: skip
    """Let an editor read each of a member’s posts before others do, ``until`` a date."""
    return _decide("restrict", member, by, at, rule, facts, post, answers, grounds)


def suspend(
    member: Member, *, by: Member, at: datetime, rule: str, facts: str, post: Post | None = None,
    answers: Sequence[Report] = (), **grounds: Unpack[Grounds],
) -> Decision:  # fmt: skip
    """Let a member read but not write ``until`` a date."""
    return _decide("suspend", member, by, at, rule, facts, post, answers, grounds)


def close_account(
    member: Member, *, by: Member, at: datetime, rule: str, facts: str, post: Post | None = None,
    answers: Sequence[Report] = (), **grounds: Unpack[Grounds],
) -> Decision:  # fmt: skip
    """Exclude a member, with no end. Others no longer find their page; what they wrote stays.
    They still sign in to read decisions about them, to appeal and to take their data.
    """
    grounds["until"] = None
    return _decide("close-account", member, by, at, rule, facts, post, answers, grounds)


def restrict_reports(
    member: Member, *, by: Member, at: datetime, rule: str, facts: str, post: Post | None = None,
    answers: Sequence[Report] = (), **grounds: Unpack[Grounds],
) -> Decision:  # fmt: skip
    """Take no reports from a member ``until`` a date, except of what no one may keep quiet
    about: offences against minors and terrorist content.
    """
    return _decide("restrict-reports", member, by, at, rule, facts, post, answers, grounds)


def lift(
    sanction: Sanction, *, by: Member, at: datetime, facts: str, **grounds: Unpack[Grounds]
) -> Decision:
    """Give a member back, before its time, what a sanction took."""
    member = sanction.member
    _begin(member, by)
    db.session.refresh(sanction)
    if not sanction.holds(at):
        raise AlreadyDecided(queries.last_decision_about(member.id))
    grounds["reverses"] = sanction.decision
    decision = decide(
        "lift", by=by, at=at, rule=sanction.decision.rule, facts=facts, affected_id=member.id,
        **grounds,
    )  # fmt: skip
    end_sanction(sanction.decision, at=at)
    record(Decided(decision.id))
    return decision


def leave_person(
    case: Case, *, by: Member, at: datetime, rule: str, facts: str, **grounds: Unpack[Grounds]
) -> Decision:
    """Do nothing more about a person for now; colleagues read why, the person hears nothing."""
    return decide("dismiss", by=by, at=at, rule=rule, facts=facts, **grounds)


def end_sanction(decision: Decision, *, at: datetime) -> None:
    """What a decision took from a member, they may do again: it is lifted, or reversed after an
    appeal.
    """
    sanction = db.session.scalar(
        select(Sanction).where(Sanction.decision_id == decision.id, Sanction.ended_at.is_(None))
    )
    if sanction is not None:
        sanction.ended_at = at
        _has_changed(sanction.member)


def _decide(
    measure: str,
    member: Member,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    post: Post | None,
    answers: Sequence[Report],
    grounds: Grounds,
) -> Decision:
    _begin(member, by)
    if measure in ("warn", "close-account"):
        grounds["until"] = None
    elif (until := grounds.get("until")) is None or until <= at:
        raise EndMissing(measure)
    if earlier := member.sanction(measure, at):
        raise AlreadyDecided(earlier.decision)
    decision = decide(
        measure, by=by, at=at, rule=rule, facts=facts, on_report=bool(answers),
        affected_id=member.id, post_id=post.id if post else None,
        topic_id=post.topic_id if post else None,
        group_id=post.topic.group_id if post else None, **grounds,
    )  # fmt: skip
    if measure != "warn":
        db.session.add(
            Sanction(
                member_id=member.id, decision_id=decision.id, measure=measure, since=at,
                until=decision.until,
            )
        )  # fmt: skip
        _has_changed(member)
    for report in answers:
        report.decision = decision
    record(Decided(decision.id))
    return decision


def _begin(member: Member, by: Member) -> None:
    """Hold the row of the person, read afresh, and see whether this editor may."""
    db.session.flush()
    lock_row(member)
    db.session.expire(member, ["sanctions"])
    # The last administrator stays able to put things right, whoever is asked.
    verdict = policy.may_sanction(by, member)
    if not verdict:
        raise MayNotSanction(verdict)
    if member.is_administrator and _administrators() < 2:
        raise MayNotSanction(policy.LAST_ADMINISTRATOR)


def _administrators() -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Member)
            .where(Member.role == "administrator", Member.left_at.is_(None))
        )
        or 0
    )


def _has_changed(member: Member) -> None:
    db.session.flush()
    db.session.expire(member, ["sanctions"])
    record(StandingChanged(member.id))
