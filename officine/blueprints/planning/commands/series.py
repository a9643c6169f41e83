"""Events that come again: made a year ahead, each date an event of its own; changed one by one,
from one on, or all together.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from officine.blueprints.planning.commands.details import copy_details
from officine.blueprints.planning.commands.drafting import (
    When,
    Where,
    audit_note,
    begin,
    finish,
    free_slug,
)
from officine.blueprints.planning.commands.errors import NothingChanged, NotNow
from officine.blueprints.planning.commands.rescheduling import cancel_event, move_event
from officine.blueprints.planning.events import EventPublished, SeriesBegun
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib import recurrences
from officine.models import Member
from officine.models.event import Event, EventSeries, EventText, Organiser

AHEAD = timedelta(days=365)
"""How far ahead dates are events already."""
SCOPES = ("this", "following", "all")

COPIED = (
    "language", "spoken", "audience", "group_id", "zone", "place", "address", "town", "country",
    "map_key", "is_online", "room_url", "picture_key", "is_free", "capacity", "needs_approval",
    "most_guests", "takes_outsiders", "offer_hours", "created_by_id", "revision",
)  # fmt: skip
TEXT = (
    "language", "title", "summary", "text", "html", "price", "translator", "based_on", "by_id",
    "picture_alt",
)  # fmt: skip


def repeat_event(
    event: Event,
    *,
    by: Member,
    at: datetime,
    seen: int,
    every: str,
    last: date | None = None,
    count: int = 0,
) -> EventSeries:
    """Let an event come again: it is the first date of a series. The worker makes
    the others as soon as it is published. NotNow where it is one of a series already.
    """
    begin(event, seen)
    if event.series_id is not None or event.state == "cancelled":
        raise NotNow(event.state)
    first = event.starts_at.astimezone(event.timezone).date()
    series = EventSeries(
        rule=recurrences.rule_of(every, first, event.zone, last, count),
        zone=event.zone,
        first_at=event.starts_at,
        made_until=event.starts_at,
        created_by_id=by.id,
    )
    db.session.add(series)
    db.session.flush()
    event.series_id, event.series_date = series.id, event.starts_at
    finish(event, by, at, "event.series", series=series.id)
    if event.is_shown:
        record(SeriesBegun(series.id))
    return series


def extend_series(series: EventSeries, *, at: datetime) -> list[Event]:
    """Make the dates up to a year ahead that are not events yet, like the latest one that was not
    changed alone. Nothing before the first one is published.
    """
    lock_row(series)
    model = _model(series)
    if model is None or model.state != "published":
        return []
    until = at + AHEAD
    known = set(db.session.scalars(select(Event.series_date).where(Event.series_id == series.id)))
    made = [
        _copy(model, moment, at)
        for moment in recurrences.moments(
            series.rule, series.first_at, series.zone, series.made_until, until
        )
        if moment not in known
    ]
    series.made_until = max(series.made_until, until)
    db.session.add_all(made)
    db.session.flush()
    for event in made:
        record(EventPublished(event.id))
    return made


def short_series(at: datetime) -> Sequence[int]:
    """The series whose dates do not reach a year ahead yet."""
    return db.session.scalars(
        select(EventSeries.id).where(EventSeries.made_until < at + AHEAD).order_by(EventSeries.id)
    ).all()


def others(event: Event, scope: str, at: datetime) -> list[Event]:
    """The other events that a change of this one goes for: none (“this”), those after it
    (“following”), or all that are still to come (“all”). What was changed alone is passed by.
    """
    if scope == "this" or event.series_id is None:
        return []
    alike = select(Event).where(
        Event.series_id == event.series_id,
        Event.id != event.id,
        Event.is_apart.is_(False),
        Event.state != "cancelled",
        Event.ends_at > at,
    )
    if scope == "following" and event.series_date is not None:
        alike = alike.where(Event.series_date > event.series_date)
    return list(db.session.scalars(alike.order_by(Event.series_date)))


def _held(event: Event, scope: str, at: datetime) -> list[Event]:
    """The others, of a series that nobody else changes meanwhile: of two who change all its dates,
    each from another one on, one waits for the other.
    """
    if event.series is not None:
        lock_row(event.series)
    if along := others(event, scope, at):
        # All at once, and with what is changed of them: not one after the other, fifty times.
        dates = select(Event).where(Event.id.in_([each.id for each in along])).order_by(Event.id)
        held = dates.with_for_update(of=Event).options(selectinload(Event.sessions))
        db.session.scalars(held.execution_options(populate_existing=True)).all()
    return along


def change_with(event: Event, scope: str, at: datetime, change: Callable[[Event], Any]) -> int:
    """Change an event, and likewise the others that ``scope`` says; how many were changed. Changed
    alone, it goes its own way from now on.
    """
    along = _held(event, scope, at)
    change(event)
    if event.series_id is not None:
        event.is_apart = scope == "this" or event.is_apart
    for other in along:
        change(other)
    return 1 + len(along)


def move_with(
    event: Event,
    scope: str,
    *,
    by: Member,
    at: datetime,
    seen: int,
    when: When,
    where: Where,
    reason: str = "",
) -> int:
    """Move an event, and by as many days and hours of its clock the others that ``scope`` says: the
    rule moves along, so that later dates are made there too.
    """
    along = _held(event, scope, at)
    if scope == "this" or event.series_id is None:
        move_event(event, by=by, at=at, seen=seen, when=when, where=where, reason=reason)
        return 1
    old_zone, was = event.zone, event.starts_at
    shift = _wall(when["starts_at"], when["zone"]) - _wall(was, event.zone)
    lasts = when["ends_at"] - when["starts_at"]
    pivot = min([event, *along], key=lambda each: each.series_date or each.starts_at)
    pivot_date = pivot.series_date or pivot.starts_at
    first = move_event(event, by=by, at=at, seen=seen, when=when, where=where, reason=reason)
    event.is_apart = False
    for other in along:
        starts = _shifted(other.starts_at, old_zone, shift, when["zone"])
        # One that has this time and this place already stays as it is.
        with suppress(NothingChanged):
            move_event(
                other, by=by, at=at, seen=None, where=where, reason=reason,
                when={"starts_at": starts, "ends_at": starts + lasts, "zone": when["zone"]},
                along_with=first,
            )  # fmt: skip
        other.is_apart = False
    if when["starts_at"] != was or when["zone"] != old_zone:
        _split(event, pivot_date, shift, when["zone"], by, at)
    return 1 + len(along)


def cancel_with(
    event: Event, scope: str, *, by: Member, at: datetime, seen: int, reason: str
) -> int:
    """Cancel an event, and likewise the others that ``scope`` says. After “following” and “all” the
    series ends: no later dates are made.
    """
    along = _held(event, scope, at)
    told = cancel_event(event, by=by, at=at, seen=seen, reason=reason)
    for other in along:
        cancel_event(other, by=by, at=at, seen=None, reason=reason, along_with=told)
    series = event.series
    if series is not None and scope != "this":
        first = min([event, *along], key=lambda each: each.series_date or each.starts_at)
        series.rule = recurrences.ended_before(series.rule, first.series_date or first.starts_at)
    return 1 + len(along)


def _split(
    event: Event, pivot: datetime, shift: timedelta, zone: str, by: Member, at: datetime
) -> None:
    """End the old rule before ``pivot``, and begin another there, moved by ``shift``. What comes
    later belongs to the new series, also what was changed alone.
    """
    old = event.series
    assert old is not None
    left = recurrences.moments(old.rule, old.first_at, old.zone, pivot, pivot + AHEAD * 8)
    first = _shifted(pivot, old.zone, shift, zone)
    rule = recurrences.with_count(old.rule, max(len(left), 1))
    new = EventSeries(
        rule=recurrences.on_another_day(rule, _wall(first, zone).date()),
        zone=zone,
        first_at=first,
        made_until=max(_shifted(old.made_until, old.zone, shift, zone), first),
        created_by_id=by.id,
    )
    db.session.add(new)
    db.session.flush()
    moved = db.session.scalars(
        select(Event).where(Event.series_id == old.id, Event.series_date >= pivot)
    ).all()
    for each in moved:
        assert each.series_date is not None
        each.series_id = new.id
        each.series_date = _shifted(each.series_date, old.zone, shift, zone)
    old.rule = recurrences.ended_before(old.rule, pivot)
    db.session.flush()
    db.session.expire(event, ["series"])
    audit_note(event, by, "event.series", series=new.id)


def _model(series: EventSeries) -> Event | None:
    """The event that later dates are made like: the latest that was not changed alone."""
    return db.session.scalar(
        select(Event)
        .where(Event.series_id == series.id, Event.is_apart.is_(False), Event.state != "cancelled")
        .order_by(Event.series_date.desc())
        .limit(1)
    )


def _copy(model: Event, moment: datetime, at: datetime) -> Event:
    """The same on another date, with people and seats of its own."""
    text = next(each for each in model.texts if each.language == model.language)
    day = _wall(moment, model.zone).date()
    by = moment - model.starts_at
    copy = Event(
        **{name: getattr(model, name) for name in COPIED},
        uid=str(uuid4()),
        slug=free_slug(f"{text.title} {day.isoformat()}"),
        state="published",
        published_at=at,
        starts_at=moment,
        ends_at=moment + (model.ends_at - model.starts_at),
        closes_at=model.closes_at + by if model.closes_at else None,
        created_at=at,
        changed_at=at,
        seats_taken=0,
        series_id=model.series_id,
        series_date=moment,
    )
    copy.texts = [
        EventText(**{name: getattr(each, name) for name in TEXT}, changed_at=at)
        for each in model.texts
    ]
    copy.organisers = [Organiser(member_id=each.member_id) for each in model.organisers]
    copy_details(model, copy, by)
    return copy


def _wall(moment: datetime, zone: str) -> datetime:
    """What the clocks of a zone show."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _shifted(moment: datetime, zone: str, shift: timedelta, new_zone: str) -> datetime:
    """A moment moved by so much of the clock, whatever the clocks do in between."""
    return (_wall(moment, zone) + shift).replace(tzinfo=ZoneInfo(new_zone)).astimezone(UTC)
