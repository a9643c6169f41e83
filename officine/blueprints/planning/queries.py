"""Which events somebody makes, and what they need to make them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from officine.core.db import db
from officine.models import Decision, Group, Member, Membership
from officine.models.case import Case
from officine.models.event import Event, EventMaterial, EventText, Organiser, visible_to
from officine.models.event_details import EventQuestion, EventSession, Partner, Speaker
from officine.models.registration import RegistrationAnswer

Row = TypeVar("Row", EventSession, Partner, EventQuestion)
DETAILS: dict[type, Any] = {
    EventSession: Event.sessions, Partner: Event.partners, EventQuestion: Event.questions,
}  # fmt: skip
SPEAKERS = selectinload(EventSession.speakers)
READ_ALONG: dict[type, Any] = {
    EventSession: (
        selectinload(EventSession.translations),
        SPEAKERS.joinedload(Speaker.member),
        SPEAKERS.joinedload(Speaker.company),
    ),
    Partner: (selectinload(Partner.translations), joinedload(Partner.company)),
    EventQuestion: (selectinload(EventQuestion.translations),),
}
"""What is read along with each of them."""


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
    return any(each.member_id == viewer.id for each in event.organisers)


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


def details(event: Event, kind: type[Row]) -> list[Row]:
    """The parts of its programme, its partners or its questions, in order."""
    rows: list[Any] = getattr(event, DETAILS[kind].key)
    return rows


def whole_details(event: Event, kind: type[Row]) -> list[Row]:
    """The same, with all that organisers see of them, read at once."""
    along = selectinload(DETAILS[kind]).options(*READ_ALONG[kind])
    db.session.scalars(select(Event).where(Event.id == event.id).options(along)).one()
    return details(event, kind)


def find_detail(event: Event, kind: type[Row], row_id: int) -> Row | None:
    """One of them."""
    found = db.session.get(kind, row_id)
    return found if found is not None and found.event_id == event.id else None


def find_material(material_id: int, event: Event) -> EventMaterial | None:
    """One of the things that came of it."""
    found = db.session.get(EventMaterial, material_id)
    return found if found is not None and found.event_id == event.id else None


def answers_counts(event: Event) -> dict[int, int]:
    """How many people answered each of its questions."""
    rows = db.session.execute(
        select(RegistrationAnswer.question_id, func.count())
        .join(EventQuestion, EventQuestion.id == RegistrationAnswer.question_id)
        .where(EventQuestion.event_id == event.id, RegistrationAnswer.text != "")
        .group_by(RegistrationAnswer.question_id)
    )
    return {row[0]: row[1] for row in rows}


def answers_count(question_id: int) -> int:
    """How many people answered a question."""
    count = select(func.count()).select_from(RegistrationAnswer)
    return db.session.scalar(count.where(RegistrationAnswer.question_id == question_id)) or 0
