"""The author or the reporter asks another editor to look at a decision again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.decision import Decision
from officine.models.member import Member
from officine.models.report import Correspondent, Report

SIDES = ("author", "reporter")


class Appeal(Model):
    """An appeal (Regulation (EU) 2022/2065, Article 20), open until a decision answers it.

    One a decision from whom it affects, and one from each who reported.
    """

    __tablename__ = "appeal"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    """What it is against."""
    side: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Nobody, where a visitor reported: then the report says who."""
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime]
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    decision: Mapped[Decision] = relationship(foreign_keys=decision_id)
    outcome: Mapped[Decision | None] = relationship(foreign_keys=outcome_id)
    by: Mapped[Member | None] = relationship()
    report: Mapped[Report | None] = relationship()

    __table_args__ = (
        CheckConstraint(f"side IN {SIDES!r}", "side"),
        CheckConstraint("length(trim(text)) > 0", "text"),
        CheckConstraint("side <> 'reporter' OR report_id IS NOT NULL", "reporter"),
        CheckConstraint("side <> 'author' OR by_id IS NOT NULL", "author"),
        Index(
            "uq_appeal_author", "decision_id", unique=True,
            sqlite_where=sql("side = 'author'"), postgresql_where=sql("side = 'author'"),
        ),
        Index("uq_appeal_report", "report_id", unique=True),
    )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether it waits for another editor."""
        return self.outcome_id is None

    @property
    def is_upheld(self) -> bool:
        """Whether another editor left the decision as it was."""
        return self.outcome is not None and self.outcome.measure == "uphold"

    @property
    def reader(self) -> Member | Correspondent | None:
        """Who hears what came of it."""
        return self.by or (self.report.reader if self.report else None)
