"""Somebody says that a post, a person or a reader’s question breaks a rule or the law."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.core.session import Visitor
from officine.models.decision import RULES, Decision
from officine.models.interview import ReaderQuestion
from officine.models.member import Member
from officine.models.post import Post

EXPLAINED = ("illegal", "terrorism", "minors", "other")
"""What cannot be judged without saying what exactly and why."""
NAMELESS = ("minors",)
"""What anyone may report without a name or an address (Article 16(2)(c))."""


@dataclass(frozen=True)
class Correspondent(Visitor):
    """Somebody without an account who reports: a letter reaches them, and that is all we know."""

    name: str = ""
    email: str = ""
    interface_language: str = ""

    hears_letters = True

    @property
    def first_name(self) -> str:
        """How a letter greets them."""
        return self.name.split()[0] if self.name.split() else ""


class Report(Model):
    """A report, open until a decision answers it. A member reports each thing once.

    A visitor’s carries a name and a mail address instead (Regulation (EU) 2022/2065, Article 16),
    except where it is about an offence against minors.
    """

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """The person it is about, where it is not about a post."""
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("reader_question.id", ondelete="CASCADE")
    )
    """What a reader asked the guest of an interview, where it is about that."""
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    reporter_name: Mapped[str] = mapped_column(String(120), default="")
    reporter_email: Mapped[str] = mapped_column(String(254), default="")
    reporter_language: Mapped[str] = mapped_column(String(8), default="")
    """In which language to answer a visitor."""
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """What opens a visitor’s report: the SHA-256 of the secret in their letter."""
    rule: Mapped[str] = mapped_column(String(20))
    passage: Mapped[str] = mapped_column(Text, default="")
    """Where exactly: the words in question."""
    explanation: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8))
    """The language of the explanation."""
    in_good_faith: Mapped[bool] = mapped_column(default=True)
    reported_at: Mapped[datetime]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)

    post: Mapped[Post | None] = relationship()
    member: Mapped[Member | None] = relationship(foreign_keys=member_id)
    question: Mapped[ReaderQuestion | None] = relationship()
    reporter: Mapped[Member | None] = relationship(foreign_keys=reporter_id)
    decision: Mapped[Decision | None] = relationship()

    __table_args__ = (
        UniqueConstraint("post_id", "reporter_id"),
        UniqueConstraint("member_id", "reporter_id"),
        UniqueConstraint("question_id", "reporter_id"),
        Index("ix_report_open", "decision_id", "reported_at"),
        CheckConstraint(
            " + ".join(
                f"CASE WHEN {what} IS NULL THEN 0 ELSE 1 END"
                for what in ("post_id", "member_id", "question_id")
            )
            + " = 1",
            "about_one_thing",
        ),
        CheckConstraint("in_good_faith", "in_good_faith"),
        CheckConstraint(
            f"reporter_id IS NOT NULL OR rule = '{NAMELESS[0]}'"
            " OR (length(reporter_name) > 0 AND length(reporter_email) > 0)",
            "by_somebody",
        ),
        CheckConstraint(f"rule IN {RULES!r}", "rule"),
        CheckConstraint(f"rule NOT IN {EXPLAINED!r} OR length(trim(explanation)) > 0", "explained"),
    )

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.decision_id is None

    @property
    def reader(self) -> Member | Correspondent | None:
        """Who hears what came of it. Nobody, where an offence against minors was reported without
        an address.
        """
        if self.reporter is not None:
            return self.reporter
        if not self.reporter_email:
            return None
        return Correspondent(self.reporter_name, self.reporter_email, self.reporter_language)
