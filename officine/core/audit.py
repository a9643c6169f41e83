"""The audit log: what staff did, row after row, each chained to the last.

A row's hash is the SHA-256 of its canonical JSON, in the spirit of RFC 8785: UTF-8, keys sorted,
no spaces, the moment in UTC with six decimals, and among the keys the hash of the row before it.
Whoever changes, moves or takes away a row breaks the chain there, and `verify` names the place.

The log holds numbers and short words, never what people wrote nor who they are: it outlives
everybody who is in it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Index,
    String,
    Table,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from officine.core.clock import now
from officine.core.db import Model, db, is_writing, writing_apart

BEGINNING = "0" * 64
"""What the first row has for the hash of the row before it."""
BATCH = 1000
LOOK_LASTS = timedelta(hours=1)

About = dict[str, int | str | None]


class AuditEntry(Model):
    """One act of a member of staff, or of the system. Never changed, never taken away.

    Who acted is a number without a foreign key: the log stands by itself.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3 … without holes."""
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    """None: the system."""
    act: Mapped[str] = mapped_column(String(40))
    about: Mapped[About] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index("ix_audit_entry_by", "by_id", "act", "at"),)


class AuditHead(Model):
    """The end of the log: one row, which whoever appends holds until they are done."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class AuditCheck(Model):
    """That somebody, or the night, verified the log, and what they found."""

    __tablename__ = "audit_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    entries: Mapped[int]
    """How many held."""
    hash: Mapped[str] = mapped_column(String(64))
    """The hash of the last that held: a log written anew from the beginning has another."""
    first_wrong: Mapped[int | None]
    what: Mapped[str | None] = mapped_column(String(20))


ENTRIES: Table = AuditEntry.__table__  # type: ignore[assignment]
HEAD: Table = AuditHead.__table__  # type: ignore[assignment]


# Writing


@dataclass(frozen=True)
class _Note:
    at: datetime
    by_id: int | None
    act: str
    about: About
    savepoints: tuple[SessionTransaction, ...]
    """The savepoints it lies in, which may be undone while the transaction goes on."""


def note(act: str, by: Any | None, **about: int | str | None) -> None:
    """Say in the log what somebody did; `by` is None for the system.

    It is written when, and only if, the transaction commits. `about` names things by their ids
    and short words (`post=7`, `rule="spam"`): no texts, names or addresses.
    """
    session = db.session()
    if not session.in_transaction():
        session.begin()
    session.info.setdefault("audit", []).append(
        _Note(now(), by.id if by is not None else None, act, about, _savepoints(session))
    )


def look(act: str, by: Any, **about: int | str | None) -> None:
    """Say in the log that somebody looked at what is not theirs, once an hour and thing.

    A page that is only read cannot write: the row gets a transaction of its own.
    """
    if _looked_lately(act, by, about):
        return
    if is_writing():
        note(act, by, **about)
        return
    with writing_apart() as session:
        _append(session, [_Note(now(), by.id, act, about, ())])


def _looked_lately(act: str, by: Any, about: About) -> bool:
    lately = select(AuditEntry.about).where(
        AuditEntry.by_id == by.id, AuditEntry.act == act, AuditEntry.at > now() - LOOK_LASTS
    )
    return any(each == about for each in db.session.scalars(lately))


def _savepoints(session: Session) -> tuple[SessionTransaction, ...]:
    found = []
    transaction = session.get_nested_transaction()
    while transaction is not None and transaction.nested:
        found.append(transaction)
        transaction = transaction.parent
    return tuple(found)


@event.listens_for(Session, "before_commit")
def _write_notes(session: Session) -> None:
    """Append what was noted, after all else was written: the chain’s lock is the last one taken,
    and held no longer than the commit lasts.
    """
    if not session.info.get("audit") or session.in_nested_transaction():
        return
    session.flush()
    _append(session, session.info.pop("audit"))


@event.listens_for(Session, "after_soft_rollback")
def _forget_undone(session: Session, undone: SessionTransaction) -> None:
    notes = session.info.get("audit")
    if notes and undone.nested:
        session.info["audit"] = [each for each in notes if undone not in each.savepoints]


