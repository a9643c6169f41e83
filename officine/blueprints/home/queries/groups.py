"""A few groups, for those who look for their first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select

from officine.core.db import UTCDateTime, db
from officine.core.session import Visitor
from officine.models import Group, Topic
from officine.models.group import belongs_to, readable_by

THIS_WEEK = timedelta(days=7)
ON_WELCOME = 3


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group in a few words."""

    slug: str
    name: str
    purpose: str
    language: str
    joining: str
    members: int
    topics_this_week: int
    total: int
    """How many groups there are of this kind, shown or not."""


def groups_in(language: str, at: datetime) -> list[GroupCard]:
    """The liveliest groups of a language that everyone may read."""
    given = {"language": language, "since": at - THIS_WEEK}
    return [GroupCard(*row) for row in db.session.execute(_liveliest_in(), given)]


@cache
def _liveliest_in() -> Select[*tuple[Any, ...]]:
    """For every visitor the same question, put together once."""
    query = _cards(Visitor()).where(Group.language == bindparam("language"))
    return query.order_by(*_liveliest()).limit(ON_WELCOME)


def groups_to_join(viewer: Any, at: datetime, limit: int = 6) -> list[GroupCard]:
    """Groups to begin with, in the languages somebody reads: those of their sector first."""
    query = _cards(viewer).where(
        Group.language.in_(viewer.reads),
        Group.joining.in_(("open", "request")),
        ~belongs_to(viewer),
    )
    by_sector: Sequence[Any] = ()
    if viewer.sector:
        by_sector = (case((Group.sectors.has_code(viewer.sector), 0), else_=1),)
    query = query.order_by(*by_sector, *_liveliest()).limit(limit)
    return [GroupCard(*row) for row in db.session.execute(query, {"since": at - THIS_WEEK})]


def _cards(viewer: Any) -> Select[*tuple[Any, ...]]:
    this_week = (
        select(func.count(Topic.id))
        .where(Topic.group_id == Group.id, Topic.posts_count > 0)
        .where(Topic.opened_at > bindparam("since", type_=UTCDateTime()))
        .scalar_subquery()
    )
    query: Select[*tuple[Any, ...]] = select(
        Group.slug,
        Group.name,
        Group.purpose,
        Group.language,
        Group.joining,
        Group.members_count,
        this_week,
        func.count().over(),
    ).where(readable_by(viewer), Group.opened_at.is_not(None))
    return query


def _liveliest() -> tuple[Any, ...]:
    # What nobody has written in yet comes last, on every database.
    return (Group.last_post_at.is_(None), Group.last_post_at.desc(), Group.id)
