"""Which events somebody makes, and what they need to make them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from officine.core.db import db
from officine.models import Decision, Group, Member, Membership
from officine.models.case import Case
from officine.models.event import (
    Event,
    EventMaterial,
    EventSession,
    EventText,
    Organiser,
    Partner,
    visible_to,
)
from officine.models.registration import RegistrationAnswer


def find_event(slug: str, viewer: Any) -> Event | None:
    """An event that the viewer may see, with its texts."""
    return db.session.scalar(
        select(Event)
        .where(Event.slug == slug, visible_to(viewer))
        .options(joinedload(Event.group), selectinload(Event.texts))
    )


def text_in(event: Event, language: str) -> EventText | None:
    """What is read of it in one language."""
    return next((text for text in event.texts if text.language == language), None)


def is_organiser(viewer: Any, event: Event) -> bool:
    """Whether the viewer looks after it."""
    if not viewer.is_member:
        return False
    return db.session.get(Organiser, (event.id, viewer.id)) is not None


def hosts_its_group(viewer: Any, event: Event) -> bool:
    """Whether the viewer hosts the group that holds it."""
    if not viewer.is_member or event.group_id is None:
        return False
    membership = db.session.get(Membership, (event.group_id, viewer.id))
    return membership is not None and membership.is_host


def organisers(event: Event) -> Sequence[Member]:
    """Who looks after it, by name."""
    return db.session.scalars(
        select(Member)
        .join(Organiser, Organiser.member_id == Member.id)
        .where(Organiser.event_id == event.id)
        .order_by(func.lower(Member.name), Member.id)
    ).all()


def find_member(handle: str) -> Member | None:
    """Somebody who can look after an event or speak at it, by @name."""
    return db.session.scalar(
        select(Member).where(
            Member.handle == handle.removeprefix("@").lower(), Member.left_at.is_(None)
        )
    )


def groups_for(viewer: Any) -> Sequence[Group]:
    """The groups for which the viewer can make events: their own; for the desk all."""
    mine = select(Membership.group_id).where(Membership.member_id == viewer.id)
    which = [Group.opened_at.is_not(None)] + ([] if viewer.is_staff else [Group.id.in_(mine)])
    return db.session.scalars(
        select(Group).where(*which).order_by(func.lower(Group.name), Group.id)
    ).all()


def my_events(viewer: Any, at: datetime) -> Sequence[Event]:
    """What the viewer organises and is not over: what is not published first."""
    mine = select(Organiser.event_id).where(Organiser.member_id == viewer.id)
    return db.session.scalars(
        select(Event)
        .where(Event.id.in_(mine), or_(Event.ends_at > at, Event.published_at.is_(None)))
        .options(selectinload(Event.texts), joinedload(Event.group))
        .order_by(Event.published_at.is_not(None), Event.starts_at, Event.id)
        .limit(100)
    ).all()


def dates_of_series(event: Event, at: datetime) -> Sequence[Event]:
    """The dates of its series that are still to come, the nearest first."""
    if event.series_id is None:
        return []
    return db.session.scalars(
        select(Event)
        .where(Event.series_id == event.series_id, Event.ends_at > at)
        .order_by(Event.starts_at, Event.id)
        .limit(60)
    ).all()


def latest_refusal(event: Event) -> Decision | None:
    """What the desk last said against a proposal that became a draft again."""
    if event.state != "draft":
        return None
    return db.session.scalar(
        select(Decision)
        .join(Case, Case.id == Decision.case_id)
        .where(
            Case.subject == "event",
            Case.subject_id == event.id,
            Decision.measure == "decline-event",
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )


def find_session(session_id: int, event: Event) -> EventSession | None:
    """One part of its programme."""
    found = db.session.get(EventSession, session_id)
    return found if found is not None and found.event_id == event.id else None


def find_partner(partner_id: int, event: Event) -> Partner | None:
    """One of its partners."""
    found = db.session.get(Partner, partner_id)
    return found if found is not None and found.event_id == event.id else None


def find_material(material_id: int, event: Event) -> EventMaterial | None:
    """One of the things that came of it."""
    found = db.session.get(EventMaterial, material_id)
    return found if found is not None and found.event_id == event.id else None


def answers_count(question_id: int) -> int:
    """How many people answered a question."""
    count = select(func.count()).select_from(RegistrationAnswer)
    return db.session.scalar(count.where(RegistrationAnswer.question_id == question_id)) or 0
