"""What is said in an interview, line by line, in each language."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.interview import Interview


class CaptionTrack(Model):
    """The captions of an interview in one language: the original, or a translation of it."""

    __tablename__ = "caption_track"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    is_draft: Mapped[bool] = mapped_column(default=False)
    """Whether a machine wrote it and nobody has gone through it yet."""
    translator: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]

    interview: Mapped[Interview] = relationship()
    cues: Mapped[list["Cue"]] = relationship(
        cascade="all, delete-orphan", order_by="Cue.starts_ms, Cue.id"
    )

    __table_args__ = (UniqueConstraint("interview_id", "language"),)


class Cue(Model):
    """One caption: from when to when, who speaks, and the words."""

    __tablename__ = "cue"

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("caption_track.id", ondelete="CASCADE"))
    starts_ms: Mapped[int]
    ends_ms: Mapped[int]
    speaker: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text)
    settings: Mapped[str] = mapped_column(String(120), default="")
    """WebVTT cue settings, as they came."""
    source_id: Mapped[int | None] = mapped_column(ForeignKey("cue.id", ondelete="SET NULL"))
    """The cue of the original that it translates."""
    version: Mapped[int] = mapped_column(default=1)
    """Rises when its words change."""
    based_on: Mapped[int] = mapped_column(default=0)
    """The version of its source that it says; it is out of date when that is newer."""

    source: Mapped["Cue | None"] = relationship(remote_side=[id])

    __table_args__ = (
        Index("ix_cue_track", "track_id", "starts_ms"),
        CheckConstraint("starts_ms >= 0 AND ends_ms > starts_ms", "times"),
    )
