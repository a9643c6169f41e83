"""Who goes: how many, for everyone who sees the event; who, for members only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select

from officine.core.clock import now
from officine.core.db import db
from officine.models import Event, Interest, Member, Membership, Registration
from officine.models.follow_up import was_there
from officine.models.sanction import is_here

FACES = 5
MOST_PEOPLE = 60


@dataclass(frozen=True, slots=True)
class PersonGoing:
    """A member who goes, as other members see them."""

    name: str
    handle: str
    photo: str | None
    is_supplier: bool
    line: str


@dataclass(frozen=True, slots=True)
class Face:
    """A member who goes, as lists show them to other members."""

    name: str
    first_name: str
    photo: str | None
    is_known: bool
    """Whether the viewer knows them."""


def going_counts(ids: Sequence[int]) -> dict[int, int]:
    """How many people go to each of these events, with their guests; how many were there, where
    it is over.
    """
    if not ids:
        return {}
    came_in = and_(Event.ends_at <= now(), Registration.arrived_at.is_not(None))
    guests = case((came_in, Registration.arrived_guests), else_=Registration.guests)
    rows = db.session.execute(
        select(Registration.event_id, func.sum(1 + guests))
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.event_id.in_(ids), _goes())
        .group_by(Registration.event_id)
    )
    return {event_id: int(number) for event_id, number in rows}


def faces_of(ids: Sequence[int], viewer: Any) -> dict[int, list[Face]]:
    """A few who said that they go to each of these events: whom the viewer knows first, then who
    said it first. Nobody for visitors.
    """
    if not ids or not viewer.is_member:
        return {}
    knows = _known_to(viewer).label("knows")
    place = func.row_number().over(
        partition_by=Registration.event_id,
        order_by=(knows.desc(), Registration.created_at, Registration.id),
    )
    first = (
        select(Registration.event_id, Registration.member_id, knows, place.label("place"))
        .join(Member, Member.id == Registration.member_id)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.event_id.in_(ids), _goes(), is_here())
        .subquery()
    )
    faces: dict[int, list[Face]] = {}
    for event_id, is_known, member in db.session.execute(
        select(first.c.event_id, first.c.knows, Member)
        .join(first, first.c.member_id == Member.id)
        .where(first.c.place <= FACES)
        .order_by(first.c.event_id, first.c.place)
    ):
        photo = member.photo_url(72) if member.shows("photo", viewer) else None
        faces.setdefault(event_id, []).append(
            Face(member.name, member.first_name, photo, bool(is_known))
        )
    return faces


def _goes() -> ColumnElement[bool]:
    """Who says that they go; where the event is over, who was there: that somebody stayed away is
    for the organisers to know.
    """
    return or_(
        and_(Event.ends_at > now(), Registration.reply == "going"),
        and_(Event.ends_at <= now(), was_there()),
    )


def _known_to(viewer: Any) -> Any:
    """1 for whom a member knows, 0 for others: they belong to one group, or the member hears of
    what is published about them. A column beside Member.
    """
    my_groups = select(Membership.group_id).where(Membership.member_id == viewer.id)
    beside = select(Membership.member_id).where(Membership.group_id.in_(my_groups))
    followed = select(Interest.name).where(
        Interest.member_id == viewer.id, Interest.noun == "person"
    )
    knows = Member.id.in_(beside) | cast(Member.id, String).in_(followed)
    return case((and_(knows, Member.id != viewer.id), 1), else_=0)


def people_going(event: Event, viewer: Any) -> list[PersonGoing]:
    """The members who go, or were there, for members who may see the event; nobody for visitors."""
    if not viewer.is_member:
        return []
    members = db.session.scalars(
        select(Member)
        .join(Registration, Registration.member_id == Member.id)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.event_id == event.id, _goes(), is_here())
        .order_by(Registration.created_at, Registration.id)
        .limit(MOST_PEOPLE)
    )
    return [
        PersonGoing(
            name=each.name,
            handle=each.handle,
            photo=each.photo_url(96) if each.shows("photo", viewer) else None,
            is_supplier=each.is_supplier,
            line=", ".join(
                filter(
                    None,
                    (
                        each.job if each.shows("job", viewer) else "",
                        each.firm if each.shows("company", viewer) else "",
                    ),
                )
            ),
        )
        for each in members
    ]
