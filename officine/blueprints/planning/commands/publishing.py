"""From a draft to the calendar, by way of the desk where it is needed."""

from datetime import datetime, timedelta
from typing import Unpack

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands.drafting import audit_note
from officine.blueprints.planning.commands.errors import AlreadyOver, NotNow
from officine.blueprints.planning.events import (
    EventChanged,
    EventDeclined,
    EventProposed,
    EventPublished,
    SeriesBegun,
)
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.models import Decision, Member
from officine.models.case import close_cases, open_case
from officine.models.decision import Grounds, decide
from officine.models.event import Event

PROMISE = timedelta(days=2)
"""How soon the desk answers a proposal."""


def propose_event(event: Event, *, by: Member, at: datetime) -> None:
    """Ask the editorial desk to put a draft into the calendar."""
    lock_row(event)
    if event.state != "draft":
        raise NotNow(event.state)
    if event.ends_at <= at:
        raise AlreadyOver
    event.state, event.proposed_at = "proposed", at
    event.version += 1
    text = queries.text_in(event, event.language)
    open_case(
        "event",
        subject="event",
        subject_id=event.id,
        title=text.title if text else "",
        language=event.language,
        group_id=event.group_id,
        member_id=event.created_by_id,
        at=at,
        due_at=min(at + PROMISE, max(event.starts_at, at + timedelta(hours=1))),
    )
    audit_note(event, by, "event.propose")
    record(EventProposed(event.id))


def take_back(event: Event, *, by: Member, at: datetime) -> None:
    """Make a proposal a draft again: its organisers want to go on writing."""
    lock_row(event)
    if event.state != "proposed":
        raise NotNow(event.state)
    event.state, event.proposed_at = "draft", None
    event.version += 1
    close_cases("event", event.id, at=at)
    audit_note(event, by, "event.take-back")
    record(EventChanged(event.id))


def publish_event(event: Event, *, by: Member, at: datetime) -> None:
    """Put it into the calendar. Where its proposal waits, the desk has thereby approved it."""
    lock_row(event)
    if event.is_shown:
        raise NotNow(event.state)
    if event.state == "proposed" and by.is_staff:
        approve_event(event, by=by, at=at)
        return
    _show(event, by, at)
    close_cases("event", event.id, at=at)


def approve_event(
    event: Event, *, by: Member, at: datetime, **grounds: Unpack[Grounds]
) -> Decision:
    """Put a proposed event into the calendar by a decision of the desk."""
    lock_row(event)
    if event.state != "proposed":
        raise NotNow(event.state)
    _show(event, by, at)
    decision = decide(
        "approve", by=by, at=at, rule="other", facts="", affected_id=event.created_by_id,
        group_id=event.group_id, **grounds,
    )  # fmt: skip
    close_cases("event", event.id, at=at, decision=decision)
    return decision


def decline_event(
    event: Event, *, by: Member, at: datetime, facts: str, **grounds: Unpack[Grounds]
) -> Decision:
    """Not yet: its proposer reads why, keeps it as a draft, can mend it and propose it again."""
    lock_row(event)
    if event.state != "proposed":
        raise NotNow(event.state)
    event.state, event.proposed_at = "draft", None
    event.version += 1
    decision = decide(
        "decline-event", by=by, at=at, rule="other", facts=facts,
        affected_id=event.created_by_id, group_id=event.group_id, **grounds,
    )  # fmt: skip
    close_cases("event", event.id, at=at, decision=decision)
    record(EventDeclined(event.id, decision.id))
    return decision


def _show(event: Event, by: Member, at: datetime) -> None:
    if not event.put_into_calendar(at):
        raise AlreadyOver
    audit_note(event, by, "event.publish")
    record(EventPublished(event.id))
    if event.series is not None:
        record(SeriesBegun(event.series.id))
