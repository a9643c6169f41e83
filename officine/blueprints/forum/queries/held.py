"""What waits for an editor or for an answer."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from officine.core.db import db
from officine.models import (
    Answer,
    Case,
    Decision,
    Hiding,
    Lock,
    Member,
    Membership,
    PendingEdit,
    Post,
    Topic,
)
from officine.models.sanction import is_here
from officine.models.screening import REASONS


def pending_edit_of(post_id: int) -> PendingEdit | None:
    """Other words for a post that wait for an editor."""
    return db.session.get(PendingEdit, post_id)


def sent_back_cases(post_id: int) -> list[Case]:
    """What waits for a post’s author to mend it."""
    return list(
        db.session.scalars(
            select(Case).where(
                Case.subject == "post",
                Case.subject_id == post_id,
                Case.closed_at.is_(None),
                Case.sent_back_at.is_not(None),
            )
        )
    )


def opening_of(topic: Topic) -> Post | None:
    """The post that opens a topic, published or not."""
    posts = select(Post).where(Post.topic_id == topic.id)
    if topic.is_held:
        return db.session.scalar(posts.order_by(Post.id).limit(1))
    return db.session.scalar(posts.where(Post.number == 1))


def unanswered_topics(*, sos: bool, after: datetime, before: datetime) -> list[Topic]:
    """The topics opened between two moments in which nobody but their author has written, and
    that wait for an answer: in sight, open, unsolved, and never before the desk for this.
    """
    kind = "sos" if sos else "unanswered"
    looked_at = select(Case.subject_id).where(Case.subject == "topic", Case.kind.in_((kind, "sos")))
    return list(
        db.session.scalars(
            _waiting()
            .where(Topic.is_sos.is_(sos), Topic.opened_at.between(after, before))
            .where(Topic.id.not_in(looked_at))
            .order_by(Topic.opened_at)
        )
    )


def needless_cases() -> list[Case]:
    """The open cases of topics that no longer wait for an answer."""
    return list(
        db.session.scalars(
            select(Case).where(
                Case.kind.in_(("sos", "unanswered")),
                Case.closed_at.is_(None),
                Case.subject_id.not_in(_waiting().with_only_columns(Topic.id)),
            )
        )
    )


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who could answer, and how often they have helped in the group."""

    name: str
    handle: str
    useful: int


def who_could_help(topic: Topic, limit: int = 4) -> list[Helper]:
    """Those whose answers were useful in the topic’s group and who read its language, the most
    helpful first; its hosts after them.
    """
    useful = (
        select(Post.author_id, func.count().label("useful"))
        .join(Answer, Answer.post_id == Post.id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Topic.group_id == topic.group_id)
        .group_by(Post.author_id)
        .subquery()
    )
    times = func.coalesce(useful.c.useful, 0)
    rows = db.session.execute(
        select(Member.name, Member.handle, times)
        .join(Membership, Membership.member_id == Member.id)
        .outerjoin(useful, useful.c.author_id == Member.id)
        .where(
            Membership.group_id == topic.group_id,
            Member.id != topic.author_id,
            is_here(),
            Member.reads.has_code(topic.language),
            (times > 0) | Membership.is_host,
        )
        .order_by(times.desc(), Member.id)
        .limit(limit)
    )
    return [Helper(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Held:
    """What a rule has held, and what became of it."""

    total: int = 0
    approved: int = 0
    """An editor found nothing wrong: a false alarm."""
    waiting: int = 0


def held_by_rule(since: datetime) -> dict[str, Held]:
    """For each rule that has held something since, how much, and how much of it was approved. A
    post that several rules held counts for each.
    """
    totals, approved, waiting = Counter[str](), Counter[str](), Counter[str]()
    rows = db.session.execute(
        select(Case.signals, Case.closed_at, Decision.measure)
        .outerjoin(Decision, Decision.id == Case.decision_id)
        .where(Case.kind.in_(("held", "edit")), Case.opened_at >= since)
    )
    for signals, closed_at, measure in rows:
        for name in {signal["name"] for signal in signals} & set(REASONS):
            totals[name] += 1
            approved[name] += measure == "approve"
            waiting[name] += closed_at is None
    return {
        name: Held(totals[name], approved[name], waiting[name]) for name in REASONS if totals[name]
    }


def _waiting() -> Select[Topic]:
    return (
        select(Topic)
        .join(Post, (Post.topic_id == Topic.id) & (Post.number == 1))
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .outerjoin(Answer, Answer.topic_id == Topic.id)
        .outerjoin(Lock, Lock.topic_id == Topic.id)
        .where(
            Topic.first_answer_at.is_(None),
            Post.deleted_at.is_(None),
            Hiding.post_id.is_(None),
            Answer.topic_id.is_(None),
            Lock.topic_id.is_(None),
        )
    )
