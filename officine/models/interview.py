"""A published conversation with an entrepreneur, from the idea to the page."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
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

from officine.core import storage
from officine.core.clock import day_of, now
from officine.core.db import Model, db
from officine.core.session import Visitor
from officine.models.company import Company
from officine.models.member import Member
from officine.models.topic import Topic

STAGES = (
    "idea", "questions", "recorded", "editing", "captions", "review", "scheduled", "published",
    "withdrawn",
)  # fmt: skip


class Interview(Model):
    """An interview. Its words are in its texts, one a language."""

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    language: Mapped[str] = mapped_column(String(8))
    """The language that is spoken, of which the others are translations."""
    stage: Mapped[str] = mapped_column(String(12), default="idea")
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    """The editor who looks after it."""
    guest_name: Mapped[str] = mapped_column(String(120))
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    guest_email: Mapped[str] = mapped_column(String(254), default="")
    """Where letters to a guest without an account go; shown to the desk alone."""
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"))
    sectors: Mapped[tuple[str, ...]]
    deadline: Mapped[date | None]
    created_at: Mapped[datetime]
    recorded_on: Mapped[date | None]
    publish_at: Mapped[datetime | None]
    """When it is published by itself."""
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    """Rises with a large change of the original: translations of an earlier one are out of date."""
    version: Mapped[int] = mapped_column(default=1)
    """Rises with every change that shows."""
    edits: Mapped[int] = mapped_column(default=1)
    """Rises when the desk changes who looks after it, until when, or about whom it is."""
    poster_key: Mapped[str | None] = mapped_column(String(200))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"))
    """Where it is talked about."""
    questions_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The SHA-256 of the secret that opens the shared page of questions."""

    owner: Mapped[Member] = relationship(foreign_keys=owner_id)
    guest: Mapped[Member | None] = relationship(foreign_keys=guest_id)
    company: Mapped[Company | None] = relationship()
    topic: Mapped[Topic | None] = relationship()
    texts: Mapped[list["InterviewText"]] = relationship(cascade="all, delete-orphan")
    chapters: Mapped[list["Chapter"]] = relationship(
        cascade="all, delete-orphan", order_by="Chapter.starts_ms"
    )

    __table_args__ = (
        CheckConstraint(f"stage IN {STAGES!r}", "stage"),
        CheckConstraint(
            "(stage = 'published') = (published_at IS NOT NULL AND withdrawn_at IS NULL)",
            "published",
        ),
        CheckConstraint("(stage = 'withdrawn') = (withdrawn_at IS NOT NULL)", "withdrawn"),
        CheckConstraint("stage <> 'scheduled' OR publish_at IS NOT NULL", "scheduled"),
        Index("ix_interview_published", "stage", "published_at"),
    )

    @property
    def poster_url(self) -> str | None:
        """The address of its opening picture; None without one."""
        return picture_url(self.poster_key)

    @property
    def is_published(self) -> bool:
        """Whether everyone may see it."""
        return self.stage == "published"

    @property
    def guest_language(self) -> str:
        """The language in which we write to the guest."""
        return self.guest.interface_language if self.guest else self.language


class InterviewText(Model):
    """What is read of an interview in one language."""

    __tablename__ = "interview_text"

    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    standfirst: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    translator: Mapped[str] = mapped_column(String(120), default="")
    based_on: Mapped[int] = mapped_column(default=1)
    """The revision of the original that it says."""
    version: Mapped[int] = mapped_column(default=1)
    """Rises with every change of it, and of the titles of chapters in its language."""
    changed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


