"""How something stood before a topic was moved, split or merged, so that it can be put back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.decision import Decision
from officine.models.topic import Topic

REARRANGING = ("move", "split", "merge")


class Rearrangement(Model):
    """That a topic, or some of its posts, stand elsewhere now, by which decision."""

    __tablename__ = "rearrangement"

    decision_id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(String(20))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    """The topic that was moved, that lost some of its posts, or that was merged into another."""
    other_id: Mapped[int | None] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), index=True
    )
    """The topic where the posts went."""
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"))
    """The group it was moved from."""
    posts: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The posts that went, in their order."""
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What else was different: numbers, reading marks, the useful answer, the pin."""
    undone_at: Mapped[datetime | None]

    decision: Mapped[Decision] = relationship(viewonly=True)
    topic: Mapped[Topic] = relationship(foreign_keys=topic_id)
    other: Mapped[Topic | None] = relationship(foreign_keys=other_id)

    __table_args__ = (
        ForeignKeyConstraint(["decision_id", "measure"], ["decision.id", "decision.measure"]),
        CheckConstraint(f"measure IN {REARRANGING!r}", "measure"),
        CheckConstraint("(measure = 'move') = (other_id IS NULL)", "where"),
    )
