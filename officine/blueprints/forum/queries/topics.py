"""Which topics there are, as lists show them to whoever is looking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select

from officine.blueprints.forum.queries.reading import Opening, OpeningHiding
from officine.core.db import db
from officine.core.prepared import for_, prepared
from officine.lib.markdown import plain
from officine.lib.text import excerpt
from officine.lib.words import stems
from officine.models import (
    Answer,
    Group,
    Lock,
    Member,
    Membership,
    Pin,
    ReadMark,
    Topic,
)
from officine.models.group import readable_by
from officine.models.post import opens_for

PAGE = 20
FILTERS = ("unanswered", "solved", "sos", "unread")
SOS_LASTS = timedelta(days=7)
MOST_OPEN_SOS = 2
SNIPPET = 400
NEAR = 60


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in a list."""

    id: int
    slug: str
    title: str
    language: str
    author_name: str
    author_handle: str
    group_name: str
    group_slug: str
    group_language: str
    opened_at: datetime
    last_post_at: datetime
    posts_count: int
    unread: int
    """How many posts the viewer has not seen; 0 for visitors and where nothing is new."""
    is_sos: bool
    first_answer_at: datetime | None
    is_solved: bool
    is_locked: bool
    is_pinned: bool
    is_held: bool = False
    """It waits for an editor: it stands here for its author only."""
    beginning: str = ""
    """The first words of the text, as they were written, where a list asks for them."""

    @property
    def is_unread(self) -> bool:
        """Whether something in it is new for the viewer."""
        return self.unread > 0

    @property
    def snippet(self) -> str:
        """The first words of the text, without marks; empty where no list asked for them."""
        return excerpt(plain(self.beginning)) if self.beginning else ""


@dataclass(frozen=True)
class TopicPage:
    """One page of a list of topics."""

    rows: list[TopicRow]
    number: int
    left: int
    """How many come after this page."""


def topics_for(viewer: Any, group: Group, page: int = 1, only: str = "") -> TopicPage:
    """The topics of a group, pinned ones first, then by last post; ``only`` one of FILTERS."""
    first = (page - 1) * PAGE
    only = only if only in FILTERS else ""
    places = for_(viewer, group_id=group.id, first=first)
    rows = db.session.execute(_topics_of_group(viewer, only), places).all()
    total = rows[0][-1] if rows else 0
    return TopicPage([TopicRow(*row[:-1]) for row in rows], page, max(0, total - first - PAGE))


@prepared
def _topics_of_group(viewer: Any, only: str) -> Select[*tuple[Any, ...]]:
    query = (
        _rows(viewer)
        .where(Topic.group_id == bindparam("group_id"), *_filtered(only, viewer))
        .order_by(
            case((Pin.topic_id.is_not(None), 0), else_=1),
            Topic.last_post_at.desc(),
            Topic.id.desc(),
        )
    )
    return query.add_columns(func.count().over()).limit(PAGE).offset(bindparam("first"))


def recent_topics(
    viewer: Any, languages: Sequence[str] | None = None, limit: int = 10, beginnings: bool = False
) -> list[TopicRow]:
    """The topics where somebody wrote last, in these languages (by default in all)."""
    query = _rows(viewer, beginnings).order_by(Topic.last_post_at.desc(), Topic.id.desc())
    if languages is not None:
        query = query.where(Topic.language.in_(languages))
    return _listed(query.limit(limit))


def new_for(viewer: Any, limit: int = 10) -> list[TopicRow]:
    """Topics of the viewer’s own groups that hold something they have not seen."""
    if not viewer.is_member:
        return []
    return _found(_new_for(viewer, limit), for_(viewer))


@prepared
def _new_for(viewer: Any, limit: int) -> Select[*tuple[Any, ...]]:
    query = _rows(viewer).where(Membership.member_id.is_not(None), _unread(viewer) > 0)
    return query.order_by(Topic.last_post_at.desc(), Topic.id.desc()).limit(limit)


