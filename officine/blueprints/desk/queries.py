"""What waits for the editorial desk, and what it decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import aliased, joinedload

from officine.core.db import db
from officine.lib.text import excerpt
from officine.models import Decision, Group, Hiding, Lock, Member, Membership, Post, Report, Topic
from officine.models.group import readable_by

Opening = aliased(Post, name="opening")
OpeningHiding = aliased(Hiding, name="opening_hiding")
ROW_EXCERPT = 90


@dataclass(frozen=True, slots=True)
class Case:
    """A post that somebody reported, in the queue: all its open reports are one case."""

    post_id: int
    title: str
    language: str
    """The language of the post."""
    topic_language: str
    author_name: str
    beginning: str
    reports: int
    waits_since: datetime
    rule: str
    """What the first report says."""


def open_cases(viewer: Any, language: str = "") -> list[Case]:
    """The reported posts that wait for a decision, the one that waits longest first."""
    first = func.min(Report.id).label("first_id")
    waiting = (
        select(Report.post_id, first, func.count().label("reports"))
        .where(Report.decision_id.is_(None))
        .group_by(Report.post_id)
        .subquery()
    )
    query = (
        select(
            Post.id,
            Topic.title,
            Post.language,
            Topic.language,
            Member.name,
            func.substr(Post.text, 1, 3 * ROW_EXCERPT),
            waiting.c.reports,
            Report.reported_at,
            Report.rule,
        )
        .select_from(waiting)
        .join(Report, Report.id == waiting.c.first_id)
        .join(Post, Post.id == waiting.c.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Member, Member.id == Post.author_id)
        .where(Post.deleted_at.is_(None), *_of_language(language))
        .order_by(Report.reported_at, Post.id)
    )
    return [
        Case(post_id, title, lang, topic_lang, name, excerpt(text, ROW_EXCERPT), *rest)
        for post_id, title, lang, topic_lang, name, text, *rest in db.session.execute(query)
    ]


def cases_by_language() -> dict[str, int]:
    """How many cases wait in each language."""
    rows = db.session.execute(
        select(Post.language, func.count(Report.post_id.distinct()))
        .join(Report, Report.post_id == Post.id)
        .where(Report.decision_id.is_(None), Post.deleted_at.is_(None))
        .group_by(Post.language)
    )
    return {row[0]: row[1] for row in rows}


def open_cases_count(viewer: Any) -> int:
    """How many cases wait; 0 for whoever does not work in the desk."""
    return sum(cases_by_language().values()) if viewer.is_staff else 0


def find_post(post_id: int, viewer: Any) -> Post | None:
    """A post to report or decide about, if the viewer may read it."""
    query = _posts().where(Post.id == post_id, Post.deleted_at.is_(None), readable_by(viewer))
    if not viewer.is_staff:
        query = query.where(Hiding.post_id.is_(None), OpeningHiding.post_id.is_(None))
    return db.session.scalar(query)


def find_topic(topic_id: int, viewer: Any) -> Topic | None:
    """The topic of this number, if the viewer may see its title."""
    query = (
        select(Topic)
        .join(Topic.group)
        .join(Opening, _opens())
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .where(Topic.id == topic_id, Opening.deleted_at.is_(None), readable_by(viewer))
        .options(
            joinedload(Topic.group),
            joinedload(Topic.author),
            joinedload(Topic.lock).joinedload(Lock.decision).joinedload(Decision.by),
        )
    )
    if not viewer.is_staff:
        mine = Topic.author_id == viewer.id if viewer.is_member else false()
        query = query.where(OpeningHiding.post_id.is_(None) | mine)
    return db.session.scalar(query)


def hosts(viewer: Any, group_id: int) -> bool:
    """Whether the viewer looks after the group."""
    if not viewer.is_member:
        return False
    membership = db.session.get(Membership, (group_id, viewer.id))
    return membership is not None and membership.is_host


def open_reports(post_id: int) -> list[Report]:
    """The reports of a post that wait for an answer, oldest first."""
    return list(
        db.session.scalars(
            select(Report)
            .where(Report.post_id == post_id, Report.decision_id.is_(None))
            .options(joinedload(Report.reporter).joinedload(Member.company))
            .order_by(Report.id)
        )
    )


def answered_among(report_ids: Sequence[int]) -> Decision | None:
    """The decision that has answered one of these reports."""
    if not report_ids:
        return None
    return db.session.scalar(
        select(Decision)
        .join(Report, Report.decision_id == Decision.id)
        .where(Report.id.in_(report_ids))
        .options(joinedload(Decision.by))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def report_of(member: Any, post_id: int) -> Report | None:
    """What a member said when they reported a post."""
    if not member.is_member:
        return None
    return db.session.scalar(select(Report).filter_by(post_id=post_id, reporter_id=member.id))


def find_report(report_id: int, viewer: Any) -> Report | None:
    """A report of the viewer’s own."""
    if not viewer.is_member:
        return None
    return db.session.scalar(
        select(Report)
        .where(Report.id == report_id, Report.reporter_id == viewer.id)
        .options(joinedload(Report.decision))
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


def last_lock_decision(topic_id: int) -> Decision | None:
    """What was decided last about whether a topic takes posts."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.topic_id == topic_id, Decision.measure.in_(("lock", "unlock")))
        .options(joinedload(Decision.by))
        .order_by(Decision.id.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class Standing:
    """What the desk knows of an author when it decides."""

    posts: int
    decisions: int
    """How many decisions hid something of theirs, and were not taken back."""


def standing_of(author: Member) -> Standing:
    """How much somebody wrote, and how much of it is hidden."""
    wrote = select(func.count()).where(Post.author_id == author.id, Post.deleted_at.is_(None))
    hidden = (
        select(func.count())
        .select_from(Hiding)
        .join(Post, Post.id == Hiding.post_id)
        .where(Post.author_id == author.id)
    )
    posts, decisions = db.session.execute(
        select(wrote.scalar_subquery(), hidden.scalar_subquery())
    ).one()
    return Standing(posts, decisions)


def post_before(post: Post) -> Post | None:
    """What was said just before, to read a post in its place."""
    return db.session.scalar(
        select(Post)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(Post.topic_id == post.topic_id, Post.number < post.number)
        .where(Post.deleted_at.is_(None), Hiding.post_id.is_(None))
        .options(joinedload(Post.author))
        .order_by(Post.number.desc())
        .limit(1)
    )


def topic_decided(decision: Decision, viewer: Any) -> Topic | None:
    """The topic a decision is about, if the viewer may see its title."""
    return find_topic(decision.topic_id, viewer) if decision.topic_id else None


def post_decided(decision: Decision, viewer: Any) -> Post | None:
    """The post a decision is about, for its author and the desk, unless it was taken back."""
    post = db.session.get(Post, decision.post_id) if decision.post_id else None
    if post is None or post.deleted_at:
        return None
    return post if viewer.is_staff or post.author_id == viewer.id else None


def group_decided(decision: Decision) -> Group | None:
    """The group a decision is about, for whoever may read the decision."""
    return db.session.get(Group, decision.group_id) if decision.group_id else None


def _of_language(language: str) -> list[ColumnElement[bool]]:
    return [Post.language == language] if language else []


def _opens() -> ColumnElement[bool]:
    return (Opening.topic_id == Topic.id) & (Opening.number == 1)


def _posts() -> Select[Any]:
    return (
        select(Post)
        .join(Post.topic)
        .join(Topic.group)
        .join(Opening, _opens())
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .options(
            joinedload(Post.topic).joinedload(Topic.group),
            joinedload(Post.author).joinedload(Member.company),
            joinedload(Post.hiding).joinedload(Hiding.decision).joinedload(Decision.by),
        )
    )
