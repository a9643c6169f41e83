"""The posts of a topic, as whoever looks may see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, null, or_, select
from sqlalchemy.orm import aliased, joinedload

from officine.blueprints.forum.queries.bylines import AUTHOR, Byline, byline
from officine.core.db import db
from officine.core.prepared import for_, prepared
from officine.models import (
    Case,
    Company,
    Decision,
    Hiding,
    Member,
    PendingEdit,
    Post,
    PostRevision,
    Thanks,
    Topic,
)
from officine.models.group import Group, readable_by
from officine.models.post import WAITING

PAGE = 20
LAST = 2**31 - 1


def page_of(number: int) -> int:
    """The page on which a post stands. Numbers are never given twice, so it never changes."""
    return (max(number, 1) - 1) // PAGE + 1


def last_page(topic: Topic) -> int:
    """How many pages a topic has."""
    return page_of(topic.last_number)


@dataclass(frozen=True, slots=True)
class HiddenFor:
    """Why readers do not see a post."""

    measure: str
    decision_id: int
    rule: str
    facts: str
    language: str
    at: datetime
    is_mended: bool
    """Its author has mended what was asked: an editor reads it next."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post on its page. ``html`` is empty where the reader may not see the text."""

    id: int
    topic_id: int
    number: int | None
    """None for one that only its author and the desk know of."""
    author: Byline
    language: str
    html: str
    written_at: datetime
    edited_at: datetime | None
    is_deleted: bool
    hidden: HiddenFor | None
    thanks_count: int
    is_thanked: bool
    version: int
    asked_at: datetime | None = None
    """Since when other words for it wait for an editor; for its author and the desk."""

    @property
    def place(self) -> int:
        """Its number, or where it would come: after all others."""
        return self.number or LAST

    @property
    def opens(self) -> bool:
        """Whether it opens its topic, in sight of readers."""
        return self.number == 1

    @property
    def waits(self) -> bool:
        """Whether it waits for an editor, or for its author to mend it."""
        return self.hidden is not None and self.hidden.measure in WAITING

    @property
    def is_readable(self) -> bool:
        """Whether everyone sees its text."""
        return not self.is_deleted and self.hidden is None


def posts_on(topic: Topic, viewer: Any, page: int) -> list[PostRow]:
    """The posts of one page of a topic. After those of the last one come posts that were never
    published: an author’s own, and for the desk all.
    """
    first = (page - 1) * PAGE + 1
    places = for_(viewer, topic_id=topic.id, first=first, last=first + PAGE - 1)
    rows = _read(_posts_on(viewer, page == last_page(topic)), viewer, places)
    return sorted(rows, key=lambda row: (row.place, row.id))


@prepared
def _posts_on(viewer: Any, is_last: bool) -> Select[*tuple[Any, ...]]:
    shown: ColumnElement[bool] = Post.number.between(bindparam("first"), bindparam("last"))
    if viewer.is_member and is_last:
        held = and_(Post.number.is_(None), Post.deleted_at.is_(None))
        if not viewer.is_staff:
            held = and_(held, Post.author_id == viewer.id)
        shown = or_(shown, held)
    return _rows(viewer).where(Post.topic_id == bindparam("topic_id"), shown)


def posts_after(topic: Topic, viewer: Any, number: int) -> list[PostRow]:
    """What was written after a post, a page of it at most."""
    query = _rows(viewer).where(Post.topic_id == topic.id, Post.number > number)
    return _read(query.limit(PAGE), viewer)


def post_row(post_id: int, viewer: Any) -> PostRow | None:
    """One post as its page shows it."""
    return next(iter(_read(_rows(viewer).where(Post.id == post_id), viewer)), None)


def useful_answer(topic: Topic, viewer: Any) -> PostRow | None:
    """The post that solved the matter, if readers see it."""
    if topic.answer is None:
        return None
    row = post_row(topic.answer.post_id, viewer)
    return row if row and row.is_readable else None


def find_post(post_id: int, viewer: Any) -> Post | None:
    """The post of this number, with its topic and group, if the viewer may read there."""
    return db.session.scalar(
        select(Post)
        .join(Post.topic)
        .join(Topic.group)
        .where(Post.id == post_id, readable_by(viewer), _known_to(viewer))
        .options(
            joinedload(Post.topic).joinedload(Topic.group),
            joinedload(Post.topic).joinedload(Topic.lock),
            joinedload(Post.topic).joinedload(Topic.answer),
            joinedload(Post.author),
            joinedload(Post.hiding).joinedload(Hiding.decision),
        )
    )


def _known_to(viewer: Any) -> ColumnElement[bool]:
    """A post that was never published is there for its author and the desk alone."""
    published: ColumnElement[bool] = Post.number.is_not(None)
    if viewer.is_staff:
        return or_(published, Post.deleted_at.is_(None))
    if not viewer.is_member:
        return published
    return or_(published, and_(Post.author_id == viewer.id, Post.deleted_at.is_(None)))


