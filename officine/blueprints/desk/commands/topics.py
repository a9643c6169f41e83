"""Deciding about a topic."""

from datetime import datetime
from typing import Unpack

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided
from officine.blueprints.desk.events import Decided
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.models import Decision, Lock, Member, Topic
from officine.models.decision import Grounds, decide


def lock_topic(
    topic: Topic, *, by: Member, at: datetime, rule: str, facts: str, **grounds: Unpack[Grounds]
) -> Decision:
    """Take no more posts in a topic, by a decision that its author reads."""
    lock_row(topic)
    if lock := db.session.get(Lock, topic.id, populate_existing=True):
        raise AlreadyDecided(lock.decision)
    decision = decide(
        "lock", by=by, at=at, rule=rule, facts=facts, affected_id=topic.author_id,
        topic_id=topic.id, group_id=topic.group_id, **grounds,
    )  # fmt: skip
    topic.lock = Lock(decision_id=decision.id)
    topic.version += 1
    record(Decided(decision.id))
    return decision


def unlock_topic(topic: Topic, *, by: Member, at: datetime, facts: str) -> Decision:
    """Let a topic take posts again."""
    lock_row(topic)
    lock = db.session.get(Lock, topic.id, populate_existing=True)
    if lock is None:
        raise AlreadyDecided(queries.last_lock_decision(topic.id))
    decision = decide(
        "unlock", by=by, at=at, rule=lock.decision.rule, facts=facts, reverses=lock.decision,
        affected_id=topic.author_id, topic_id=topic.id, group_id=topic.group_id,
    )  # fmt: skip
    topic.lock = None
    topic.version += 1
    record(Decided(decision.id))
    return decision
