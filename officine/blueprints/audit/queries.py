"""What the audit log holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from officine.core.audit import About, AuditEntry, AuditHead
from officine.core.db import db
from officine.models import Member

PAGE = 50


@dataclass(frozen=True, slots=True)
class Act:
    """One act, as the list shows it."""

    id: int
    at: datetime
    act: str
    about: About
    by_id: int | None
    by_name: str | None
    """None: the system, or somebody of whom no row is left."""


@dataclass(frozen=True)
class ActPage:
    """A page of the log, newest first."""

    acts: list[Act]
    has_more: bool


def acts_of(person: int | None = None, act: str = "", before: int | None = None) -> ActPage:
    """The log, newest first: of one person, of one kind, before one entry."""
    query = (
        select(
            AuditEntry.id, AuditEntry.at, AuditEntry.act, AuditEntry.about, AuditEntry.by_id,
            Member.name,
        )
        .outerjoin(Member, Member.id == AuditEntry.by_id)
        .order_by(AuditEntry.id.desc())
        .limit(PAGE + 1)
    )  # fmt: skip
    if person is not None:
        query = query.where(AuditEntry.by_id == person)
    if act:
        query = query.where(AuditEntry.act == act)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    rows = [Act(*row) for row in db.session.execute(query)]
    return ActPage(rows[:PAGE], len(rows) > PAGE)


def length() -> int:
    """How many entries the log has, if nobody touched it."""
    return db.session.scalar(select(AuditHead.last_id)) or 0


def people() -> Sequence[Member]:
    """Whoever is in the log, by name."""
    known = select(AuditEntry.by_id).distinct()
    return db.session.scalars(
        select(Member).where(Member.id.in_(known)).order_by(Member.name)
    ).all()


def kinds_of_act() -> Sequence[str]:
    """The acts that are in the log."""
    return db.session.scalars(select(AuditEntry.act).distinct().order_by(AuditEntry.act)).all()
