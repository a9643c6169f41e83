"""Who goes, who waits, and where somebody stands in the list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from officine.core.db import db
from officine.lib.words import fold
from officine.models import (
    Event,
    EventChange,
    EventQuestion,
    Member,
    Organiser,
    Registration,
    RegistrationAnswer,
)
from officine.models.event import visible_to

CONCERNED = ("invited", "asked", "going", "maybe", "waiting", "offered")
"""Whom a change of the event concerns: not those who said no."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody said about one event, as its page and the list show it."""

    event_id: int
    registration_id: int
    reply: str
    guests: int
    code: str
    refusal: str
    offer_ends_at: datetime | None
    place: int | None
    """Where they stand in the waiting list: 1 is the next to be asked."""


def find_event(slug: str, viewer: Any) -> Event | None:
    """The event at an address, if the viewer may see it."""
    return db.session.scalar(select(Event).where(Event.slug == slug, visible_to(viewer)))


def my_registrations(viewer: Any, event_ids: Collection[int]) -> dict[int, Mine]:
    """What the viewer said about these events; those they said nothing about are missing."""
    if not viewer.is_member or not event_ids:
        return {}
    mine = select(Registration).where(
        Registration.member_id == viewer.id, Registration.event_id.in_(event_ids)
    )
    found = db.session.scalars(mine).all()
    waiting = [each.event_id for each in found if each.reply == "waiting"]
    places = _places(waiting) if waiting else {}
    return {each.event_id: as_mine(each, places.get(each.id)) for each in found}


def mine_of(registration: Registration) -> Mine:
    """The same of one registration, also of somebody without an account."""
    place = place_in_list(registration) if registration.reply == "waiting" else None
    return as_mine(registration, place)


def as_mine(registration: Registration, place: int | None) -> Mine:
    """A registration as the page of its event shows it."""
    return Mine(
        event_id=registration.event_id,
        registration_id=registration.id,
        reply=registration.reply,
        guests=registration.guests,
        code=registration.code,
        refusal=registration.refusal,
        offer_ends_at=registration.offer_ends_at,
        place=place,
    )


def registration_of(event: Event, member: Any) -> Registration | None:
    """What a member said about an event."""
    if not member.is_member:
        return None
    return db.session.scalar(select(Registration).filter_by(event_id=event.id, member_id=member.id))


def registration_by_address(event: Event, email: str) -> Registration | None:
    """The registration of somebody without an account."""
    return db.session.scalar(select(Registration).filter_by(event_id=event.id, email=email))


def find_registration(registration_id: int, event: Event) -> Registration | None:
    """One registration of an event, for its organisers."""
    return db.session.scalar(select(Registration).filter_by(id=registration_id, event_id=event.id))


def place_in_list(registration: Registration) -> int:
    """Where somebody stands in the waiting list: 1 is the next to be asked."""
    return _places([registration.event_id]).get(registration.id, 0)


def waiting_list(event: Event) -> Select[Registration]:
    """Who waits for a seat, the first first."""
    return (
        select(Registration)
        .where(Registration.event_id == event.id, Registration.reply == "waiting")
        .order_by(Registration.waiting_since, Registration.id)
    )


def questions(event: Event) -> Sequence[EventQuestion]:
    """What the organisers ask now."""
    return [each for each in event.questions if each.withdrawn_at is None]


def answers_of(registration: Registration | None) -> dict[int, str]:
    """What somebody answered, by question."""
    if registration is None:
        return {}
    found = select(RegistrationAnswer).filter_by(registration_id=registration.id)
    return {each.question_id: each.text for each in db.session.scalars(found)}


def has_to_answer(event: Event, registration: Registration | None) -> bool:
    """Whether a required question is still open, so that one tap is not enough."""
    required = {each.id for each in questions(event) if each.is_required}
    return bool(required) and not required <= set(answers_of(registration))


def is_organiser(viewer: Any, event: Event) -> bool:
    """Whether somebody looks after an event."""
    if not viewer.is_member:
        return False
    return db.session.get(Organiser, (event.id, viewer.id)) is not None


