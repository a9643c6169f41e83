"""Which groups there are, for whoever is looking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import (
    Decision,
    Group,
    Hiding,
    Invitation,
    JoinRequest,
    Member,
    Membership,
    OldAddress,
    Post,
    ReadMark,
    Topic,
)
from officine.models.group import known_to, readable_by

PAGE = 12
WEEKS = 12
ORDERS = ("active", "members", "new", "name")


@dataclass(frozen=True)
class Pulse:
    """How alive a group is: posts written in each of the last twelve weeks, this one last."""

    weeks: tuple[int, ...] = (0,) * WEEKS


def find_group(slug: str, viewer: Any) -> Group | None:
    """The group at an address, if the viewer may know that it exists."""
    return db.session.scalar(
        select(Group)
        .where(Group.slug == slug, known_to(viewer))
        .options(joinedload(Group.created_by))
    )


def present_slug(old_slug: str, viewer: Any) -> str | None:
    """Where a group has moved that used to be at ``old_slug``."""
    return db.session.scalar(
        select(Group.slug)
        .join(OldAddress, and_(OldAddress.noun == "group", OldAddress.owner_id == Group.id))
        .where(OldAddress.slug == old_slug, known_to(viewer))
    )


def membership_of(viewer: Any, group: Group) -> Membership | None:
    """How the viewer belongs to the group, or None."""
    if not viewer.is_member:
        return None
    return db.session.get(Membership, (group.id, viewer.id))


def is_host(viewer: Any, group: Group) -> bool:
    """Whether the viewer looks after the group."""
    membership = membership_of(viewer, group)
    return membership is not None and membership.is_host


def may_read_topics(viewer: Any, group: Group) -> bool:
    """Whether the group’s topics are the viewer’s to read."""
    readable = select(Group.id).where(Group.id == group.id, readable_by(viewer))
    return db.session.scalar(readable) is not None


@dataclass(frozen=True)
class RailGroup:
    """One of my groups, in the rail: with how many topics wait for me."""

    id: int
    slug: str
    name: str
    language: str
    unread: int


def my_groups(viewer: Any) -> list[RailGroup]:
    """The viewer’s groups by name, each with its topics that have something unread.

    What was written before the viewer joined the group does not count.
    """
    if not viewer.is_member:
        return []
    unread = case(
        (Topic.last_number > func.coalesce(ReadMark.number, 0), Topic.id),
    )
    rows = db.session.execute(
        select(Group.id, Group.slug, Group.name, Group.language, func.count(unread))
        .join(Membership, Membership.group_id == Group.id)
        .outerjoin(
            Topic,
            and_(
                Topic.group_id == Group.id,
                Topic.last_post_at > Membership.joined_at,
                Topic.posts_count > 0,
            ),
        )
        .outerjoin(ReadMark, and_(ReadMark.topic_id == Topic.id, ReadMark.member_id == viewer.id))
        .where(Membership.member_id == viewer.id)
        .group_by(Group.id, Group.slug, Group.name, Group.language)
        .order_by(func.lower(Group.name))
    )
    return [RailGroup(*row) for row in rows]


def hosts_any(viewer: Any) -> bool:
    """Whether the viewer looks after any group that is open. Who proposes one is its host at
    once, but the desk has not said yes.
    """
    if not viewer.is_member:
        return False
    hosted = (
        select(Membership.group_id)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.member_id == viewer.id, Membership.is_host.is_(True))
        .where(Group.opened_at.is_not(None))
    )
    return db.session.scalar(hosted.limit(1)) is not None


def hosts_count(group: Group) -> int:
    """How many hosts a group has."""
    count = select(func.count()).select_from(Membership)
    return (
        db.session.scalar(
            count.where(Membership.group_id == group.id, Membership.is_host.is_(True))
        )
        or 0
    )


def open_invitation(viewer: Any, group: Group) -> Invitation | None:
    """The viewer’s invitation into the group that waits for an answer."""
    if not viewer.is_member:
        return None
    return db.session.scalar(
        select(Invitation)
        .where(
            Invitation.group_id == group.id,
            Invitation.member_id == viewer.id,
            Invitation.answered_at.is_(None),
        )
        .options(joinedload(Invitation.invited_by))
    )


def open_request(viewer: Any, group: Group) -> JoinRequest | None:
    """The viewer’s request to join that waits for an answer."""
    if not viewer.is_member:
        return None
    return db.session.scalar(
        select(JoinRequest).where(
            JoinRequest.group_id == group.id,
            JoinRequest.member_id == viewer.id,
            JoinRequest.answered_at.is_(None),
        )
    )


def requests_waiting(group: Group) -> Sequence[JoinRequest]:
    """Who asks to join, oldest first."""
    return db.session.scalars(
        select(JoinRequest)
        .where(JoinRequest.group_id == group.id, JoinRequest.answered_at.is_(None))
        .options(joinedload(JoinRequest.member).joinedload(Member.company))
        .order_by(JoinRequest.asked_at)
    ).all()


def find_request(request_id: int, group: Group) -> JoinRequest | None:
    """One request to join this group."""
    request = db.session.get(JoinRequest, request_id)
    return request if request and request.group_id == group.id else None


def members_of(group: Group, limit: int | None = None) -> Sequence[Membership]:
    """Who belongs: hosts first, then by the day they joined."""
    return db.session.scalars(
        select(Membership)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.group_id == group.id, Member.left_at.is_(None))
        .options(joinedload(Membership.member).joinedload(Member.company))
        .order_by(Membership.is_host.desc(), Membership.joined_at, Membership.member_id)
        .limit(limit)
    ).all()


def hosts_of(group: Group) -> list[Member]:
    """The group’s hosts."""
    return [each.member for each in members_of(group) if each.is_host]


def find_membership(group: Group, handle: str) -> Membership | None:
    """How the person with this handle belongs to the group."""
    return db.session.scalar(
        select(Membership)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.group_id == group.id, Member.handle == handle)
        .options(joinedload(Membership.member))
    )


def find_person(handle: str) -> Member | None:
    """A member by handle, as people write it: with or without @."""
    wanted = handle.strip().lstrip("@").casefold()
    return db.session.scalar(
        select(Member).where(
            Member.handle == wanted, Member.left_at.is_(None), Member.confirmed_at.is_not(None)
        )
    )


def proposed_groups() -> Sequence[Group]:
    """The groups that wait for the desk, oldest first."""
    return db.session.scalars(
        select(Group)
        .where(Group.opened_at.is_(None), ~_declined())
        .options(joinedload(Group.created_by))
        .order_by(Group.proposed_at)
    ).all()


def declining_of(group: Group) -> Decision | None:
    """The decision that said no to a proposed group, unless it was proposed again since."""
    if group.proposed_at is None:
        return None
    return db.session.scalar(
        select(Decision)
        .where(
            Decision.group_id == group.id,
            Decision.measure == "decline-group",
            Decision.at >= group.proposed_at,
        )
        .order_by(Decision.at.desc())
        .limit(1)
    )


def _declined() -> ColumnElement[bool]:
    return (
        select(Decision.id)
        .where(
            Decision.group_id == Group.id,
            Decision.measure == "decline-group",
            Decision.at >= Group.proposed_at,
        )
        .exists()
    )


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
    facets = _facets(viewer, wanted)
    rows = list(db.session.execute(_page_of_groups(viewer, wanted)))
    ids = [row.id for row in rows]
    mine, asked = _my_standing(viewer, ids)
    return Listed(
        groups=rows,
        total=sum(
            count
            for language, sector_joining in facets.items()
            for (sectors, joining), count in sector_joining.items()
            if language in wanted.languages and _fits(wanted, sectors, joining)
        ),
        by_language={
            language: sum(n for (s, j), n in counts.items() if _fits(wanted, s, j))
            for language, counts in facets.items()
        },
        by_sector=_by_sector(facets, wanted),
        by_joining=_by_joining(facets, wanted),
        pulses=pulses(ids, at),
        topics_this_week=_topics_since(ids, at - timedelta(days=7)),
        mine=mine,
        asked=asked,
    )


Facets = dict[str, dict[tuple[tuple[str, ...], str], int]]


def _facets(viewer: Any, wanted: Wanted) -> Facets:
    """How many groups there are for each language, sectors and way of joining."""
    query = select(Group.language, Group.sectors, Group.joining, func.count()).where(
        known_to(viewer), Group.opened_at.is_not(None)
    )
    if wanted.found is not None:
        query = query.where(Group.id.in_(wanted.found))
    facets: Facets = {}
    for language, sectors, joining, count in db.session.execute(
        query.group_by(Group.language, Group.sectors, Group.joining)
    ):
        facets.setdefault(language, {})[(sectors, joining)] = count
    return facets


def _fits(wanted: Wanted, sectors: tuple[str, ...], joining: str) -> bool:
    return (not wanted.sector or wanted.sector in sectors) and (
        not wanted.joining or wanted.joining == joining
    )


def _by_sector(facets: Facets, wanted: Wanted) -> dict[str, int]:
    counts: dict[str, int] = {}
    for language in wanted.languages:
        for (sectors, joining), count in facets.get(language, {}).items():
            if not wanted.joining or wanted.joining == joining:
                for sector in sectors:
                    counts[sector] = counts.get(sector, 0) + count
    return counts


def _by_joining(facets: Facets, wanted: Wanted) -> dict[str, int]:
    counts: dict[str, int] = {}
    for language in wanted.languages:
        for (sectors, joining), count in facets.get(language, {}).items():
            if not wanted.sector or wanted.sector in sectors:
                counts[joining] = counts.get(joining, 0) + count
    return counts


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


def pulses(ids: Sequence[int], at: datetime) -> dict[int, Pulse]:
    """For each group, the posts of each of the last twelve weeks."""
    if not ids:
        return {}
    edges = [at - timedelta(weeks=WEEKS - week) for week in range(WEEKS + 1)]
    columns = [
        func.sum(case((and_(Post.written_at > start, Post.written_at <= end), 1), else_=0))
        for start, end in pairwise(edges)
    ]
    rows = db.session.execute(
        select(Topic.group_id, *columns)
        .join(Post, Post.topic_id == Topic.id)
        .where(Topic.group_id.in_(ids), Topic.last_post_at > edges[0], Post.written_at > edges[0])
        .where(Post.deleted_at.is_(None), Post.id.not_in(select(Hiding.post_id)))
        .group_by(Topic.group_id)
    )
    return {group_id: Pulse(tuple(int(each or 0) for each in weeks)) for group_id, *weeks in rows}


def _topics_since(ids: Sequence[int], moment: datetime) -> dict[int, int]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Topic.group_id, func.count())
        .where(Topic.group_id.in_(ids), Topic.opened_at > moment, Topic.posts_count > 0)
        .group_by(Topic.group_id)
    )
    return {row[0]: row[1] for row in rows}


def groups_named(viewer: Any, words: str) -> tuple[int, ...]:
    """Groups whose name or purpose holds these very words: what is left of searching while the
    index heals.
    """
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return tuple(
        db.session.scalars(
            select(Group.id)
            .where(known_to(viewer), Group.opened_at.is_not(None))
            .where(or_(Group.name.ilike(pattern, "\\"), Group.purpose.ilike(pattern, "\\")))
            .order_by(Group.members_count.desc())
            .limit(200)
        )
    )
