"""What an editor decided about something, with its reason.

The statement of reasons of Regulation (EU) 2022/2065, Article 17: the measure, the ground, the
facts, whose initiative it was, and whether a machine decided.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.member import Member

MEASURES = ("hide", "show", "lock", "unlock", "dismiss", "remove-from-group", "decline-group")
RULES = ("respect", "advertising", "off-topic", "privacy", "illegal", "copyright", "spam", "other")


class Decision(Model):
    """A decision: a row that nothing changes afterwards."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(20))
    facts: Mapped[str] = mapped_column(Text)
    """What happened and why it breaks the rule, in the editor's words, for the author."""
    language: Mapped[str] = mapped_column(String(8))
    """The language of the facts."""
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    on_report: Mapped[bool] = mapped_column(default=False)
    """Whether somebody reported it; otherwise the editor saw it."""
    automatic: Mapped[bool] = mapped_column(default=False)

    affected_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    """Whom it affects: the author, or the member. Nobody, where reports were dismissed."""
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="SET NULL"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"))

    by: Mapped[Member] = relationship(foreign_keys=by_id)
    affected: Mapped[Member | None] = relationship(foreign_keys=affected_id)

    __table_args__ = (
        CheckConstraint(f"measure IN {MEASURES!r}", "measure"),
        CheckConstraint(f"rule IN {RULES!r}", "rule"),
        CheckConstraint("length(trim(facts)) > 0", "facts"),
        Index("ix_decision_group", "group_id", "measure", "at"),
    )
