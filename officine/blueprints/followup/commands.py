"""What people say after an event: whom they met, how it was, thank you."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from officine.blueprints.followup.events import FollowUpDue, Ticked
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.text import clean
from officine.models import (
    Event,
    Feedback,
    FollowUp,
    FollowUpText,
    Member,
    MetTick,
    Registration,
)


class AlreadySent(Exception):
    """The letter has gone out."""


def tick(event: Event, other: Member, *, by: Member, at: datetime) -> None:
    """A member says that they met another. Said twice, the first time counts. Whether both were
    there is for the policy and the queries to say.
    """
    lock_row(by)
    if db.session.get(MetTick, (event.id, by.id, other.id)) is None:
        db.session.add(MetTick(event_id=event.id, by_id=by.id, other_id=other.id, at=at))
        db.session.flush()
        record(Ticked(event.id, by.id, other.id))


def untick(event: Event, other: Member, *, by: Member) -> None:
    """They say so no more: what both had said is gone for both."""
    db.session.execute(
        delete(MetTick).where(
            MetTick.event_id == event.id, MetTick.by_id == by.id, MetTick.other_id == other.id
        )
    )


def say_how_it_was(
    registration: Registration, *, worth: int, again: bool, text: str, language: str, at: datetime
) -> None:
    """Answer the three questions, or answer them anew."""
    lock_row(registration)
    said = db.session.get(Feedback, registration.id)
    if said is None:
        said = Feedback(registration_id=registration.id, event_id=registration.event_id)
        db.session.add(said)
    said.worth, said.again, said.text = worth, again, clean(text)
    said.language, said.at = language, at
    db.session.flush()


def write_thanks(event: Event, texts: Mapping[str, str], *, by: Member, at: datetime) -> None:
    """What the organisers say in the letter, by language; an empty text is none. Raises
    AlreadySent.
    """
    _hold_unsent(event)
    for language, written in texts.items():
        text = clean(written)
        known = db.session.get(FollowUpText, (event.id, language))
        if known is not None and not text:
            db.session.delete(known)
        elif known is not None and known.text != text:
            known.text, known.changed_at, known.by_id = text, at, by.id
        elif known is None and text:
            db.session.add(
                FollowUpText(
                    event_id=event.id, language=language, text=text, changed_at=at, by_id=by.id
                )
            )
    db.session.flush()


def send_follow_up(event: Event, *, at: datetime, by: Member | None = None) -> None:
    """Hand the letter to the worker, once: on its morning, or when an organiser says so. Raises
    AlreadySent.
    """
    _hold_unsent(event)
    db.session.add(FollowUp(event_id=event.id, at=at, by_id=by.id if by else None))
    db.session.flush()
    record(FollowUpDue(event.id))


def _hold_unsent(event: Event) -> None:
    lock_row(event)
    if db.session.get(FollowUp, event.id) is not None:
        raise AlreadySent(event.id)