class Chapter(Model):
    """A part of an interview, with a discussion of its own."""

    __tablename__ = "chapter"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    starts_ms: Mapped[int]
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"))
    titles: Mapped[list["ChapterTitle"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (UniqueConstraint("interview_id", "starts_ms"),)


class ChapterTitle(Model):
    """What a chapter is called in one language."""

    __tablename__ = "chapter_title"

    chapter_id: Mapped[int] = mapped_column(
        ForeignKey("chapter.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    based_on: Mapped[int] = mapped_column(default=1)


class ChecklistItem(Model):
    """Something that must be done before an interview is published."""

    __tablename__ = "checklist_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(240))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    done_by: Mapped[Member | None] = relationship()


class InterviewNote(Model):
    """What editors tell each other about an interview."""

    __tablename__ = "interview_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))

    by: Mapped[Member] = relationship()


class InterviewQuestion(Model):
    """A question prepared together with the guest, who answers it in writing or objects."""

    __tablename__ = "interview_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    objection: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Release(Model):
    """The guest’s consent to publication: who, what for, until when. Without one that holds
    nothing is published.
    """

    __tablename__ = "release"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    language: Mapped[str] = mapped_column(String(8))
    terms: Mapped[int] = mapped_column(default=1)
    """Which edition of our own words it began from."""
    purposes: Mapped[str] = mapped_column(Text)
    """What it allows, in the words that were signed."""
    until: Mapped[date | None]
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The SHA-256 of the secret that opens the page where it is signed or withdrawn."""
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    name: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(240), default="")
    signature: Mapped[str] = mapped_column(String(120), default="")
    """The name, typed by the guest."""
    signed_at: Mapped[datetime | None]
    pdf_key: Mapped[str | None] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    why_withdrawn: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint(
            "signed_at IS NULL OR (length(name) > 0 AND length(address) > 0"
            " AND length(signature) > 0)",
            "signed",
        ),
    )

    def holds(self, day: date) -> bool:
        """Whether it allows publication on a day."""
        if self.signed_at is None or self.withdrawn_at is not None:
            return False
        return self.until is None or day <= self.until


def picture_url(key: str | None) -> str | None:
    """The address of an interview’s picture kept under ``key``: one of its video is served only
    to those who may see the interview.
    """
    if not key:
        return None
    return f"/{key}" if key.startswith("media/") else storage.address(key)


def release_holds(day: date) -> ColumnElement[bool]:
    """That the guest’s consent allows publication on a day. A condition on Interview."""
    allowed = select(Release.id).where(
        Release.interview_id == Interview.id,
        Release.signed_at.is_not(None),
        Release.withdrawn_at.is_(None),
        or_(Release.until.is_(None), Release.until >= day),
    )
    return allowed.correlate(Interview).exists()


def visible_to(looking: Any) -> ColumnElement[bool]:
    """Which interviews ``looking`` may see: those published under a release that holds today;
    those who look after them see all. A condition on Interview.
    """
    if looking.is_staff:
        return true()
    shown = and_(Interview.stage == "published", release_holds(day_of(now())))
    return or_(shown, Interview.id == looking.previews) if looking.previews else shown


def is_shown_to_all(interview_id: int) -> bool:
    """Whether everyone may see an interview now."""
    shown = select(Interview.id).where(Interview.id == interview_id, visible_to(Visitor()))
    return db.session.scalar(shown) is not None


class Correction(Model):
    """What was corrected after publication, dated and shown."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))


class ReaderQuestion(Model):
    """What a reader asks the guest; an editor chooses the best, the guest answers in the page."""

    __tablename__ = "reader_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    chosen_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answer_html: Mapped[str] = mapped_column(Text, default="")
    answer_language: Mapped[str] = mapped_column(String(8), default="")
    answered_at: Mapped[datetime | None]
    hiding_id: Mapped[int | None]
    """The decision that took it out of the page, with its answer."""
    hiding_measure: Mapped[str] = mapped_column(String(20), default="hide-question")

    by: Mapped[Member] = relationship()
    interview: Mapped[Interview] = relationship()

    __table_args__ = (
        ForeignKeyConstraint(["hiding_id", "hiding_measure"], ["decision.id", "decision.measure"]),
        CheckConstraint("hiding_measure = 'hide-question'", "hiding"),
    )

    @property
    def is_public(self) -> bool:
        """Whether everyone reads it in the page."""
        return bool(self.chosen_at and self.answered_at) and self.hiding_id is None


def is_shown() -> ColumnElement[bool]:
    """The readers’ questions that everyone reads in the page. A condition on ReaderQuestion."""
    return and_(
        ReaderQuestion.chosen_at.is_not(None),
        ReaderQuestion.answered_at.is_not(None),
        ReaderQuestion.hiding_id.is_(None),
    )


class Interest(Model):
    """That a member wants to hear of what is published about a person, a company or a sector."""

    __tablename__ = "interest"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    noun: Mapped[str] = mapped_column(String(10), primary_key=True)
    """person, company or sector."""
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    """The id of the person or company, or the code of the sector."""
    since: Mapped[datetime]

    __table_args__ = (Index("ix_interest_of", "noun", "name"),)
