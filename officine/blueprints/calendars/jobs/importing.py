"""Taking events over from a calendar elsewhere, and following what becomes of them there."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from officine.blueprints.calendars import queries
from officine.blueprints.calendars.queries.comparing import Compared, said_of, to_json
from officine.blueprints.planning import policy as planning_policy
from officine.blueprints.planning.commands.drafting import (
    When,
    change_facts,
    discard_event,
    draft_event,
    save_text,
)
from officine.blueprints.planning.commands.errors import (
    AlreadyOver,
    EditedMeanwhile,
    NothingChanged,
    NotNow,
)
from officine.blueprints.planning.commands.publishing import publish_event
from officine.blueprints.planning.commands.rescheduling import cancel_event, move_event
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.locks import lock_row
from officine.lib.ical.reading import Found
from officine.models import Event, Member
from officine.models.calendar import CalendarSource


class NotTheirs(Exception):
    """Somebody who took an event over may not change it any more."""


@dataclass
class TakenOver:
    """What came of taking a calendar over."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    """Which were cancelled, or thrown away where nobody had seen them yet."""
    left: int = 0
    """Which could not be taken over after all: over meanwhile, or edited by somebody else."""


def take_over(
    source: CalendarSource, wanted: Collection[str], *, by: Member, at: datetime, publishes: bool
) -> TakenOver:
    """Make the wanted events of a calendar events here; those that are here already follow what
    changed there, or end. Who takes the same over twice at once makes no doubles.
    """
    lock_row(source)
    taken = TakenOver()
    for each in queries.compared(source, at)[0]:
        if each.uid not in wanted:
            continue
        try:
            with db.session.begin_nested():
                _take(each, taken, source, by, at, publishes)
        except (NotNow, AlreadyOver, EditedMeanwhile, NotTheirs):
            taken.left += 1
    source.found, source.taken_at = "", at
    return taken


def _take(
    each: Compared,
    taken: TakenOver,
    source: CalendarSource,
    by: Member,
    at: datetime,
    publishes: bool,
) -> None:
    if each.state == "new" and each.found:
        _make(each.found, source, by, at, publishes)
        taken.new += 1
    elif each.state == "changed" and each.found and each.event:
        _follow(each.found, each.event, each.changes, by, at)
        taken.changed += 1
    elif each.state in ("cancelled", "gone") and each.event:
        _end(each.event, source, by, at)
        taken.ended += 1


def _make(found: Found, source: CalendarSource, by: Member, at: datetime, publishes: bool) -> None:
    said = said_of(found)
    event = draft_event(
        by=by,
        at=at,
        language=source.language,
        words={"title": found.title, "text": said["text"]},
        when={"starts_at": found.begins, "ends_at": found.ends, "zone": found.zone},
        where={
            "place": found.place, "is_online": bool(found.room_url), "room_url": found.room_url,
        },
        terms={
            "spoken": (source.language,),
            "audience": source.audience,
            "group_id": source.group_id,
        },
    )  # fmt: skip
    event.source_id, event.source_uid, event.source_said = source.id, found.uid, to_json(said)
    db.session.flush()
    if publishes and planning_policy.may_publish(by, event):
        publish_event(event, by=by, at=at)


def _follow(found: Found, event: Event, changes: Collection[str], by: Member, at: datetime) -> None:
    """What changed there changes here; whoever goes hears of another time or place. What was
    changed here only stays as it is.
    """
    if not planning_policy.may_edit(by, event):
        raise NotTheirs
    if {"when", "place", "room"} & set(changes):
        _move(found, event, changes, by, at)
    if {"title", "text"} & set(changes):
        _rewrite(found, event, changes, by, at)
    event.source_uid, event.source_said = found.uid, to_json(said_of(found))


def _move(found: Found, event: Event, changes: Collection[str], by: Member, at: datetime) -> None:
    when: When = {"starts_at": event.starts_at, "ends_at": event.ends_at, "zone": event.zone}
    if "when" in changes:
        when = {"starts_at": found.begins, "ends_at": found.ends, "zone": found.zone}
    where: Any = {
        name: getattr(event, name)
        for name in ("place", "town", "country", "address", "is_online", "room_url")
    }
    if "place" in changes:
        where |= {"place": found.place}
    if "room" in changes:
        where |= {"is_online": bool(found.room_url), "room_url": found.room_url}
    if not event.is_shown:
        change_facts(
            event, by=by, at=at, seen=event.version, when=when, where=where, spoken=event.spoken
        )
        return
    if not planning_policy.may_reschedule(by, event, at):
        raise NotTheirs
    with suppress(NothingChanged):
        move_event(event, by=by, at=at, seen=event.version, when=when, where=where)


def _rewrite(
    found: Found, event: Event, changes: Collection[str], by: Member, at: datetime
) -> None:
    text = next(it for it in event.texts if it.language == event.language)
    save_text(
        event,
        text.language,
        by=by,
        at=at,
        seen=text.version,
        title=found.title if "title" in changes else text.title,
        summary=text.summary,
        text=said_of(found)["text"] if "text" in changes else text.text,
        price=text.price,
        translator=text.translator,
    )


def _end(event: Event, source: CalendarSource, by: Member, at: datetime) -> None:
    """What takes place no more there is cancelled here; what nobody saw yet is thrown away."""
    if not event.is_shown:
        if not planning_policy.may_discard(by, event):
            raise NotTheirs
        discard_event(event, by=by, at=at)
        return
    if not planning_policy.may_reschedule(by, event, at):
        raise NotTheirs
    with writing_in(event.language):
        reason = _("It no longer takes place in the calendar it came from, “%(name)s”.",
                   name=source.name)  # fmt: skip
    cancel_event(event, by=by, at=at, seen=event.version, reason=reason)
