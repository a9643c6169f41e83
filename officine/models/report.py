"""Somebody says that a post breaks a rule or the law."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.decision import Decision
from officine.models.member import Member
from officine.models.post import Post


class Report(Model):
    """A report, open until a decision answers it."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    rule: Mapped[str] = mapped_column(String(20))
    explanation: Mapped[str] = mapped_column(Text, default="")
    reported_at: Mapped[datetime]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    post: Mapped[Post] = relationship()
    reporter: Mapped[Member] = relationship()
    decision: Mapped[Decision | None] = relationship()

    __table_args__ = (Index("ix_report_open", "decision_id", "reported_at"),)
