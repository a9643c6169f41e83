"""Somebody says that a post breaks a rule or the law."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.decision import RULES, Decision
from officine.models.member import Member
from officine.models.post import Post

EXPLAINED = ("illegal", "other")
"""What cannot be judged without saying what exactly and why."""


class Report(Model):
    """A report, open until a decision answers it. A person reports a post once."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    rule: Mapped[str] = mapped_column(String(20))
    explanation: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8))
    """The language of the explanation."""
    reported_at: Mapped[datetime]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    post: Mapped[Post] = relationship()
    reporter: Mapped[Member] = relationship()
    decision: Mapped[Decision | None] = relationship()

    __table_args__ = (
        UniqueConstraint("post_id", "reporter_id"),
        Index("ix_report_open", "decision_id", "reported_at"),
        CheckConstraint(f"rule IN {RULES!r}", "rule"),
        CheckConstraint(f"rule NOT IN {EXPLAINED!r} OR length(trim(explanation)) > 0", "explained"),
    )

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.decision_id is None
