"""What needs a human: one shape for everything that reaches the editorial desk.

A feature brings its kinds of case in its own ``cases.py``; the desk knows only what is here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model, db
from officine.models.decision import Decision
from officine.models.group import Group
from officine.models.member import Member

CLAIM = timedelta(minutes=15)
"""How long a case is one editor's, unless they decide or open another."""

Signals = list[dict[str, Any]]


class Case(Model):
    """Something that waits for the desk, until a decision or the matter itself closes it.

    Of one kind and subject only one is open at a time.
    """

    __tablename__ = "case"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(String(20))
    """The noun it is about: post, topic, group, member, appeal …"""
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    """What its row in the queue says, in its own words; empty where that is a person’s name."""
    language: Mapped[str] = mapped_column(String(8))
    """Who decides reads it."""
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    """Whose standing matters: the author."""
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    """What was promised: decided by then."""
    signals: Mapped[Signals] = mapped_column(JSON, default=list)
    """What raised it, for the editor: ``{"name": "links", "value": 5}``."""

    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    claimed_at: Mapped[datetime | None]
    sent_back_at: Mapped[datetime | None]
    """Since when it waits for its author, who was asked to mend something."""
    escalated_at: Mapped[datetime | None]
    """Since when it waits for the community manager."""
    closed_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    """What closed it; nothing, where the matter vanished."""

    group: Mapped[Group | None] = relationship()
    member: Mapped[Member | None] = relationship(foreign_keys=member_id)
    claimed_by: Mapped[Member | None] = relationship(foreign_keys=claimed_by_id)
    decision: Mapped[Decision | None] = relationship(foreign_keys=decision_id)

    __table_args__ = (
        Index(
            "uq_case_open", "kind", "subject", "subject_id", unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_case_queue", "closed_at", "due_at"),
        Index("ix_case_subject", "subject", "subject_id"),
        CheckConstraint("(claimed_by_id IS NULL) = (claimed_at IS NULL)", "claimed"),
    )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.closed_at is None

    def holder(self, at: datetime) -> Member | None:
        """Whose it is now: who claimed it less than CLAIM ago."""
        if self.claimed_at is None or self.claimed_at + CLAIM <= at:
            return None
        return self.claimed_by


class CaseNote(Model):
    """What an editor tells colleagues about a case; perhaps a question to one of them."""

    __tablename__ = "case_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Whom it asks."""

    by: Mapped[Member] = relationship(foreign_keys=by_id)
    asked: Mapped[Member | None] = relationship(foreign_keys=asked_id)

    __table_args__ = (CheckConstraint("length(trim(text)) > 0", "text"),)


def open_case(
    kind: str,
    *,
    subject: str,
    subject_id: int,
    title: str,
    language: str,
    at: datetime,
    due_at: datetime,
    group_id: int | None = None,
    member_id: int | None = None,
    signals: Sequence[dict[str, Any]] = (),
) -> Case:
    """Let something wait for the desk. Where it waits already, the sooner promise holds and what
    raised it is added.
    """
    waiting = find_open_case(kind, subject, subject_id)
    if waiting is None:
        waiting = Case(
            kind=kind, subject=subject, subject_id=subject_id, title=title[:200],
            language=language, group_id=group_id, member_id=member_id, opened_at=at,
            due_at=due_at, signals=list(signals),
        )  # fmt: skip
        db.session.add(waiting)
    else:
        waiting.due_at = min(waiting.due_at, due_at)
        waiting.signals = [*waiting.signals, *signals]
    db.session.flush()
    return waiting


def find_open_case(kind: str, subject: str, subject_id: int) -> Case | None:
    """The case of this kind that waits about something."""
    return db.session.scalar(
        select(Case).where(
            Case.kind == kind,
            Case.subject == subject,
            Case.subject_id == subject_id,
            Case.closed_at.is_(None),
        )
    )


def close_cases(
    subject: str,
    subject_id: int,
    *,
    at: datetime,
    decision: Decision | None = None,
    kinds: Sequence[str] = (),
) -> list[Case]:
    """Let what waits about something (only of these ``kinds``, if given) wait no longer: it was
    decided, or the matter vanished.
    """
    query = select(Case).where(
        Case.subject == subject, Case.subject_id == subject_id, Case.closed_at.is_(None)
    )
    if kinds:
        query = query.where(Case.kind.in_(kinds))
    closed = list(db.session.scalars(query))
    for case in closed:
        case.closed_at, case.decision = at, decision
        if decision is not None and decision.case_id is None:
            decision.case_id = case.id
    return closed


@dataclass(frozen=True)
class Grounded:
    """What an editor filled in for a decision."""

    rule: str
    facts: str
    law: str = ""
    reason_id: int | None = None
    reason_revision: int | None = None
    until: datetime | None = None
    more: Mapping[str, Any] | None = None
    """What a measure asks for besides: the group to move to, the new title …"""

    def grounds(self, case: Case | None = None) -> dict[str, Any]:
        """The same, as `decide` takes it."""
        return {
            "rule": self.rule, "facts": self.facts, "law": self.law, "until": self.until,
            "reason_id": self.reason_id, "reason_revision": self.reason_revision,
            "case_id": case.id if case else None,
        }  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """One way to decide a case, as the desk offers it."""

    name: str
    """One of `MEASURES`."""
    key: str
    """The key that chooses it."""
    label: Any
    hint: Any
    act: Callable[[Case, Member, datetime, Grounded], Decision]
    asks: tuple[str, ...] = ()
    """What it needs besides rule and facts: ``until``, or a field of its own."""
    explains: bool = True
    """Whether it needs a rule and facts in words."""


@dataclass(frozen=True)
class Kind:
    """A kind of case: what it is called, how it is shown and how it is decided."""

    name: str
    label: Any
    template: str
    """The middle of the case’s page."""
    context: Callable[[Case, Any], dict[str, Any]]
    """What that template shows, for whoever looks."""
    measures: Callable[[Case, Any], Sequence[Measure]]
    """The ways this viewer may decide it."""
    is_urgent: bool = False
    """Whether its row is marked: an SOS."""
