"""One event, with all that its page shows."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from officine.core.db import db
from officine.models import Event, EventSession, Group, Interview, Organiser, Partner, Speaker
from officine.models.event import visible_to
from officine.models.group import known_to
from officine.models.interview import visible_to as interview_visible_to


def find_event(slug: str, viewer: Any) -> Event | None:
    """The event at an address, if the viewer may see it."""
    return db.session.scalar(
        select(Event)
        .where(Event.slug == slug, visible_to(viewer))
        .options(
            joinedload(Event.series),
            selectinload(Event.texts),
            selectinload(Event.organisers).joinedload(Organiser.member),
            selectinload(Event.partners).options(
                joinedload(Partner.company), selectinload(Partner.translations)
            ),
            selectinload(Event.sessions).options(
                selectinload(EventSession.translations),
                selectinload(EventSession.speakers).options(
                    joinedload(Speaker.member), joinedload(Speaker.company)
                ),
            ),
            selectinload(Event.changes),
            selectinload(Event.materials),
        )
    )


def interviews_among(event: Event, viewer: Any) -> dict[int, str]:
    """The addresses of the interviews of ours that came of an event, as far as the viewer may see
    them.
    """
    ids = [each.interview_id for each in event.materials if each.interview_id]
    if not ids:
        return {}
    rows = db.session.execute(
        select(Interview.id, Interview.slug).where(
            Interview.id.in_(ids), interview_visible_to(viewer)
        )
    )
    return {row.id: row.slug for row in rows}


def holder_of(event: Event, viewer: Any) -> Group | None:
    """The group that holds an event, if the viewer may know that there is such a group."""
    if event.group_id is None:
        return None
    return db.session.scalar(select(Group).where(Group.id == event.group_id, known_to(viewer)))


def revealed_room(viewer: Any, event: Event, mine: Any) -> str:
    """The address of the online room, by what the viewer said (``mine``): for those who go, who
    organise it, and the desk; nothing for anybody else.
    """
    goes = mine is not None and mine.reply == "going"
    organises = viewer.is_member and any(it.member_id == viewer.id for it in event.organisers)
    return event.room_url if goes or organises or viewer.is_staff else ""


def other_dates(
    event: Event, viewer: Any, at: datetime, limit: int = 6
) -> list[tuple[str, datetime]]:
    """The other dates to come of the series: address and beginning."""
    if event.series_id is None:
        return []
    rows = db.session.execute(
        select(Event.slug, Event.starts_at)
        .where(Event.series_id == event.series_id, Event.id != event.id)
        .where(visible_to(viewer), Event.published_at.is_not(None))
        .where(Event.cancelled_at.is_(None), Event.ends_at > at)
        .order_by(Event.starts_at)
        .limit(limit)
    )
    return [(slug, starts_at) for slug, starts_at in rows]