def sos_waiting(viewer: Any, limit: int = 5, since: datetime | None = None) -> list[TopicRow]:
    """Calls for help that nobody has answered, in the languages the viewer reads, oldest first;
    with ``since``, none that was opened before.
    """
    return _found(_sos_waiting(viewer, limit, since is None), for_(viewer, since=since))


@prepared
def _sos_waiting(viewer: Any, limit: int, ever: bool) -> Select[*tuple[Any, ...]]:
    query = _rows(viewer, beginnings=True).where(
        Topic.is_sos.is_(True),
        Topic.first_answer_at.is_(None),
        Topic.language.in_(viewer.reads),
        Lock.topic_id.is_(None),
        Answer.topic_id.is_(None),
    )
    if viewer.is_member:
        query = query.where(Topic.author_id != viewer.id)
    if not ever:
        query = query.where(Topic.opened_at > bindparam("since"))
    return query.order_by(Topic.opened_at, Topic.id).limit(limit)


def topics_by(member: Member, viewer: Any, limit: int = 10) -> list[TopicRow]:
    """The topics that a member opened, of those the viewer may read; newest first."""
    query = _rows(viewer).where(Topic.author_id == member.id)
    return _listed(query.order_by(Topic.opened_at.desc(), Topic.id.desc()).limit(limit))


def topics_by_any(members: Sequence[Member], viewer: Any, limit: int = 10) -> list[TopicRow]:
    """The topics that any of these members opened, of those the viewer may read; newest first."""
    if not members:
        return []
    query = _rows(viewer).where(Topic.author_id.in_([member.id for member in members]))
    return _listed(query.order_by(Topic.opened_at.desc(), Topic.id.desc()).limit(limit))


def topics_numbered(ids: Sequence[int], viewer: Any) -> list[TopicRow]:
    """Of the topics of these numbers, those that the viewer may read."""
    return _listed(_rows(viewer).where(Topic.id.in_(ids))) if ids else []


@dataclass(frozen=True, slots=True)
class NearTopic:
    """A topic beside another."""

    id: int
    slug: str
    title: str
    language: str


def related_topics(topic: Topic, viewer: Any, limit: int = 3) -> list[NearTopic]:
    """Recent topics of the same group whose titles share words with this one’s."""
    recent = db.session.execute(
        select(Topic.id, Topic.slug, Topic.title, Topic.language)
        .join(Opening, and_(Opening.topic_id == Topic.id, Opening.number == 1))
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .where(Topic.group_id == topic.group_id, Topic.id != topic.id, _is_listed(viewer))
        .order_by(Topic.last_post_at.desc(), Topic.id.desc())
        .limit(NEAR)
    ).all()
    wanted = set(stems(topic.title, topic.language))
    # A stable sort: where no word is shared, the most recent come first.
    near = sorted(recent, key=lambda row: -len(wanted & set(stems(row.title, row.language))))
    return [NearTopic(*row) for row in near[:limit]]


