"""A dated meeting, online, in person or both."""

from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.event_details import EventQuestion, EventSession, Partner
from officine.models.group import Group, belongs_to
from officine.models.member import Member
from officine.models.topic import Topic

STATES = ("draft", "proposed", "published", "cancelled")
AUDIENCES = ("public", "members", "group")
CHANGES = ("moved", "place", "postponed", "cancelled")
MATERIALS = ("photo", "slides", "recording", "link")


class EventSeries(Model):
    """Events that come again by a rule. Each date is an event of its own, with its own people."""

    __tablename__ = "event_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(300))
    """How they come again: an RRULE (RFC 5545, 3.3.10), without its name."""
    zone: Mapped[str] = mapped_column(String(60))
    first_at: Mapped[datetime]
    """When the first one begins; the others at the same hour in ``zone``."""
    made_until: Mapped[datetime]
    """Up to when its dates are events already."""
    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


class Event(Model):
    """An event. Its words are in its texts, one a language."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(255), unique=True)
    """Its name in every calendar, for ever (RFC 5545, 3.8.4.7)."""
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    language: Mapped[str] = mapped_column(String(8))
    """The language of the original text, of which the others are translations."""
    spoken: Mapped[tuple[str, ...]]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    audience: Mapped[str] = mapped_column(String(8), default="public")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    """The group that holds it; only its members see one whose audience is the group."""

    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(60))
    """Where its hours are counted: an IANA name."""

    place: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(240), default="")
    town: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    map_key: Mapped[str | None] = mapped_column(String(200))
    """A picture of the way there, made by the organisers."""
    is_online: Mapped[bool] = mapped_column(default=False)
    room_url: Mapped[str] = mapped_column(String(500), default="")
    """The address of the online room: shown only to those who go."""
    picture_key: Mapped[str | None] = mapped_column(String(200))
    """The folder of its shapes."""

    is_free: Mapped[bool] = mapped_column(default=True)
    capacity: Mapped[int | None]
    seats_taken: Mapped[int] = mapped_column(default=0)
    """Of those who go, with their guests, and of open offers from the waiting list."""
    closes_at: Mapped[datetime | None]
    """Until when one can register; without it, until it begins."""
    needs_approval: Mapped[bool] = mapped_column(default=False)
    most_guests: Mapped[int] = mapped_column(default=0)
    """How many people somebody may bring along."""
    takes_outsiders: Mapped[bool] = mapped_column(default=False)
    """Whether people without an account register by mail."""
    offer_hours: Mapped[int] = mapped_column(default=24)
    """How long an offer from the waiting list stands."""

    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    postponed_at: Mapped[datetime | None]
    """Since when it waits for a new date."""
    revision: Mapped[int] = mapped_column(default=1)
    """Rises with a large change of the original text: translations of an earlier one are out of
    date.
    """
    version: Mapped[int] = mapped_column(default=1)
    """Rises with every change of its page: whoever edits says which one they saw."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Rises with every change that a calendar must know (RFC 5545, 3.8.7.4)."""
    changed_at: Mapped[datetime]

    series_id: Mapped[int | None] = mapped_column(
        ForeignKey("event_series.id", ondelete="SET NULL"), index=True
    )
    series_date: Mapped[datetime | None]
    """When the rule of its series would have it begin."""
    is_apart: Mapped[bool] = mapped_column(default=False)
    """Whether it was changed alone, so that changes of the whole series pass it by."""
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("calendar_source.id", ondelete="SET NULL")
    )
    source_uid: Mapped[str | None] = mapped_column(String(300))
    """Its name in the calendar from which it was imported, with its date where it comes again."""
    source_said: Mapped[str] = mapped_column(Text, default="")
    """What that calendar said of it when it was last taken over, as JSON: what differs there since
    was changed there, what differs here was changed here.
    """
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"))
    """Where it is talked about."""

    created_by: Mapped[Member] = relationship()
    group: Mapped[Group | None] = relationship()
    topic: Mapped[Topic | None] = relationship()
    series: Mapped[EventSeries | None] = relationship()
    texts: Mapped[list["EventText"]] = relationship(cascade="all, delete-orphan")
    organisers: Mapped[list["Organiser"]] = relationship(cascade="all, delete-orphan")
    partners: Mapped[list[Partner]] = relationship(
        cascade="all, delete-orphan", order_by=(Partner.position, Partner.id)
    )
    sessions: Mapped[list[EventSession]] = relationship(
        cascade="all, delete-orphan",
        order_by=(EventSession.starts_at, EventSession.position, EventSession.id),
    )
    questions: Mapped[list[EventQuestion]] = relationship(
        cascade="all, delete-orphan", order_by=(EventQuestion.position, EventQuestion.id)
    )
    changes: Mapped[list["EventChange"]] = relationship(
        cascade="all, delete-orphan", order_by="EventChange.id"
    )
    materials: Mapped[list["EventMaterial"]] = relationship(
        cascade="all, delete-orphan", order_by="EventMaterial.id"
    )

    __table_args__ = (
        CheckConstraint(f"state IN {STATES!r}", "state"),
        CheckConstraint(f"audience IN {AUDIENCES!r}", "audience"),
        CheckConstraint("audience <> 'group' OR group_id IS NOT NULL", "group"),
        CheckConstraint("ends_at > starts_at", "ends_after_it_starts"),
        CheckConstraint("seats_taken >= 0", "seats"),
        CheckConstraint("capacity IS NULL OR seats_taken <= capacity", "never_overfull"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", "cancelled"),
        CheckConstraint(
            "state NOT IN ('published', 'cancelled') OR published_at IS NOT NULL", "published"
        ),
        UniqueConstraint("series_id", "series_date"),
        UniqueConstraint("source_id", "source_uid"),
        Index("ix_event_when", "state", "starts_at"),
    )

    @property
    def timezone(self) -> tzinfo:
        """Where its hours are counted."""
        return ZoneInfo(self.zone)

    @property
    def is_shown(self) -> bool:
        """Whether it stands in the calendar, also where it was cancelled."""
        return self.published_at is not None

    @property
    def is_in_person(self) -> bool:
        """Whether there is a place to go to."""
        return bool(self.place or self.address or self.town)

    @property
    def seats_left(self) -> int | None:
        """How many seats are free; None without a limit."""
        return None if self.capacity is None else max(self.capacity - self.seats_taken, 0)

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended."""
        return self.ends_at <= at

    def put_into_calendar(self, at: datetime) -> bool:
        """Publish a draft or a proposal; False where it is published already, or over."""
        if self.is_shown or self.is_over(at):
            return False
        self.state, self.published_at, self.changed_at = "published", at, at
        self.version += 1
        return True

    def takes_registrations(self, at: datetime) -> bool:
        """Whether one can still say that one goes."""
        if self.state != "published" or self.postponed_at is not None:
            return False
        return at < (self.closes_at or self.ends_at)


class EventText(Model):
    """What is read of an event in one language."""

    __tablename__ = "event_text"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    price: Mapped[str] = mapped_column(String(240), default="")
    """What it costs, and what that includes."""
    picture_alt: Mapped[str] = mapped_column(String(240), default="")
    """What is to be seen on the picture, for those who do not see it."""
    translator: Mapped[str] = mapped_column(String(120), default="")
    based_on: Mapped[int] = mapped_column(default=1)
    """The revision of the original that it says."""
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


class Organiser(Model):
    """A member who looks after an event."""

    __tablename__ = "organiser"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    member: Mapped[Member] = relationship()


class EventChange(Model):
    """That a published event was moved, postponed or cancelled: marked on its page, and told to
    each person once.
    """

    __tablename__ = "event_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    along_with_id: Mapped[int | None] = mapped_column(
        ForeignKey("event_change.id", ondelete="SET NULL"), index=True
    )
    """Where several dates of a series were changed at once: the change that is told, for all."""
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8))
    """The language of the reason."""
    was_starts_at: Mapped[datetime]
    was_ends_at: Mapped[datetime]
    was_place: Mapped[str] = mapped_column(String(400), default="")

    __table_args__ = (
        CheckConstraint(f"kind IN {CHANGES!r}", "kind"),
        CheckConstraint("kind NOT IN ('postponed', 'cancelled') OR length(reason) > 0", "reason"),
    )


class EventMaterial(Model):
    """What came of an event: photos, slides, the recording, a link."""

    __tablename__ = "event_material"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(160))
    language: Mapped[str] = mapped_column(String(8))
    key: Mapped[str | None] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(500), default="")
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    """The interview of ours that it is."""
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (
        CheckConstraint(f"kind IN {MATERIALS!r}", "kind"),
        CheckConstraint(
            "key IS NOT NULL OR interview_id IS NOT NULL OR length(url) > 0", "something"
        ),
    )


def visible_to(looking: Any) -> ColumnElement[bool]:
    """Which events ``looking`` (a member or a visitor) may see: what is published for them; what
    they organise or made in any state; the editorial team all. A condition on Event.
    """
    if looking.is_staff:
        return true()
    shown = Event.published_at.is_not(None)
    public = and_(shown, Event.audience == "public")
    if not looking.is_member:
        return public
    in_mine = Event.group_id.in_(select(Group.id).where(belongs_to(looking)))
    mine = select(Organiser.event_id).where(Organiser.member_id == looking.id)
    return or_(
        and_(shown, Event.audience.in_(("public", "members"))),
        and_(shown, in_mine),
        Event.id.in_(mine),
    )
