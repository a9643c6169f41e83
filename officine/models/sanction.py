"""What a decision keeps a member from, and until when."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    and_,
    exists,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.decision import SANCTIONS, Decision
from officine.models.member import STAFF, Member


class Sanction(Model):
    """That a member must be approved, may not write, has no account any more, or may not report.

    It cannot be without the decision that says why. It ends by itself (``until``), or because a
    decision ends it (``ended_at``).
    """

    __tablename__ = "sanction"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    decision_id: Mapped[int] = mapped_column(unique=True)
    measure: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship()
    decision: Mapped[Decision] = relationship(viewonly=True)

    __table_args__ = (
        ForeignKeyConstraint(["decision_id", "measure"], ["decision.id", "decision.measure"]),
        CheckConstraint(f"measure IN {SANCTIONS!r}", "measure"),
        CheckConstraint("measure = 'close-account' OR until IS NOT NULL", "ends"),
        Index("ix_sanction_member", "member_id", "ended_at"),
    )

    def holds(self, at: datetime) -> bool:
        """Whether it is in force."""
        return self.ended_at is None and (self.until is None or at < self.until)


def is_closed() -> ColumnElement[bool]:
    """The members whose account the desk has closed. A condition on Member."""
    return exists().where(
        Sanction.member_id == Member.id,
        Sanction.measure == "close-account",
        Sanction.ended_at.is_(None),
    )


def is_here() -> ColumnElement[bool]:
    """The members who are here for others: neither gone nor excluded. A condition on Member.

    What they wrote stays where it is, with their name.
    """
    return and_(Member.left_at.is_(None), ~is_closed())


def is_of_team() -> ColumnElement[bool]:
    """The members who work in the editorial team: who has gone, or was excluded, works there no
    more. A condition on Member.
    """
    return and_(Member.role.in_(STAFF), is_here())
