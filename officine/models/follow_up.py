"""What comes after an event: who was there, who met whom, and the letter that gathers the rest."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Select, String, Text, and_, exists, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from officine.core.db import Model
from officine.models.event import Event, Organiser
from officine.models.registration import MetTick, Registration


class FollowUp(Model):
    """That the letter after an event was handed to the worker: there is one for each event."""

    __tablename__ = "follow_up"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    """The organiser who did not wait for its morning."""


class FollowUpText(Model):
    """What the organisers say in that letter, in one language."""

    __tablename__ = "follow_up_text"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


def was_there(registration: Any = Registration) -> ColumnElement[bool]:
    """Whether somebody was at an event: whom the door let in; and, where nobody stood at a door
    or one could come online, whoever said that they go. A condition on Registration (or an alias
    of it) joined with Event.
    """
    said = registration.reply == "going"
    return and_(
        took_place(),
        or_(
            registration.arrived_at.is_not(None),
            and_(said, or_(Event.is_online, ~door_was_kept(registration.event_id))),
        ),
    )


def organisers_there(event_id: int) -> Select[int]:
    """The members who were at an event because they organise it, unless they said that they do
    not come.
    """
    stayed_away = select(Registration.member_id).where(
        Registration.event_id == event_id,
        Registration.member_id.is_not(None),
        Registration.reply == "no",
    )
    return (
        select(Organiser.member_id)
        .join(Event, Event.id == Organiser.event_id)
        .where(Event.id == event_id, took_place(), Organiser.member_id.not_in(stayed_away))
    )


def took_place() -> ColumnElement[bool]:
    """Whether an event is neither a draft nor called off. A condition on Event."""
    return and_(Event.state == "published", Event.postponed_at.is_(None))


def door_was_kept(event_id: Any) -> ColumnElement[bool]:
    """Whether somebody ticked at the door of an event who came."""
    at_door = aliased(Registration)
    return exists().where(at_door.event_id == event_id, at_door.arrived_at.is_not(None))


def has_ticked(event_id: Any, by_id: Any, other_id: Any) -> ColumnElement[bool]:
    """Whether one member says that they met another at an event: theirs alone to know."""
    tick = aliased(MetTick)
    return exists().where(tick.event_id == event_id, tick.by_id == by_id, tick.other_id == other_id)


def have_met(event_id: Any, one_id: Any, other_id: Any) -> ColumnElement[bool]:
    """Whether both say that they met at an event: for these two to know."""
    return and_(has_ticked(event_id, one_id, other_id), has_ticked(event_id, other_id, one_id))
