"""What is said in an interview, line by line, in each language."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.lib.captions import Caption
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
    """Rises with every change, of its cues too."""
    changed_at: Mapped[datetime]
    passages: Mapped[int] = mapped_column(default=0)
    """The most paragraphs it ever had as a text: so many documents may stand in the index."""

    interview: Mapped[Interview] = relationship()
    cues: Mapped[list["Cue"]] = relationship(
        cascade="all, delete-orphan", order_by="Cue.starts_ms, Cue.id"
    )

    __table_args__ = (UniqueConstraint("interview_id", "language"),)


class Spoken:
    """What a cue says of itself, whether it is a row to change or only read."""

    __slots__ = ()

    starts_ms: Any
    ends_ms: Any
    speaker: Any
    text: Any
    settings: Any
    source: Any
    based_on: Any

    @property
    def is_out_of_date(self) -> bool:
        """Whether it translates what its original no longer says."""
        return (
            self.source is not None
            and bool(self.text.strip())
            and self.based_on < self.source.version
        )

    @property
    def caption(self) -> Caption:
        """The cue as a file holds it."""
        return Caption(
            self.starts_ms, self.ends_ms, self.text, speaker=self.speaker, settings=self.settings
        )


class Cue(Spoken, Model):
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

    source_text: Mapped[str] = mapped_column(Text, default="")
    """What the source said in that version."""

    source: Mapped["Cue | None"] = relationship(remote_side=[id])

    __table_args__ = (
        Index("ix_cue_track", "track_id", "starts_ms"),
        CheckConstraint("starts_ms >= 0 AND ends_ms > starts_ms", "times"),
    )


def says_something() -> ColumnElement[bool]:
    """Of captions: whether there are words in any of them."""
    return exists().where(Cue.track_id == CaptionTrack.id, func.trim(Cue.text) != "")


def for_readers() -> ColumnElement[bool]:
    """Of captions: whether readers are offered them. Not while only a machine wrote them, and a
    translation not before every caption of it has words: it would silence what is said meanwhile.
    """
    spoken = select(Interview.language).where(Interview.id == CaptionTrack.interview_id)
    wordless = exists().where(Cue.track_id == CaptionTrack.id, func.trim(Cue.text) == "")
    return and_(
        CaptionTrack.is_draft.is_(False),
        says_something(),
        or_(CaptionTrack.language == spoken.scalar_subquery(), ~wordless),
    )


class CaptionEdit(Model):
    """What one act of an editor changed, so that it can be taken back."""

    __tablename__ = "caption_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("caption_track.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The cues that changed or went, by id, as they were."""
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The same and those that came, as they became."""

    __table_args__ = (Index("ix_caption_edit_track", "track_id", "by_id", "id"),)


DRAFT_STATES = ("waiting", "working", "done", "failed")


class CaptionDraft(Model):
    """The work of a machine that writes the first captions. A killed worker begins it again."""

    __tablename__ = "caption_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(40), default="")
    """A word for what went wrong; the page says it in a sentence."""
    detail: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    """When its worker last said that it goes on."""
    ended_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(f"state IN {DRAFT_STATES!r}", "state"),)
