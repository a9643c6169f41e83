"""The pages that anyone may read, for search engines: nothing that a visitor would not find."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from officine.core.db import db
from officine.core.session import Visitor
from officine.models import Company, Event, EventText, Group, Hiding, Interview, Member, Post, Topic
from officine.models.document import LEGAL
from officine.models.event import visible_to as event_visible_to
from officine.models.group import readable_by
from officine.models.interview import visible_to
from officine.models.member import shown
from officine.models.sanction import is_here

PAGE = 2_000
"""Pages in one file. Fifty thousand is the limit, but each is named with its other languages, and
a file should be made in an instant.
"""

STATIC = (
    "home.show",
    "groups.index",
    "profiles.index",
    "companies.index",
    "interviews.index",
    "events.index",
    "about.show",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its endpoint, what completes its address, and when it last changed."""

    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    changed_at: datetime | None = None


def pages_count() -> int:
    """How many files it takes to name every page of a language."""
    return max(1, -(-sum(_counts(_queries()).values()) // PAGE))


def places(page: int) -> Iterator[Place]:
    """The pages that one file names: first what does not change, then groups, topics, people,
    companies, interviews and events.
    """
    if page == 1:
        yield from (Place(endpoint) for endpoint in STATIC)
        yield from (Place("texts.show", {"key": key}) for key in LEGAL)
    skip, room = (page - 1) * PAGE, PAGE
    queries = _queries()
    totals = _counts(queries)
    for endpoint, query in queries.items():
        total = totals[endpoint]
        if skip >= total:
            skip -= total
            continue
        rows = db.session.execute(query.offset(skip).limit(room)).all()
        yield from (_place(endpoint, row) for row in rows)
        skip, room = 0, room - len(rows)
        if not room:
            return


def _counts(queries: dict[str, Select[*tuple[Any, ...]]]) -> dict[str, int]:
    """How many pages there are of each kind, in one question."""
    each = [
        select(func.count()).select_from(query.order_by(None).subquery()).scalar_subquery()
        for query in queries.values()
    ]
    return dict(zip(queries, db.session.execute(select(*each)).one(), strict=True))


def _queries() -> dict[str, Select[*tuple[Any, ...]]]:
    visitor = Visitor()
    opening = and_(Post.topic_id == Topic.id, Post.number == 1, Post.deleted_at.is_(None))
    return {
        "groups.show": select(Group.slug, Group.last_post_at)
        .where(readable_by(visitor), Group.opened_at.is_not(None))
        .order_by(Group.id),
        "forum.show": select(Topic.id, Topic.slug, Topic.last_post_at)
        .join(Group, Group.id == Topic.group_id)
        .join(Post, opening)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(readable_by(visitor), Hiding.post_id.is_(None))
        .order_by(Topic.id),
        # Only who says something of themselves to everyone.
        "profiles.show": select(Member.handle)
        .where(Member.confirmed_at.is_not(None), is_here())
        .where(Member.about != "", shown("about", visitor))
        .order_by(Member.id),
        "companies.show": select(Company.slug).order_by(Company.id),
        "interviews.show": select(Interview.slug, Interview.published_at)
        .where(visible_to(visitor))
        .order_by(Interview.id),
        "events.show": select(Event.slug, Event.changed_at)
        .where(event_visible_to(visitor))
        .where(Event.texts.any(EventText.title != ""))
        .order_by(Event.id),
    }


def _place(endpoint: str, row: Any) -> Place:
    if endpoint == "forum.show":
        return Place(endpoint, {"topic_id": row.id, "slug": row.slug}, row.last_post_at)
    if endpoint == "groups.show":
        return Place(endpoint, {"slug": row.slug}, row.last_post_at)
    if endpoint == "interviews.show":
        return Place(endpoint, {"slug": row.slug}, row.published_at)
    if endpoint == "events.show":
        return Place(endpoint, {"slug": row.slug}, row.changed_at)
    if endpoint == "profiles.show":
        return Place(endpoint, {"handle": row.handle})
    return Place(endpoint, {"slug": row.slug})
