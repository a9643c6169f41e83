"""What belongs to an event: the parts of its programme, its partners, what those who register are
asked. Each row says its words itself, in the language in which they were written first; beside it
stand their translations.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.company import Company
from officine.models.member import Member

ROLES = ("organiser", "partner", "sponsor")
ANSWERS = ("line", "choice", "yes-no")


class Detail:
    """What all of them have. As an original it is read like its translations: `best_text` finds
    the one for a reader, `is_out_of_date` says whether a translation lags behind.
    """

    position: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(8))
    """The language of its own words, of which the others are translations."""
    revision: Mapped[int] = mapped_column(default=1)
    """Rises with a large change of its words: translations of earlier ones are out of date."""
    version: Mapped[int] = mapped_column(default=1)
    """Rises with every change, also of a translation: whoever edits says which one they saw."""

    @property
    def based_on(self) -> int:
        """The original says its own revision."""
        return self.revision

    @property
    def texts(self) -> Sequence[Any]:
        """What can be read of it, the original first."""
        return [self, *self.translations]  # type: ignore[attr-defined]


class DetailText:
    """What is read of it in one other language."""

    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    based_on: Mapped[int]
    """The revision of the original that it says."""


class EventSession(Detail, Model):
    """A part of the programme."""

    __tablename__ = "event_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    spoken: Mapped[str] = mapped_column(
        String(8), default=lambda context: context.get_current_parameters()["language"]
    )
    """The language that is spoken; that of its title, where nothing else was said."""
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text, default="")

    speakers: Mapped[list["Speaker"]] = relationship(
        cascade="all, delete-orphan", order_by="Speaker.position"
    )
    translations: Mapped[list["EventSessionText"]] = relationship(
        cascade="all, delete-orphan", order_by="EventSessionText.language"
    )

    __table_args__ = (CheckConstraint("ends_at > starts_at", "ends_after_it_starts"),)


class EventSessionText(DetailText, Model):
    """Title and text of a part of the programme, in another language."""

    __tablename__ = "event_session_text"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("event_session.id", ondelete="CASCADE"), primary_key=True
    )
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text, default="")


class Speaker(Model):
    """Who speaks in a part of the programme; perhaps a member, perhaps of a company here."""

    __tablename__ = "speaker"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(
        ForeignKey("event_session.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    job: Mapped[str] = mapped_column(String(120), default="")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"))

    member: Mapped[Member | None] = relationship()
    company: Mapped[Company | None] = relationship()


class Partner(Detail, Model):
    """Who stands behind an event, or adds something to it: a partner’s offer is labelled so."""

    __tablename__ = "partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"))
    url: Mapped[str] = mapped_column(String(500), default="")
    mark_key: Mapped[str | None] = mapped_column(String(200))
    offer: Mapped[str] = mapped_column(String(500), default="")

    company: Mapped[Company | None] = relationship()
    translations: Mapped[list["PartnerText"]] = relationship(
        cascade="all, delete-orphan", order_by="PartnerText.language"
    )

    __table_args__ = (CheckConstraint(f"role IN {ROLES!r}", "role"),)

    @property
    def title(self) -> str:
        """What is read of it in a language: the offer."""
        return self.offer


class PartnerText(DetailText, Model):
    """What a partner offers, in another language."""

    __tablename__ = "partner_text"

    partner_id: Mapped[int] = mapped_column(
        ForeignKey("partner.id", ondelete="CASCADE"), primary_key=True
    )
    offer: Mapped[str] = mapped_column(String(500))

    @property
    def title(self) -> str:
        """What is read of it in a language: the offer."""
        return self.offer


class EventQuestion(Detail, Model):
    """What organisers ask those who register."""

    __tablename__ = "event_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(240))
    kind: Mapped[str] = mapped_column(String(8), default="line")
    choices: Mapped[str] = mapped_column(Text, default="")
    """One a line. Who chooses one answers in these words, in whatever language it was read."""
    is_required: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None]
    """Since when it is asked no more; what was answered is kept."""

    translations: Mapped[list["EventQuestionText"]] = relationship(
        cascade="all, delete-orphan", order_by="EventQuestionText.language"
    )

    __table_args__ = (CheckConstraint(f"kind IN {ANSWERS!r}", "kind"),)

    @property
    def title(self) -> str:
        """What is read of it in a language: the question."""
        return self.text

    @property
    def texts(self) -> Sequence[Any]:
        """The original first. A translation that knows more or fewer answers to choose from than
        the original, because it lags behind, cannot be asked.
        """
        many = len(self.choices.splitlines())
        fits = [each for each in self.translations if len(each.choices.splitlines()) == many]
        return [self, *fits]


class EventQuestionText(DetailText, Model):
    """A question in another language, with as many answers to choose from, in the same order."""

    __tablename__ = "event_question_text"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("event_question.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str] = mapped_column(String(240))
    choices: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        """What is read of it in a language: the question."""
        return self.text