def open_sos_count(member: Member, at: datetime) -> int:
    """How many calls for help of a member are open: unsolved, and not older than a week."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Topic)
            .join(Opening, opens_for(member, Opening))
            .outerjoin(Answer, Answer.topic_id == Topic.id)
            .where(Topic.author_id == member.id, Topic.is_sos.is_(True))
            .where(Topic.opened_at > at - SOS_LASTS, Answer.topic_id.is_(None))
            .where(Opening.deleted_at.is_(None))
        )
        or 0
    )


@dataclass(frozen=True, slots=True)
class WritableGroup:
    """A group to open a topic in."""

    slug: str
    name: str
    language: str
    purpose: str


def groups_to_write_in(viewer: Any) -> list[WritableGroup]:
    """The open groups the viewer belongs to, by name."""
    if not viewer.is_member:
        return []
    rows = db.session.execute(
        select(Group.slug, Group.name, Group.language, Group.purpose)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.member_id == viewer.id, Group.opened_at.is_not(None))
        .order_by(func.lower(Group.name))
    )
    return [WritableGroup(*row) for row in rows]


def _rows(viewer: Any, beginnings: bool = False) -> Select[*tuple[Any, ...]]:
    """The columns of TopicRow, over the topics that the viewer may find in a list."""
    beginning = func.substr(Opening.text, 1, SNIPPET) if beginnings else literal("")
    query: Select[*tuple[Any, ...]] = (
        select(
            Topic.id,
            Topic.slug,
            Topic.title,
            Topic.language,
            Member.name,
            Member.handle,
            Group.name,
            Group.slug,
            Group.language,
            Topic.opened_at,
            Topic.last_post_at,
            Topic.posts_count,
            _unread(viewer).label("unread"),
            Topic.is_sos,
            Topic.first_answer_at,
            Answer.topic_id.is_not(None),
            Lock.topic_id.is_not(None),
            Pin.topic_id.is_not(None),
            Opening.number.is_(None),
            beginning,
        )
        .select_from(Topic)
        .join(Group, Group.id == Topic.group_id)
        .join(Member, Member.id == Topic.author_id)
        .join(Opening, _opens_in_lists(viewer))
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .outerjoin(Answer, Answer.topic_id == Topic.id)
        .outerjoin(Lock, Lock.topic_id == Topic.id)
        .outerjoin(Pin, Pin.topic_id == Topic.id)
        .where(readable_by(viewer), _is_listed(viewer))
    )
    if viewer.is_member:
        query = query.outerjoin(
            ReadMark, and_(ReadMark.topic_id == Topic.id, ReadMark.member_id == viewer.id)
        ).outerjoin(
            Membership,
            and_(Membership.group_id == Topic.group_id, Membership.member_id == viewer.id),
        )
    return query


def _opens_in_lists(viewer: Any) -> ColumnElement[bool]:
    """A topic that was never published stands in lists for its author; the desk has its queue."""
    opens = opens_for(viewer, Opening)
    if viewer.is_member and viewer.is_staff:
        opens = opens & (Opening.number.is_not(None) | (Opening.author_id == viewer.id))
    return opens


def _is_listed(viewer: Any) -> ColumnElement[bool]:
    """A topic that was taken back stands in no list; one whose opening post is hidden only in
    those of its author and of the editorial desk.
    """
    not_hidden: ColumnElement[bool] = OpeningHiding.post_id.is_(None)
    if viewer.is_staff:
        return Opening.deleted_at.is_(None)
    if viewer.is_member:
        not_hidden = or_(not_hidden, Topic.author_id == viewer.id)
    return and_(Opening.deleted_at.is_(None), not_hidden)


def _unread(viewer: Any) -> ColumnElement[int]:
    """Posts since the viewer’s mark; in topics never opened, if something was written since the
    viewer joined the group.
    """
    if not viewer.is_member:
        return literal(0)
    is_theirs = or_(ReadMark.number.is_not(None), Topic.last_post_at > Membership.joined_at)
    seen = func.coalesce(ReadMark.number, 0)
    return case((and_(is_theirs, Topic.last_number > seen), Topic.last_number - seen), else_=0)


def _filtered(only: str, viewer: Any) -> list[ColumnElement[bool]]:
    conditions: dict[str, ColumnElement[bool]] = {
        "unanswered": Topic.first_answer_at.is_(None),
        "solved": Answer.topic_id.is_not(None),
        "sos": Topic.is_sos.is_(True),
    }
    if viewer.is_member:
        conditions["unread"] = _unread(viewer) > 0
    return [conditions[only]] if only in conditions else []


def _listed(query: Select[*tuple[Any, ...]]) -> list[TopicRow]:
    return _found(query, {})


def _found(query: Select[*tuple[Any, ...]], places: dict[str, Any]) -> list[TopicRow]:
    return [TopicRow(*row) for row in db.session.execute(query, places)]
