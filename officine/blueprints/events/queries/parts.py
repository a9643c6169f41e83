"""The events in which a person or a company takes part, for their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, literal, select, union_all
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import (
    Company,
    Event,
    EventSession,
    EventText,
    Member,
    Organiser,
    Partner,
    Registration,
    Speaker,
)
from officine.models.event import visible_to
from officine.models.translation import best_text

MOST_COMING, MOST_PAST = 4, 3
ROLES = ("organises", "speaks", "organiser", "partner", "sponsor", "goes")
"""The first that somebody has is the one that is told."""


@dataclass(frozen=True)
class Part:
    """An event in which somebody takes part, and how."""

    event: Event
    text: EventText
    role: str
    is_past: bool


def parts_of_member(member: Member, viewer: Any, reads: Sequence[str], at: datetime) -> list[Part]:
    """What a member organises, where they speak and, for members only, where they go: of those
    events that the viewer may see.
    """
    taken = [
        _taken(Organiser, "organises").where(Organiser.member_id == member.id),
        _spoken().where(Speaker.member_id == member.id),
    ]
    if viewer.is_member:
        going = _taken(Registration, "goes")
        taken.append(
            going.where(Registration.member_id == member.id, Registration.reply == "going")
        )
    return _parts(union_all(*taken).subquery(), viewer, reads, at)


def parts_of_company(
    company: Company, viewer: Any, reads: Sequence[str], at: datetime
) -> list[Part]:
    """What a company organises or stands behind, and where its people speak for it: of those
    events that the viewer may see.
    """
    stands_behind = select(Partner.event_id, Partner.role).where(Partner.company_id == company.id)
    spoken = _spoken().where(Speaker.company_id == company.id)
    return _parts(union_all(stands_behind, spoken).subquery(), viewer, reads, at)


def _taken(model: Any, role: str) -> Select[Any]:
    return select(model.event_id, literal(role).label("role"))


def _spoken() -> Select[Any]:
    return _taken(EventSession, "speaks").join(Speaker, Speaker.session_id == EventSession.id)


def _parts(taken: Subquery, viewer: Any, reads: Sequence[str], at: datetime) -> list[Part]:
    """Those to come soonest first, of one that comes again the next date; then of those that are
    over the latest. Where somebody just went once is nobody’s to look up.
    """
    is_past = Event.ends_at <= at
    rows = db.session.execute(
        select(Event.id, Event.series_id, Event.starts_at, taken.c.role, is_past.label("is_past"))
        .join(taken, taken.c.event_id == Event.id)
        .where(visible_to(viewer), Event.published_at.is_not(None))
        .where(Event.cancelled_at.is_(None), Event.postponed_at.is_(None))
        .where(~is_past | (taken.c.role != "goes"))
    ).all()
    coming: dict[int, Any] = {}
    past: dict[int, Any] = {}
    for row in sorted(rows, key=lambda it: (it.starts_at, ROLES.index(it.role))):
        kept = past if row.is_past else coming
        kept.setdefault(row.series_id or -row.id, row)
    chosen = [*list(coming.values())[:MOST_COMING], *list(past.values())[::-1][:MOST_PAST]]
    if not chosen:
        return []
    found = db.session.scalars(
        select(Event)
        .where(Event.id.in_([row.id for row in chosen]))
        .options(joinedload(Event.texts))
    ).unique()
    events = {event.id: event for event in found}
    told = [(row, best_text(events[row.id], reads)) for row in chosen]
    return [
        Part(events[row.id], text, row.role, bool(row.is_past))
        for row, text in told
        if text is not None
    ]
