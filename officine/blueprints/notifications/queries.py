"""What a member has heard of: never of what they may no longer see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, null, or_, select, tuple_
from sqlalchemy.orm import aliased

from officine.core.clock import day_of, now
from officine.core.db import db
from officine.core.prepared import for_, prepared
from officine.models import (
    Company,
    Document,
    Event,
    EventText,
    Group,
    Hiding,
    Interview,
    Member,
    Notification,
    Post,
    Topic,
)
from officine.models.event import visible_to as event_visible_to
from officine.models.follow_up import have_met
from officine.models.group import known_to, readable_by
from officine.models.interview import visible_to
from officine.models.member import photo_url
from officine.models.sanction import is_here

PAGE = 30
ABOUT_POSTS = ("answer", "mention", "useful", "thanks", "sos")
ABOUT_GROUPS = ("join-request", "join-accepted", "join-refused", "invitation", "group-open")
ABOUT_INTERVIEWS = ("interview-published", "interview-yours", "guest-answered")

Opening = aliased(Post, name="opening")
OpeningHiding = aliased(Hiding, name="opening_hiding")
Original = aliased(EventText, name="original_text")
"""What an event is called in its own language."""
Translation = aliased(EventText, name="translated_text")
"""The same in the language of the reader’s pages."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing heard of, as the list shows it."""

    id: int
    kind: str
    at: datetime
    is_unread: bool
    post_id: int | None
    decision_id: int | None
    case_id: int | None
    actor_name: str | None
    actor_photo: str | None
    topic_title: str | None
    """None where there is none, or where the reader may not see it."""
    topic_language: str | None
    group_slug: str | None
    group_name: str | None
    group_language: str | None
    company_slug: str | None
    company_name: str | None
    document_key: str | None
    interview_id: int | None
    interview_slug: str | None
    guest_name: str | None
    event_slug: str | None
    event_title: str | None
    event_language: str | None
    revision: int | None
    """For a text that changed: the revision it is about."""
    thanks_count: int


@dataclass(frozen=True)
class NoticePage:
    """A page of the list, newest first."""

    notices: list[Notice]
    has_more: bool


def notices_for(viewer: Any, before: Notice | None = None) -> NoticePage:
    """What a member has heard of, newest first; ``before`` is the last one of the page above."""
    query = _rows(viewer).order_by(Notification.at.desc(), Notification.id.desc())
    query = query.limit(PAGE + 1)
    if before is not None:
        query = query.where(tuple_(Notification.at, Notification.id) < (before.at, before.id))
    rows = [_notice(row) for row in db.session.execute(query)]
    return NoticePage(rows[:PAGE], len(rows) > PAGE)


def find_notice(notice_id: int, viewer: Any) -> Notice | None:
    """One thing the viewer has heard of, unless they may no longer see it."""
    row = db.session.execute(_rows(viewer).where(Notification.id == notice_id)).one_or_none()
    return _notice(row) if row else None


def unread_count(viewer: Any) -> int:
    """How many of them the viewer has not opened yet."""
    if not viewer.is_member:
        return 0
    return db.session.scalar(_unread(viewer, day_of(now())), for_(viewer)) or 0


@prepared
def _unread(viewer: Any, _today: date) -> Select[Any]:
    # What an interview’s release allows holds for a day.
    return _joined(select(func.count(Notification.id)), viewer).where(
        Notification.member_id == viewer.id, Notification.read_at.is_(None), _may_see(viewer)
    )


def _rows(viewer: Any) -> Select[Any]:
    sees_title = and_(readable_by(viewer), _opening_is_seen(viewer))
    query = select(
        Notification.id,
        Notification.kind,
        Notification.at,
        Notification.read_at,
        Notification.post_id,
        Notification.decision_id,
        Notification.case_id,
        Member.name,
        Member.photo_key,
        case((sees_title, Topic.title), else_=null()).label("title"),
        Topic.language,
        Group.slug,
        Group.name.label("group_name"),
        Group.language.label("group_language"),
        Company.slug.label("company_slug"),
        Company.name.label("company_name"),
        Document.key.label("document_key"),
        Notification.interview_id,
        Interview.slug.label("interview_slug"),
        Interview.guest_name,
        Event.slug.label("event_slug"),
        func.coalesce(Translation.title, Original.title).label("event_title"),
        func.coalesce(Translation.language, Original.language).label("event_language"),
        Notification.cause,
        Post.thanks_count,
    )
    return _joined(query, viewer).where(Notification.member_id == viewer.id, _may_see(viewer))


