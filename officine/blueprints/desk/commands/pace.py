"""Slowing a topic down, and letting it go on."""

from datetime import datetime
from typing import Unpack

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided
from officine.blueprints.desk.commands.members import EndMissing
from officine.blueprints.desk.events import Decided
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.models import Decision, Member, Slowing, Topic
from officine.models.decision import Grounds, decide


def slow_topic(
    topic: Topic,
    *,
    minutes: int,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    **grounds: Unpack[Grounds],
) -> Decision:
    """Let each member wait so many minutes between two posts in a topic, ``until`` a date."""
    until = grounds.get("until")
    if until is None or until <= at:
        raise EndMissing("slow")
    lock_row(topic)
    earlier = db.session.get(Slowing, topic.id, populate_existing=True)
    if earlier and earlier.holds(at):
        raise AlreadyDecided(earlier.decision)
    topic.slowing = None
    db.session.flush()
    decision = decide(
        "slow", by=by, at=at, rule=rule, facts=facts, affected_id=topic.author_id,
        topic_id=topic.id, group_id=topic.group_id, **grounds,
    )  # fmt: skip
    topic.slowing = Slowing(decision_id=decision.id, minutes=minutes, until=until)
    topic.version += 1
    record(Decided(decision.id))
    return decision


def unslow_topic(topic: Topic, *, by: Member, at: datetime, facts: str) -> Decision:
    """Let everyone write again as often as they like."""
    lock_row(topic)
    slowing = db.session.get(Slowing, topic.id, populate_existing=True)
    if slowing is None or not slowing.holds(at):
        raise AlreadyDecided(queries.last_slowing_decision(topic.id))
    decision = decide(
        "unslow", by=by, at=at, rule=slowing.decision.rule, facts=facts,
        reverses=slowing.decision, affected_id=topic.author_id, topic_id=topic.id,
        group_id=topic.group_id,
    )  # fmt: skip
    topic.slowing = None
    topic.version += 1
    record(Decided(decision.id))
    return decision