def organisers(event: Event) -> Sequence[Member]:
    """Who looks after an event."""
    return db.session.scalars(
        select(Member)
        .join(Organiser, Organiser.member_id == Member.id)
        .where(Organiser.event_id == event.id, Member.left_at.is_(None))
        .order_by(Member.id)
    ).all()


def with_free_seats_and_a_list(at: datetime) -> Sequence[int]:
    """Events where somebody may be asked now, or an offer has lapsed."""
    waits = exists().where(Registration.event_id == Event.id, Registration.reply == "waiting")
    lapsed = exists().where(
        Registration.event_id == Event.id,
        Registration.reply == "offered",
        Registration.offer_ends_at <= at,
    )
    has_room = or_(Event.capacity.is_(None), Event.seats_taken < Event.capacity)
    asks = (Event.state == "published") & (Event.starts_at > at) & Event.postponed_at.is_(None)
    return db.session.scalars(
        select(Event.id).where(or_(lapsed, waits & has_room & asks)).order_by(Event.id)
    ).all()


def upcoming_of(member: Member, at: datetime) -> Sequence[Registration]:
    """What somebody said about events that have not ended."""
    return db.session.scalars(
        select(Registration)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.member_id == member.id, Event.ends_at > at)
        .order_by(Registration.id)
    ).all()


def concerned_by(
    change: EventChange, after: int, most: int
) -> list[list[tuple[Registration, EventChange]]]:
    """Whom a change concerns, person by person, with all of theirs that was changed along with it,
    the first date first; after the person whose first registration is ``after``.
    """
    of_dates = or_(EventChange.id == change.id, EventChange.along_with_id == change.id)
    concerned = (
        select(Registration, EventChange)
        .join(EventChange, EventChange.event_id == Registration.event_id)
        .where(
            of_dates,
            Registration.reply.in_(CONCERNED),
            Registration.created_at <= EventChange.at,
        )
    )
    first = func.min(Registration.id)
    people = (
        concerned.with_only_columns(Registration.member_id, Registration.email)
        .group_by(Registration.member_id, Registration.email)
        .having(first > after)
        .order_by(first)
        .limit(most)
        .subquery()
    )
    theirs: dict[int | str | None, list[tuple[Registration, EventChange]]] = {}
    for registration, its in db.session.execute(
        concerned.join(
            people,
            or_(
                Registration.member_id == people.c.member_id,
                Registration.email == people.c.email,
            ),
        )
        .options(joinedload(Registration.event), joinedload(Registration.member))
        .order_by(Registration.id)
    ):
        person = registration.member_id or registration.email
        theirs.setdefault(person, []).append((registration, its))
    return list(theirs.values())


def beginning_within(at: datetime, ahead: timedelta) -> Sequence[Event]:
    """The events that begin within this time, and happen."""
    return db.session.scalars(
        select(Event)
        .where(
            Event.state == "published",
            Event.postponed_at.is_(None),
            Event.starts_at > at,
            Event.starts_at <= at + ahead,
        )
        .order_by(Event.id)
    ).all()


