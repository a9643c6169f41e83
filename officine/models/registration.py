"""Who goes to an event, who waits for a seat, and whom they met there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.event import Event
from officine.models.event_details import EventQuestion
from officine.models.member import Member

REPLIES = (
    "invited", "unproven", "asked", "going", "maybe", "waiting", "offered", "no", "refused",
)  # fmt: skip
"""Invited: was asked by an organiser, and has not answered. Unproven: somebody without an account
who has not yet shown that the address is theirs. Asked: waits for an organiser’s yes.
"""
SEATED = ("going", "offered")
"""Who holds seats: an offer keeps them free for the person it was made to."""


class Registration(Model):
    """What one person said about going to an event: a member, or somebody known by mail only."""

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120), default="")
    """Of somebody without an account, or who came without being registered."""
    email: Mapped[str | None] = mapped_column(String(254))
    """Of somebody without an account, in lower case."""
    language: Mapped[str] = mapped_column(String(8))
    """The language in which we write to them."""
    confirmed_at: Mapped[datetime | None]
    """When somebody without an account proved that the address is theirs."""
    reply: Mapped[str] = mapped_column(String(8))
    guests: Mapped[int] = mapped_column(default=0)
    """How many people they bring along."""
    guest_names: Mapped[str] = mapped_column(String(500), default="")
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """What the QR code at the door says: unguessable."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    """Their place in the waiting list; who lets an offer lapse loses it."""
    offer_ends_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(Text, default="")
    """Why an organiser refused them."""
    version: Mapped[int] = mapped_column(default=1)
    reply_stamp: Mapped[datetime | None]
    """The DTSTAMP of the last answer that came from a calendar: an older one changes nothing
    (RFC 5546, 2.1.5).
    """
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    arrived_at: Mapped[datetime | None]
    arrived_guests: Mapped[int] = mapped_column(default=0)
    scan: Mapped[str | None] = mapped_column(String(40))
    """Which look at their code let them in: a phone that is not sure of having been heard says the
    same again.
    """
    is_walk_in: Mapped[bool] = mapped_column(default=False)

    member: Mapped[Member | None] = relationship(foreign_keys=member_id)
    event: Mapped[Event] = relationship()
    answers: Mapped[list["RegistrationAnswer"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint(f"reply IN {REPLIES!r}", "reply"),
        CheckConstraint("guests >= 0", "guests"),
        CheckConstraint("member_id IS NOT NULL OR length(name) > 0", "somebody"),
        CheckConstraint("(reply = 'offered') = (offer_ends_at IS NOT NULL)", "offer"),
        CheckConstraint("reply <> 'waiting' OR waiting_since IS NOT NULL", "place_in_the_list"),
        UniqueConstraint("event_id", "member_id"),
        UniqueConstraint("event_id", "email", name="uq_registration_email"),
        Index("ix_registration_list", "event_id", "reply", "waiting_since"),
    )

    @property
    def seats(self) -> int:
        """How many seats they take: theirs, and their guests’."""
        return 1 + self.guests

    @property
    def shown_name(self) -> str:
        """What they are called."""
        return self.member.name if self.member else self.name


class RegistrationAnswer(Model):
    """What somebody answered to a question of the organisers."""

    __tablename__ = "registration_answer"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(
        ForeignKey("event_question.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str] = mapped_column(Text)

    question: Mapped[EventQuestion] = relationship()


class MetTick(Model):
    """That a member says, for themselves, that they met another at an event. Two such ticks that
    meet are shown to both; one alone is nobody’s to see but its author’s.
    """

    __tablename__ = "met_tick"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    by_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("by_id <> other_id", "not_oneself"),)


class Feedback(Model):
    """What somebody who was there says of an event: three questions, read without their name."""

    __tablename__ = "feedback"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    worth: Mapped[int]
    """Was it worth the time: 1 to 5."""
    again: Mapped[bool]
    """Would they come again."""
    text: Mapped[str] = mapped_column(Text, default="")
    """What we should do differently."""
    language: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("worth BETWEEN 1 AND 5", "worth"),)
