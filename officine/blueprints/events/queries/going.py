"""Who goes: how many, for everyone who sees the event; who, for members only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from officine.core.db import db
from officine.models import Event, Member, Registration
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


def going_counts(ids: Sequence[int]) -> dict[int, int]:
    """How many people go to each of these events, with their guests."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(Registration.event_id, func.sum(1 + Registration.guests))
        .where(Registration.event_id.in_(ids), Registration.reply == "going")
        .group_by(Registration.event_id)
    )
    return {event_id: int(number) for event_id, number in rows}


def faces_of(ids: Sequence[int], viewer: Any) -> dict[int, list[tuple[str, str | None]]]:
    """The first few who said that they go to each of these events: name and photo. Nobody’s for
    visitors.
    """
    if not ids or not viewer.is_member:
        return {}
    place = func.row_number().over(
        partition_by=Registration.event_id, order_by=(Registration.created_at, Registration.id)
    )
    first = (
        select(Registration.event_id, Registration.member_id, place.label("place"))
        .join(Member, Member.id == Registration.member_id)
        .where(Registration.event_id.in_(ids), Registration.reply == "going", is_here())
        .subquery()
    )
    faces: dict[int, list[tuple[str, str | None]]] = {}
    for event_id, member in db.session.execute(
        select(first.c.event_id, Member)
        .join(first, first.c.member_id == Member.id)
        .where(first.c.place <= FACES)
        .order_by(first.c.event_id, first.c.place)
    ):
        photo = member.photo_url(72) if member.shows("photo", viewer) else None
        faces.setdefault(event_id, []).append((member.name, photo))
    return faces


def people_going(event: Event, viewer: Any) -> list[PersonGoing]:
    """The members who go, for members who may see the event; nobody for visitors."""
    if not viewer.is_member:
        return []
    members = db.session.scalars(
        select(Member)
        .join(Registration, Registration.member_id == Member.id)
        .where(Registration.event_id == event.id, Registration.reply == "going", is_here())
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