def replies(event: Event, *wanted: str) -> Sequence[Registration]:
    """The registrations of an event with one of these replies, oldest first."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event.id, Registration.reply.in_(wanted))
        .options(selectinload(Registration.member))
        .order_by(Registration.id)
    ).all()


def _places(event_ids: Collection[int]) -> dict[int, int]:
    """The place of each who waits for one of these events, by registration."""
    place = func.row_number().over(
        partition_by=Registration.event_id,
        order_by=(Registration.waiting_since, Registration.id),
    )
    rows = db.session.execute(
        select(Registration.id, place).where(
            Registration.event_id.in_(event_ids), Registration.reply == "waiting"
        )
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Row:
    """One line of the organisers’ list."""

    registration: Registration
    firm: str
    answers: dict[int, str]
    is_newcomer: bool
    """Whether they became a member lately."""
    no_shows: int
    """How often they were expected at an event whose door was kept, and did not come. For the
    organisers’ eyes only.
    """


@dataclass(frozen=True)
class Figures:
    """What the list says in numbers."""

    by_reply: dict[str, int]
    people: int
    """Who goes, with their guests."""
    arrived: int
    languages: dict[str, int]
    newcomers: int


NEW_FOR = timedelta(days=30)


def registration_by_code(event: Event, code: str) -> Registration | None:
    """Who has this code for the door, among those who go."""
    return db.session.scalar(
        select(Registration).filter_by(event_id=event.id, code=code, reply="going")
    )


def expected_by_name(event: Event, text: str) -> Registration | None:
    """The one among those who go whose name holds these words."""
    going = replies(event, "going")
    found = [each for each in going if _as_typed(text) in _as_typed(each.shown_name)]
    return found[0] if text and len(found) == 1 else None


def _as_typed(name: str) -> str:
    return " ".join(fold(word) for word in name.split())


def walk_in_by_scan(event: Event, scan: str) -> Registration | None:
    """Who came without being registered, as this phone told before."""
    return db.session.scalar(
        select(Registration).filter_by(event_id=event.id, scan=scan, is_walk_in=True)
    )


def all_questions(event: Event) -> Sequence[EventQuestion]:
    """What was ever asked: answers to what is asked no more are kept."""
    return event.questions


def everybody(event: Event) -> list[Row]:
    """The organisers’ list: who asks, goes, waits, and all others who said something."""
    found = db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event.id, Registration.reply != "unproven")
        .options(
            selectinload(Registration.answers),
            selectinload(Registration.member).selectinload(Member.company),
        )
        .order_by(Registration.waiting_since, Registration.created_at, Registration.id)
    ).all()
    members = [each.member_id for each in found if each.member_id]
    missed = _no_shows(members, event)
    return [
        Row(
            registration=each,
            firm=each.member.firm if each.member else "",
            answers={answer.question_id: answer.text for answer in each.answers},
            is_newcomer=bool(each.member and each.created_at - each.member.joined_at < NEW_FOR),
            no_shows=missed.get(each.member_id or 0, 0),
        )
        for each in found
    ]


def figures(rows: Sequence[Row]) -> Figures:
    """The list in numbers."""
    by_reply: dict[str, int] = {}
    languages: dict[str, int] = {}
    going = [row for row in rows if row.registration.reply == "going"]
    for row in rows:
        by_reply[row.registration.reply] = by_reply.get(row.registration.reply, 0) + 1
    for row in going:
        language = row.registration.language
        languages[language] = languages.get(language, 0) + 1
    return Figures(
        by_reply=by_reply,
        people=sum(row.registration.seats for row in going),
        arrived=sum(1 for row in rows if row.registration.arrived_at),
        languages=languages,
        newcomers=sum(row.is_newcomer for row in going),
    )


def find_person(handle: str) -> Member | None:
    """A member by their @name."""
    name = handle.strip().removeprefix("@").lower()
    return db.session.scalar(select(Member).where(Member.handle == name, Member.left_at.is_(None)))


def sees(member: Member, event: Event) -> bool:
    """Whether a member may see an event, so that they can be invited."""
    return db.session.scalar(select(Event.id).where(Event.id == event.id, visible_to(member))) == (
        event.id
    )


def _no_shows(member_ids: Sequence[int], event: Event) -> dict[int, int]:
    """How often these members were expected before and did not come, where the door was kept."""
    if not member_ids:
        return {}
    other = aliased(Registration)
    kept = exists().where(other.event_id == Registration.event_id, other.arrived_at.is_not(None))
    rows = db.session.execute(
        select(Registration.member_id, func.count())
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.member_id.in_(member_ids),
            Registration.event_id != event.id,
            Registration.reply == "going",
            Registration.arrived_at.is_(None),
            Event.state == "published",
            Event.ends_at <= event.starts_at,
            kept,
        )
        .group_by(Registration.member_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}
