"""What was decided, and what it was about."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from officine.blueprints.desk.queries.posts import find_topic
from officine.core.db import db
from officine.models import Decision, Group, Post, Rearrangement, RefusedEdit, Report, Topic
from officine.models.document import reason_text


def find_decision(decision_id: int) -> Decision | None:
    """A decision with those it concerns; whether one may read it is for the policy to say."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.id == decision_id)
        .options(joinedload(Decision.by), joinedload(Decision.affected))
    )


def last_decision_on(post_id: int) -> Decision | None:
    """What was decided last about a post."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.post_id == post_id)
        .options(joinedload(Decision.by))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def last_decision_about(member_id: int) -> Decision | None:
    """What was decided last about a person."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.affected_id == member_id)
        .options(joinedload(Decision.by))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def last_rearrangement_of(topic_id: int) -> Decision | None:
    """What moved, split or merged a topic last."""
    return db.session.scalar(
        select(Decision)
        .join(Rearrangement, Rearrangement.decision_id == Decision.id)
        .where(or_(Rearrangement.topic_id == topic_id, Rearrangement.other_id == topic_id))
        .options(joinedload(Decision.by))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def splits_off_post_of(decision: Decision, viewer: Any) -> bool:
    """Whether a post of the viewer’s opens the topic that a decision made."""
    change = db.session.get(Rearrangement, decision.id)
    return change is not None and change.other is not None and change.other.author_id == viewer.id


def last_lock_decision(topic_id: int) -> Decision | None:
    """What was decided last about whether a topic takes posts."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.topic_id == topic_id, Decision.measure.in_(("lock", "unlock")))
        .options(joinedload(Decision.by))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def last_slowing_decision(topic_id: int) -> Decision | None:
    """What was decided last about how fast a topic goes."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.topic_id == topic_id, Decision.measure.in_(("slow", "unslow")))
        .options(joinedload(Decision.by))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def reports_answered_by(decision: Decision) -> list[Report]:
    """The reports that a decision answered."""
    return list(
        db.session.scalars(
            select(Report)
            .where(Report.decision_id == decision.id)
            .options(joinedload(Report.reporter))
            .order_by(Report.id)
        )
    )


def topic_decided(decision: Decision, viewer: Any) -> Topic | None:
    """The topic a decision is about, if the viewer may see its title."""
    return find_topic(decision.topic_id, viewer) if decision.topic_id else None


def post_decided(decision: Decision, viewer: Any) -> Post | None:
    """The post a decision is about, for its author and the desk, unless it was taken back. One
    that was removed is the desk’s alone.
    """
    post = db.session.get(Post, decision.post_id) if decision.post_id else None
    if post is None or post.deleted_at:
        return None
    if viewer.is_staff:
        return post
    if post.author_id != viewer.id or post.is_removed:
        return None
    return post


def words_refused(decision: Decision) -> RefusedEdit | None:
    """The other words for a post that a decision sent back."""
    return db.session.get(RefusedEdit, decision.id)


def group_decided(decision: Decision) -> Group | None:
    """The group a decision is about, for whoever may read the decision."""
    return db.session.get(Group, decision.group_id) if decision.group_id else None


def standard_of(decision: Decision, language: str) -> tuple[str, str]:
    """The library’s text that went along with a decision, in a language where there is one, and
    the language it is in.
    """
    if decision.reason_id is None or decision.reason_revision is None:
        return "", ""
    return reason_text(decision.reason_id, decision.reason_revision, language)