def _joined(query: Select[Any], viewer: Any) -> Select[Any]:
    return (
        query.select_from(Notification)
        .outerjoin(Member, Member.id == Notification.actor_id)
        .outerjoin(Group, Group.id == Notification.group_id)
        .outerjoin(Topic, Topic.id == Notification.topic_id)
        .outerjoin(Opening, and_(Opening.topic_id == Topic.id, Opening.number == 1))
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .outerjoin(Post, Post.id == Notification.post_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .outerjoin(Company, Company.id == Notification.company_id)
        .outerjoin(Document, Document.id == Notification.document_id)
        .outerjoin(Interview, Interview.id == Notification.interview_id)
        .outerjoin(Event, Event.id == Notification.event_id)
        .outerjoin(
            Original, and_(Original.event_id == Event.id, Original.language == Event.language)
        )
        .outerjoin(
            Translation,
            and_(
                Translation.event_id == Event.id,
                Translation.language == viewer.interface_language,
            ),
        )
    )


def _may_see(viewer: Any) -> ColumnElement[bool]:
    """What was hidden, taken back or lies in a group one has left is as if never told. What the
    desk decided about the viewer stays: it is theirs to know.
    """
    event_is_seen = or_(Notification.event_id.is_(None), event_visible_to(viewer))
    return and_(event_is_seen, _both_still_say_so(viewer), _rest_is_seen(viewer))


def _both_still_say_so(viewer: Any) -> ColumnElement[bool]:
    """That two have met is told while both say so, and the other is here."""
    met = have_met(Notification.event_id, viewer.id, Notification.actor_id)
    return or_(Notification.kind != "event-met", and_(met, is_here()))


def _rest_is_seen(viewer: Any) -> ColumnElement[bool]:
    post_is_there = and_(Post.deleted_at.is_(None), Hiding.post_id.is_(None))
    return or_(
        Notification.kind.not_in((*ABOUT_POSTS, *ABOUT_GROUPS, *ABOUT_INTERVIEWS)),
        and_(
            Notification.kind.in_(ABOUT_POSTS),
            post_is_there,
            _opening_is_seen(viewer),
            readable_by(viewer),
        ),
        and_(Notification.kind.in_(ABOUT_GROUPS), known_to(viewer)),
        and_(Notification.kind.in_(ABOUT_INTERVIEWS), visible_to(viewer)),
    )


def _opening_is_seen(viewer: Any) -> ColumnElement[bool]:
    is_mine = Topic.author_id == viewer.id
    is_shown = OpeningHiding.post_id.is_(None)
    return and_(Opening.deleted_at.is_(None), or_(is_shown, is_mine))


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        kind=row.kind,
        at=row.at,
        is_unread=row.read_at is None,
        post_id=row.post_id,
        decision_id=row.decision_id,
        case_id=row.case_id,
        actor_name=row.name,
        actor_photo=photo_url(row.photo_key),
        topic_title=row.title,
        topic_language=row.language,
        group_slug=row.slug,
        group_name=row.group_name,
        group_language=row.group_language,
        company_slug=row.company_slug,
        company_name=row.company_name,
        document_key=row.document_key,
        interview_id=row.interview_id,
        interview_slug=row.interview_slug,
        guest_name=row.guest_name,
        event_slug=row.event_slug,
        event_title=row.event_title,
        event_language=row.event_language,
        revision=int(row.cause.rpartition(":")[2]) if row.kind == "text-changed" else None,
        thanks_count=row.thanks_count or 0,
    )
