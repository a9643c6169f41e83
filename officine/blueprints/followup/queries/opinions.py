"""What people say of an event, read without their names."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from officine.core.db import db
from officine.core.secret_links import key_for
from officine.models import Event, Feedback, Registration
from officine.models.follow_up import was_there

ENOUGH = 3
"""From so many answers on they are shown: of fewer, whoever knows the guests knows who wrote."""


@dataclass(frozen=True)
class Opinions:
    """What was said of an event, as its organisers read it."""

    count: int
    average: float
    by_worth: dict[int, int]
    """How many found it worth 5, 4 … 1."""
    again: int
    """How many would come again."""
    texts: list[Feedback]
    """What should be different, in an order that says nothing of who wrote when."""


def was_at(registration: Registration, at: datetime) -> bool:
    """Whether a registration is of somebody who was there, at an event that has ended."""
    found = (
        select(Registration.id)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.id == registration.id, Event.ends_at <= at, was_there())
    )
    return db.session.scalar(found) is not None


def feedback_of(registration: Registration) -> Feedback | None:
    """What somebody said already."""
    return db.session.get(Feedback, registration.id)


def opinions(event: Event) -> Opinions:
    """What was said; only how many, while they are too few to be read without a name."""
    found = db.session.scalars(select(Feedback).where(Feedback.event_id == event.id)).all()
    if len(found) < ENOUGH:
        return Opinions(len(found), 0, {}, 0, [])
    return Opinions(
        count=len(found),
        average=sum(each.worth for each in found) / len(found),
        by_worth={n: sum(each.worth == n for each in found) for n in range(5, 0, -1)},
        again=sum(each.again for each in found),
        texts=sorted(
            (each for each in found if each.text),
            key=lambda each: key_for("feedback", each.registration_id),
        ),
    )