def new_posts_count(topic_id: int, viewer: Any, number: int) -> int | None:
    """How many posts others wrote after one; None where the viewer may not read."""
    newer = aliased(Post)
    newer_hiding = aliased(Hiding)
    mine = viewer.id if viewer.is_member else 0
    return db.session.scalar(
        select(func.count(newer.id).filter(newer_hiding.post_id.is_(None)))
        .select_from(Topic)
        .join(Group, Group.id == Topic.group_id)
        .outerjoin(
            newer,
            and_(
                newer.topic_id == Topic.id,
                newer.number > number,
                newer.author_id != mine,
                newer.deleted_at.is_(None),
            ),
        )
        .outerjoin(newer_hiding, newer_hiding.post_id == newer.id)
        .where(Topic.id == topic_id, readable_by(viewer))
        .group_by(Topic.id)
    )


def first_after(topic: Topic, number: int) -> tuple[int, int] | None:
    """Number and id of the first post after a number."""
    query = (
        select(Post.number, Post.id)
        .where(Post.topic_id == topic.id, Post.number > number)
        .order_by(Post.number)
    )
    row = db.session.execute(query.limit(1)).one_or_none()
    return (row.number, row.id) if row else None


def revisions_of(post: Post, viewer: Any) -> list[PostRevision]:
    """What a post said before its edits, oldest first. What it said out of sight is for its author
    and the desk.
    """
    query = select(PostRevision).where(PostRevision.post_id == post.id).order_by(PostRevision.id)
    if not viewer.is_staff and post.author_id != viewer.id:
        query = query.where(PostRevision.is_public)
    return list(db.session.scalars(query))


def answers_count(topic: Topic) -> int:
    """How many posts others, or the author, wrote after the opening one and did not take back."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Post)
            .where(Post.topic_id == topic.id, Post.number > 1, Post.deleted_at.is_(None))
        )
        or 0
    )


def _rows(viewer: Any) -> Select[*tuple[Any, ...]]:
    thanked = Thanks.member_id if viewer.is_member else Post.deleted_at
    mended = and_(
        Hiding.measure == "send-back",
        exists().where(
            Case.subject == "post", Case.subject_id == Post.id, Case.kind == "held",
            Case.closed_at.is_(None), Case.sent_back_at.is_(None),
        ),
    )  # fmt: skip
    asked = PendingEdit.asked_at if viewer.is_member else null()
    query: Select[*tuple[Any, ...]] = (
        select(
            Post.id,
            Post.topic_id,
            Post.number,
            Post.language,
            Post.html,
            Post.written_at,
            Post.edited_at,
            Post.deleted_at,
            Post.thanks_count,
            Post.version,
            *AUTHOR,
            Hiding.measure,
            Hiding.decision_id,
            mended.label("is_mended"),
            Decision.rule,
            Decision.facts,
            Decision.language.label("decision_language"),
            Decision.at.label("decided_at"),
            thanked.label("thanked"),
            asked.label("asked_at"),
        )
        .select_from(Post)
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Company, Company.id == Member.company_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .outerjoin(Decision, Decision.id == Hiding.decision_id)
        .order_by(Post.number)
    )
    if viewer.is_member:
        query = query.outerjoin(
            Thanks, and_(Thanks.post_id == Post.id, Thanks.member_id == viewer.id)
        )
        pending: ColumnElement[bool] = PendingEdit.post_id == Post.id
        if not viewer.is_staff:
            pending = pending & (Post.author_id == viewer.id)
        query = query.outerjoin(PendingEdit, pending)
    return query


def _read(
    query: Select[*tuple[Any, ...]], viewer: Any, places: dict[str, Any] | None = None
) -> list[PostRow]:
    return [_post(row, viewer) for row in db.session.execute(query, places or {})]


def _post(row: Row[*tuple[Any, ...]], viewer: Any) -> PostRow:
    hidden = None
    sees = row.deleted_at is None
    if row.rule is not None:
        hidden = HiddenFor(
            row.measure, row.decision_id, row.rule, row.facts, row.decision_language,
            row.decided_at, bool(row.is_mended),
        )  # fmt: skip
        is_removed = row.measure in ("remove", "remove-urgently")
        sees = sees and (viewer.is_staff or (viewer.id == row.author_id and not is_removed))
    return PostRow(
        id=row.id,
        topic_id=row.topic_id,
        number=row.number,
        author=byline(row, viewer),
        language=row.language,
        html=row.html if sees else "",
        written_at=row.written_at,
        edited_at=row.edited_at,
        is_deleted=row.deleted_at is not None,
        hidden=hidden,
        thanks_count=row.thanks_count,
        is_thanked=viewer.is_member and row.thanked is not None,
        version=row.version,
        asked_at=row.asked_at,
    )
