"""What happened, kept in the same transaction as the change, and told afterwards.

A command records an event; nobody hears of it unless the transaction commits. The worker then
runs every reaction to it, each in its own transaction together with the note that it ran: a
worker killed in between starts again where it was, and no reaction counts twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

import structlog
from flask import Flask, current_app
from sqlalchemy import JSON, ForeignKey, Index, String, func, insert, select
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from officine.core.clock import now
from officine.core.db import Model, db, reading

log = structlog.get_logger(__name__)

BATCH = 100
LAST_ATTEMPT = 12


@dataclass(frozen=True)
class Event:
    """Something that happened. Subclasses are frozen dataclasses of ids."""

    names: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.names[cls.__name__] = cls


Reaction = Callable[[Any], None]
Reactions = Mapping[type[Event], Sequence[Reaction]]


class RecordedEvent(Model):
    """An event that waits for its reactions, or has had them."""

    __tablename__ = "recorded_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]

    __table_args__ = (Index("ix_recorded_event_waiting", "settled_at", "next_attempt_at"),)

    def event(self) -> Event:
        """The event as it was recorded."""
        return Event.names[self.name](**self.payload)


RECORDING = insert(RecordedEvent.__table__)  # type: ignore[arg-type]


class FinishedReaction(Model):
    """That one reaction to one event ran: the row is the promise of once."""

    __tablename__ = "finished_reaction"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("recorded_event.id", ondelete="CASCADE"), primary_key=True
    )
    reaction: Mapped[str] = mapped_column(String(120), primary_key=True)


PROMISING = insert(FinishedReaction.__table__)  # type: ignore[arg-type]


def record(event: Event) -> None:
    """Say that something happened. It is told when, and only if, the transaction commits."""
    moment = now()
    # Straight into the table: an object would have the session written out before the next
    # question is asked, once for each event.
    db.session.connection().execute(
        RECORDING,
        {
            "name": type(event).__name__,
            "payload": asdict(event),
            "recorded_at": moment,
            "next_attempt_at": moment,
        },
    )
    db.session().info["something_happened"] = True


def init_app(app: Flask, reactions: Reactions, wake_worker: Callable[[], None]) -> None:
    """Know what follows from each event, and whom to wake when one was committed."""
    app.extensions["officine.reactions"] = reactions

    if not sqlalchemy_event.contains(Session, "after_commit", _after_commit):
        sqlalchemy_event.listen(Session, "after_commit", _after_commit)
    app.extensions["officine.wake_worker"] = wake_worker


def _after_commit(session: Session) -> None:
    if session.info.pop("something_happened", False):
        current_app.extensions["officine.wake_worker"]()


def waiting_events() -> int:
    """How many events still wait for a reaction."""
    waiting = select(func.count()).where(RecordedEvent.settled_at.is_(None))
    return db.session.scalar(waiting) or 0


def settle_events() -> int:
    """Run what follows from every event that is due; gives how many were looked at."""
    settled = 0
    while batch := settle_batch():
        settled += batch
    return settled


def settle_batch() -> int:
    """The same for some of them at a time: gives how many were looked at, 0 when none is due."""
    due = _due()
    for event_id in due:
        _settle(event_id)
    return len(due)


def _due() -> list[int]:
    due = (
        select(RecordedEvent.id)
        .where(RecordedEvent.settled_at.is_(None), RecordedEvent.next_attempt_at <= now())
        .order_by(RecordedEvent.id)
        .limit(BATCH)
    )
    with reading():
        return list(db.session.scalars(due))


def _settle(event_id: int) -> bool:
    row = db.session.get(RecordedEvent, event_id)
    if row is None or row.settled_at:
        return False
    event = row.event()
    done = set(
        db.session.scalars(select(FinishedReaction.reaction).where(_of_event(event_id))).all()
    )
    failed = False
    for reaction in current_app.extensions["officine.reactions"].get(type(event), ()):
        name = f"{reaction.__module__}.{reaction.__qualname__}"
        if name not in done:
            failed = not _react(event_id, event, name, reaction) or failed
    row = db.session.get_one(RecordedEvent, event_id)
    if failed:
        _try_later(row)
    else:
        row.settled_at = now()
    db.session.commit()
    return not failed


def _of_event(event_id: int) -> Any:
    return FinishedReaction.event_id == event_id


def _react(event_id: int, event: Event, name: str, reaction: Reaction) -> bool:
    # The promise first: whoever else is at the same event waits here, and then leaves it.
    promise = {"event_id": event_id, "reaction": name}
    try:
        db.session.connection().execute(PROMISING, promise)
    except IntegrityError:
        db.session.rollback()
        return True
    try:
        reaction(event)
        db.session.commit()
    except Exception:
        db.session.rollback()
        log.exception("reaction failed", event_id=event_id, reaction=name)
        return False
    return True


def _try_later(row: RecordedEvent) -> None:
    """Wait twice as long each time, an hour at most; after the last attempt only `doctor` tells."""
    row.attempts += 1
    seconds = min(2**row.attempts, 3600)
    wait = timedelta(days=3650) if row.attempts >= LAST_ATTEMPT else timedelta(seconds=seconds)
    row.next_attempt_at = now() + wait