@event.listens_for(Session, "after_transaction_end")
def _forget_all(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop("audit", None)


def _append(session: Session, notes: list[_Note]) -> None:
    last_id, last_hash = _locked_head(session)
    for each in notes:
        row: dict[str, Any] = {
            "id": last_id + 1,
            "at": each.at,
            "by_id": each.by_id,
            "act": each.act,
            "about": each.about,
            "previous": last_hash,
        }
        row["hash"] = hash_of(row)
        session.execute(insert(ENTRIES), row)
        last_id, last_hash = row["id"], row["hash"]
    session.execute(update(HEAD).values(last_id=last_id, hash=last_hash))


def _locked_head(session: Session) -> tuple[int, str]:
    """The end of the log, which nobody else moves until this transaction is over."""
    locked = select(HEAD.c.last_id, HEAD.c.hash).with_for_update()
    head = session.execute(locked).one_or_none()
    if head is None:
        session.execute(
            text(
                "INSERT INTO audit_head (id, last_id, hash) VALUES (1, 0, :hash) "
                "ON CONFLICT DO NOTHING"
            ),
            {"hash": BEGINNING},
        )
        head = session.execute(locked).one()
    return head[0], head[1]


def hash_of(row: dict[str, Any]) -> str:
    """The hash that a row must have, by all its other columns."""
    words = {
        "about": row["about"],
        "act": row["act"],
        "at": row["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "by": row["by_id"],
        "id": row["id"],
        "previous": row["previous"],
    }
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


# Verifying


@dataclass(frozen=True)
class Wrong:
    """Where the chain breaks first. `at` and `act` are those of the row that was altered or that
    is too many; None where it is gone.
    """

    id: int
    what: str
    """altered, removed (others follow it), cut (none does), added, rewritten (the whole log
    differs from the one that was verified before)."""
    at: datetime | None = None
    act: str | None = None


@dataclass(frozen=True)
class Verification:
    """What a walk along the chain found."""

    entries: int
    """How many rows hold, from the first."""
    hash: str
    wrong: Wrong | None


def verify() -> Verification:
    """Walk along the whole chain."""
    head = db.session.execute(select(HEAD.c.last_id, HEAD.c.hash)).one_or_none()
    end, end_hash = (head[0], head[1]) if head else (0, BEGINNING)
    count, last = 0, BEGINNING
    known = _last_known()
    for row in _rows():
        if wrong := _wrong_in(row, count, last):
            return Verification(count, last, wrong)
        if known and row["id"] == known.entries and row["hash"] != known.hash:
            return Verification(0, BEGINNING, Wrong(1, "rewritten"))
        if row["id"] == end and row["hash"] != end_hash:
            return Verification(count, last, Wrong(row["id"], "altered", row["at"], row["act"]))
        count, last = row["id"], row["hash"]
    least = max(end, known.entries if known else 0)
    wrong = Wrong(count + 1, "cut") if count < least else _one_too_many()
    if wrong and wrong.what == "added":
        count = wrong.id - 1
    return Verification(count, last, wrong)


def keep(verification: Verification, at: datetime) -> AuditCheck:
    """Remember what a verification found."""
    wrong = verification.wrong
    check = AuditCheck(
        at=at,
        entries=verification.entries,
        hash=verification.hash,
        first_wrong=wrong.id if wrong else None,
        what=wrong.what if wrong else None,
    )
    db.session.add(check)
    return check


def told(wrong: Wrong) -> str:
    """What is wrong, in a sentence for those who run the installation."""
    row = f" ({wrong.act}, {wrong.at:%Y-%m-%d %H:%M:%S} UTC)" if wrong.at else ""
    return {
        "altered": f"Entry {wrong.id}{row} was altered.",
        "removed": f"Entry {wrong.id} was removed: others follow it.",
        "cut": f"Entry {wrong.id} is gone, and all after it.",
        "added": f"Entry {wrong.id}{row} was added behind the end of the log.",
        "rewritten": "The log was written anew from entry 1: it is not the one verified before.",
    }[wrong.what]


def last_check() -> AuditCheck | None:
    """The last verification."""
    return db.session.scalar(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(1))


def _last_known() -> AuditCheck | None:
    """The last verification that found the log whole."""
    return db.session.scalar(
        select(AuditCheck)
        .where(AuditCheck.first_wrong.is_(None), AuditCheck.entries > 0)
        .order_by(AuditCheck.id.desc())
        .limit(1)
    )


def _rows() -> Iterator[dict[str, Any]]:
    after = None
    while True:
        query = select(ENTRIES).order_by(ENTRIES.c.id).limit(BATCH)
        if after is not None:
            query = query.where(ENTRIES.c.id > after)
        rows = db.session.execute(query).mappings().all()
        for row in rows:
            yield dict(row)
        if len(rows) < BATCH:
            return
        after = rows[-1]["id"]


def _wrong_in(row: dict[str, Any], count: int, last: str) -> Wrong | None:
    if row["id"] > count + 1:
        return Wrong(count + 1, "removed")
    if row["id"] != count + 1 or row["previous"] != last or row["hash"] != hash_of(row):
        return Wrong(row["id"], "altered", row["at"], row["act"])
    return None


def _one_too_many() -> Wrong | None:
    """A row after the end. Asked in one statement: others append while the chain is walked."""
    end = select(func.coalesce(func.max(HEAD.c.last_id), 0)).scalar_subquery()
    row = db.session.execute(
        select(ENTRIES.c.id, ENTRIES.c.at, ENTRIES.c.act)
        .where(ENTRIES.c.id > end)
        .order_by(ENTRIES.c.id)
        .limit(1)
    ).one_or_none()
    return Wrong(row.id, "added", row.at, row.act) if row else None


# Guarding

REFUSED = "the audit log is only appended to"


def guard(connection: Connection) -> None:
    """Let the database itself refuse to change or take away a row."""
    for statement in GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


GUARDS = {
    "sqlite": (
        "CREATE TRIGGER audit_entry_not_updated BEFORE UPDATE ON audit_entry "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        "CREATE TRIGGER audit_entry_not_deleted BEFORE DELETE ON audit_entry "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_entry_refused() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSED}'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refused()",
    ),
}


@event.listens_for(ENTRIES, "after_create")
def _guard_when_made(_table: Table, connection: Connection, **_: Any) -> None:
    guard(connection)
