"""What everybody who goes must hear: another time, another place, postponed, cancelled."""

from datetime import datetime

from officine.blueprints.planning.commands.drafting import (
    When,
    Where,
    audit_note,
    begin,
    move_programme,
    say_where,
)
from officine.blueprints.planning.commands.errors import NothingChanged, NotNow
from officine.blueprints.planning.events import EventCancelled, EventChanged, EventRescheduled
from officine.core.db import db
from officine.core.outbox import record
from officine.lib.text import clean
from officine.models import Member
from officine.models.event import Event, EventChange
from officine.models.member import language_of


class ReasonMissing(Exception):
    """Nobody is told that something falls through without being told why."""


def move_event(
    event: Event,
    *,
    by: Member,
    at: datetime,
    seen: int | None,
    when: When,
    where: Where,
    reason: str = "",
    along_with: EventChange | None = None,
) -> EventChange:
    """Give a published event another time or another place. Its programme and the end of its
    registrations move along. What is changed ``along_with`` another date is told together with it;
    ``seen`` is None where the caller holds it already. Raises NothingChanged, NotNow,
    EditedMeanwhile.
    """
    _begin(event, seen)
    change = _change("moved", event, by, at, reason)
    # Another zone is another reading of the same moment: calendars must know it too.
    is_moved = (
        when["starts_at"] != event.starts_at
        or when["ends_at"] != event.ends_at
        or when["zone"] != event.zone
    )
    by_how_much = when["starts_at"] - event.starts_at
    event.starts_at, event.ends_at, event.zone = when["starts_at"], when["ends_at"], when["zone"]
    was = (_place(event), event.room_url, event.is_online)
    say_where(event, where)
    if not is_moved and event.postponed_at is None:
        if was == (_place(event), event.room_url, event.is_online):
            raise NothingChanged
        change.kind = "place"
    if event.closes_at is not None:
        event.closes_at += by_how_much
    move_programme(event, by_how_much)
    event.postponed_at = None
    event.is_apart = event.series_id is not None
    _finish(event, change, by, at, along_with)
    if along_with is None:
        record(EventRescheduled(change.id))
    return change


def postpone_event(
    event: Event, *, by: Member, at: datetime, seen: int, reason: str
) -> EventChange:
    """It does not take place when it was to, and has no new date yet."""
    _begin(event, seen)
    if event.postponed_at is not None:
        raise NotNow("postponed")
    change = _change("postponed", event, by, at, reason)
    event.postponed_at = at
    event.is_apart = event.series_id is not None
    _finish(event, change, by, at)
    record(EventRescheduled(change.id))
    return change


def cancel_event(
    event: Event,
    *,
    by: Member,
    at: datetime,
    seen: int | None,
    reason: str,
    along_with: EventChange | None = None,
) -> EventChange:
    """It does not take place. Its page stays, and says so. What is cancelled ``along_with`` another
    date is told together with it; ``seen`` is None where the caller holds it already.
    """
    _begin(event, seen)
    change = _change("cancelled", event, by, at, reason)
    event.state, event.cancelled_at = "cancelled", at
    event.is_apart = event.series_id is not None
    _finish(event, change, by, at, along_with)
    if along_with is None:
        record(EventCancelled(change.id))
    return change


def _begin(event: Event, seen: int | None) -> None:
    if seen is not None:
        begin(event, seen)
    if event.state != "published":
        raise NotNow(event.state)


def _change(kind: str, event: Event, by: Member, at: datetime, reason: str) -> EventChange:
    reason = clean(reason)
    if kind in ("postponed", "cancelled") and not reason:
        raise ReasonMissing(kind)
    return EventChange(
        kind=kind,
        event_id=event.id,
        at=at,
        by_id=by.id,
        reason=reason,
        language=language_of(reason, by) if reason else by.interface_language,
        was_starts_at=event.starts_at,
        was_ends_at=event.ends_at,
        was_place=_place(event)[:400],
    )


def _place(event: Event) -> str:
    """Where one was to go; never the room, which only those who go may know."""
    return ", ".join(filter(None, (event.place, event.address, event.town, event.country)))


def _finish(
    event: Event,
    change: EventChange,
    by: Member,
    at: datetime,
    along_with: EventChange | None = None,
) -> None:
    change.along_with_id = along_with.id if along_with else None
    db.session.add(change)
    db.session.expire(event, ["changes"])
    event.version += 1
    event.sequence += 1
    event.changed_at = at
    if along_with is None or by.is_staff:
        # Fifty dates are written together, unless each change is noted by its number.
        db.session.flush()
    audit_note(event, by, f"event.{change.kind}", change=change.id)
    record(EventChanged(event.id))
