"""The list of groups, as somebody wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, func, select

from officine.blueprints.groups.queries.pulses import Pulse, pulses
from officine.core.db import db
from officine.lib.facets import Facets
from officine.models import Group, JoinRequest, Membership, Topic
from officine.models.group import known_to

PAGE = 12
ORDERS = ("active", "members", "new", "name")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the list of groups."""

    languages: tuple[str, ...]
    sector: str = ""
    joining: str = ""
    order: str = "active"
    page: int = 1
    found: tuple[int, ...] | None = None
    """The groups that the words found, best first; None when no words were given."""


@dataclass(frozen=True)
class Listed:
    """A page of the list of groups, with its counts."""

    groups: list[Row[Any]]
    total: int
    by_language: dict[str, int]
    by_sector: dict[str, int]
    by_joining: dict[str, int]
    pulses: dict[int, Pulse]
    topics_this_week: dict[int, int]
    mine: frozenset[int]
    asked: frozenset[int]


def listed_groups(viewer: Any, wanted: Wanted, at: datetime) -> Listed:
    """The groups a viewer may know of, as they want them."""
    facets = Facets(_mixes(viewer, wanted), wanted, ("languages", "sector", "joining"))
    rows = list(db.session.execute(_page_of_groups(viewer, wanted)))
    ids = [row.id for row in rows]
    mine, asked = _my_standing(viewer, ids)
    return Listed(
        groups=rows,
        total=facets.total,
        by_language=facets.counts("languages"),
        by_sector=facets.counts("sector"),
        by_joining=facets.counts("joining"),
        pulses=pulses(ids, at),
        topics_this_week=_topics_since(ids, at - timedelta(days=7)),
        mine=mine,
        asked=asked,
    )


def _mixes(viewer: Any, wanted: Wanted) -> Sequence[Row[Any]]:
    """How many groups there are of each mix of what one can filter by."""
    query: Any = select(
        Group.language.label("languages"),
        Group.sectors.label("sector"),
        Group.joining,
        func.count().label("number"),
    ).where(known_to(viewer), Group.opened_at.is_not(None))
    if wanted.found is not None:
        query = query.where(Group.id.in_(wanted.found))
    return db.session.execute(query.group_by(Group.language, Group.sectors, Group.joining)).all()


def _page_of_groups(viewer: Any, wanted: Wanted) -> Any:
    query = select(
        Group.id,
        Group.slug,
        Group.name,
        Group.purpose,
        Group.language,
        Group.joining,
        Group.visibility,
        Group.members_count,
        Group.topics_count,
        Group.last_post_at,
        Group.sectors,
    ).where(known_to(viewer), Group.opened_at.is_not(None), Group.language.in_(wanted.languages))
    if wanted.sector:
        query = query.where(Group.sectors.has_code(wanted.sector))
    if wanted.joining:
        query = query.where(Group.joining == wanted.joining)
    if wanted.found is not None:
        query = query.where(Group.id.in_(wanted.found))
    query = query.order_by(*_order(wanted), Group.id)
    return query.offset((wanted.page - 1) * PAGE).limit(PAGE)


def _order(wanted: Wanted) -> tuple[Any, ...]:
    if wanted.order == "members":
        return (Group.members_count.desc(),)
    if wanted.order == "new":
        return (Group.opened_at.desc(),)
    if wanted.order == "name":
        return (func.lower(Group.name),)
    if wanted.found:
        places = {group_id: place for place, group_id in enumerate(wanted.found)}
        return (case(places, value=Group.id, else_=len(places)),)
    # What nobody has written in yet comes last, on every database.
    return (Group.last_post_at.is_(None), Group.last_post_at.desc())


def _my_standing(viewer: Any, ids: list[int]) -> tuple[frozenset[int], frozenset[int]]:
    if not viewer.is_member or not ids:
        return frozenset(), frozenset()
    mine = select(Membership.group_id).where(
        Membership.member_id == viewer.id, Membership.group_id.in_(ids)
    )
    asked = select(JoinRequest.group_id).where(
        JoinRequest.member_id == viewer.id,
        JoinRequest.group_id.in_(ids),
        JoinRequest.answered_at.is_(None),
    )
    return frozenset(db.session.scalars(mine)), frozenset(db.session.scalars(asked))


def _topics_since(ids: Sequence[int], moment: datetime) -> dict[int, int]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Topic.group_id, func.count())
        .where(Topic.group_id.in_(ids), Topic.opened_at > moment, Topic.posts_count > 0)
        .group_by(Topic.group_id)
    )
    return {row[0]: row[1] for row in rows}
