"""A text that the team owns, in its editions: rules, terms, reasons, lists of words, announcements.

A document's ``revision`` rises when its meaning changes. An edition of a lower revision is out of
date: it says, in its language, what the document meant before.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.clock import day_of, first_moment_of
from officine.core.db import Model, db
from officine.core.i18n import LANGUAGES
from officine.models.member import Member

KINDS = ("legal", "welcome", "reason", "words", "announcement")
LEGAL = ("rules", "terms", "privacy", "accessibility", "contacts")
"""The keys of the legal pages, as their addresses name them."""
TOLD = ("rules", "terms", "privacy")
"""Those of which every member hears before their meaning changes."""
NOTICE = timedelta(days=15)
"""How long before: the terms promise it."""
A_DAY = timedelta(days=1)


class Document(Model):
    """A text of the team, whatever its language. Its words are in its editions."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(60))
    rule: Mapped[str] = mapped_column(String(20), default="")
    """For a reason: the rule it belongs to."""
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    starts_at: Mapped[datetime | None]
    """For an announcement: from when it is shown."""
    ends_at: Mapped[datetime | None]
    """For an announcement: when it is shown no more."""
    retired_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("kind", "key"),
        CheckConstraint(f"kind IN {KINDS!r}", "kind"),
    )

    @property
    def is_retired(self) -> bool:
        """Whether nobody is shown it any more."""
        return self.retired_at is not None

    @property
    def is_translated(self) -> bool:
        """Whether its editions say the same in each language. Lists of words do not: each
        language has its own.
        """
        return self.kind != "words"


class Edition(Model):
    """What a document says in one language, from a moment on. Nothing changes it afterwards."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    number: Mapped[int]
    """Counted in each language by itself, from 1."""
    revision: Mapped[int]
    """The revision of the document that it expresses."""
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    significant: Mapped[bool] = mapped_column(default=False)
    """Whether it changed the meaning, so that the other languages became out of date."""
    at: Mapped[datetime]
    in_force_at: Mapped[datetime]
    """From when on it is what holds; until then readers are told of it."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Nobody for a first edition, which comes with the software."""

    document: Mapped[Document] = relationship()
    by: Mapped[Member | None] = relationship()

    __table_args__ = (UniqueConstraint("document_id", "language", "number"),)

    @property
    def in_force_on(self) -> date:
        """The first day on which it holds."""
        return day_of(self.in_force_at)


class Dismissal(Model):
    """That a member has read an announcement and need not see it again."""

    __tablename__ = "dismissal"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]


class Reason(NamedTuple):
    """A reason of the library, as an editor chooses it."""

    document_id: int
    rule: str
    title: str
    text: str
    revision: int


def after_notice(at: datetime) -> datetime:
    """From when on holds what is told at a moment: the first day that begins after NOTICE."""
    return first_moment_of(day_of(at + NOTICE) + A_DAY)


def current_editions() -> Select[Edition]:
    """The newest edition of each document in each language, also one that does not hold yet."""
    newest = (
        select(Edition.document_id, Edition.language, func.max(Edition.number).label("number"))
        .group_by(Edition.document_id, Edition.language)
        .subquery()
    )
    return select(Edition).join(
        newest,
        and_(
            newest.c.document_id == Edition.document_id,
            newest.c.language == Edition.language,
            newest.c.number == Edition.number,
        ),
    )


def in_language(editions: Sequence[Edition], language: str) -> Edition | None:
    """Of a document's current editions the one in a language; else one that is up to date, in
    the order of our languages; else any.
    """
    order = {code: place for place, code in enumerate(LANGUAGES)}
    return min(
        editions,
        key=lambda each: (
            each.language != language,
            -each.revision,
            order.get(each.language, len(order)),
        ),
        default=None,
    )


def words_of(language: str) -> list[str]:
    """The words and phrases of a language that keep a post for a human, one a line of its list."""
    lists = db.session.scalars(_word_lists(), {"spoken": language})
    lines = (line.strip() for text in lists for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


@cache
def _word_lists() -> Select[str]:
    """Put together once: each post is held against them."""
    current = current_editions().join(Document, Document.id == Edition.document_id)
    return (
        current.with_only_columns(Edition.text, maintain_column_froms=True)
        .where(
            Document.kind == "words",
            Document.retired_at.is_(None),
            Edition.language == bindparam("spoken"),
        )
        .order_by(Document.id)
    )


def reasons_for(language: str) -> list[Reason]:
    """The library of reasons in a language, by rule and title. What is not translated comes in
    the language it has.
    """
    rows = db.session.execute(
        current_editions()
        .add_columns(Document)
        .join(Document, Document.id == Edition.document_id)
        .where(Document.kind == "reason", Document.retired_at.is_(None))
    ).all()
    by_document: dict[Document, list[Edition]] = {}
    for edition, document in rows:
        by_document.setdefault(document, []).append(edition)
    reasons = []
    for document, editions in by_document.items():
        if edition := in_language(editions, language):
            reasons.append(
                Reason(document.id, document.rule, edition.title, edition.text, edition.revision)
            )
    return sorted(reasons, key=lambda each: (each.rule, each.title.casefold()))


def reason_text(document_id: int, revision: int, language: str) -> tuple[str, str]:
    """What a reason said in one of its revisions, and the language of these words: in another
    language where that revision was never said in this one. Nothing, where there is no such reason.
    """
    editions = db.session.scalars(
        select(Edition)
        .where(Edition.document_id == document_id, Edition.revision <= revision)
        .order_by(Edition.revision.desc(), Edition.number.desc())
    ).all()
    of_revision = [each for each in editions if each.revision == editions[0].revision]
    newest = {each.language: each for each in reversed(of_revision)}
    found = in_language(list(newest.values()), language)
    return (found.text, found.language) if found else ("", language)
