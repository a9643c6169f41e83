"""A few groups, for those who look for their first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select

from officine.core.db import db
from officine.models import Group, Topic
from officine.models.group import belongs_to, readable_by


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


def groups_in(language: str, viewer: Any, at: datetime, limit: int = 3) -> list[GroupCard]:
    """The liveliest groups of a language that the viewer may read."""
    query = _cards(viewer, at).where(Group.language == language)
    return _read(query.order_by(*_liveliest()).limit(limit))


def groups_to_join(viewer: Any, at: datetime, limit: int = 6) -> list[GroupCard]:
    """Groups to begin with, in the languages somebody reads: those of their sector first."""
    query = _cards(viewer, at).where(
        Group.language.in_(viewer.reads),
        Group.joining.in_(("open", "request")),
        ~belongs_to(viewer),
    )
    by_sector: Sequence[Any] = ()
    if viewer.sector:
        by_sector = (case((Group.sectors.has_code(viewer.sector), 0), else_=1),)
    return _read(query.order_by(*by_sector, *_liveliest()).limit(limit))


def _cards(viewer: Any, at: datetime) -> Select[*tuple[Any, ...]]:
    this_week = (
        select(func.count(Topic.id))
        .where(Topic.group_id == Group.id, Topic.opened_at > at - timedelta(days=7))
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


def _read(query: Select[*tuple[Any, ...]]) -> list[GroupCard]:
    return [GroupCard(*row) for row in db.session.execute(query)]
