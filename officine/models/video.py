"""The moving picture of an interview: what was uploaded, what was made of it, and how far it is."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.interview import Interview

OUTSIDE = ("youtube", "vimeo", "peertube")
LIGHTS = ("pq", "hlg")
STATES = ("waiting", "working", "ready", "failed", "refused")


class Upload(Model):
    """A file that arrives in pieces (tus 1.0.0), and can go on where it stopped."""

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Unguessable: whoever knows it and looks after the interview may go on."""
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    filename: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    began_at: Mapped[datetime]
    last_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Video(Model):
    """The video of an interview: a file of ours, or one outside by its address. While a new file
    is worked on, the one before it stays; so an interview has one video, and perhaps the next.
    """

    __tablename__ = "video"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int | None] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), unique=True
    )
    """The interview whose video it is."""
    next_for_id: Mapped[int | None] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), unique=True
    )
    """The interview whose video it becomes once it is ready: until then another is shown there."""
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    why_refused: Mapped[str] = mapped_column(Text, default="")
    """A word for the reason (``not-video``, ``truncated`` …); the page says it in a sentence."""
    source_key: Mapped[str | None] = mapped_column(String(200))
    filename: Mapped[str] = mapped_column(String(255), default="")
    outside: Mapped[str | None] = mapped_column(String(10))
    outside_url: Mapped[str | None] = mapped_column(String(500))
    folder: Mapped[str] = mapped_column(String(80), unique=True)
    """Where what was made of it is kept, under a name that tells nothing."""
    duration_ms: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    has_sound: Mapped[bool] = mapped_column(default=True)
    container: Mapped[str | None] = mapped_column(String(10))
    """What kind of file the source is: mov, matroska or mpegts."""
    rate: Mapped[str | None] = mapped_column(String(20))
    """Pictures a second of what is made of it, as a fraction: 30000/1001."""
    light: Mapped[str | None] = mapped_column(String(3))
    """How a film of high dynamic range writes light, ``pq`` or ``hlg``; nothing for all others."""
    posters: Mapped[int] = mapped_column(default=0)
    """How many poster candidates there are."""
    made_at: Mapped[datetime]

    interview: Mapped[Interview | None] = relationship(foreign_keys=interview_id)
    next_for: Mapped[Interview | None] = relationship(foreign_keys=next_for_id)
    steps: Mapped[list["VideoStep"]] = relationship(
        cascade="all, delete-orphan", order_by="VideoStep.position"
    )

    __table_args__ = (
        CheckConstraint(f"state IN {STATES!r}", "state"),
        CheckConstraint(f"outside IS NULL OR outside IN {OUTSIDE!r}", "outside"),
        CheckConstraint("(outside IS NULL) = (outside_url IS NULL)", "outside_address"),
        CheckConstraint("(interview_id IS NULL) <> (next_for_id IS NULL)", "one_place"),
        CheckConstraint(f"light IS NULL OR light IN {LIGHTS!r}", "light"),
    )

    @property
    def of(self) -> Interview:
        """The interview that it belongs to, be it shown there or not yet."""
        interview = self.interview or self.next_for
        assert interview is not None
        return interview


class VideoStep(Model):
    """One step of the work on a video. It can be run again; a killed worker goes on with it."""

    __tablename__ = "video_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("video.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(20))
    """probe, audio, mp4, hls-1080 …, playlist, posters, thumbs."""
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    percent: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    """How often it was begun. A worker that finds another number here has lost the step."""
    error: Mapped[str] = mapped_column(Text, default="")
    began_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    """When its worker last said that it goes on."""
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("video_id", "name"),
        CheckConstraint(f"state IN {STATES!r}", "state"),
        Index("ix_video_step_waiting", "state", "seen_at"),
    )
