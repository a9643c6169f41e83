"""Where the tests keep their rows: SQLite, or an empty database on a server they are given."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Engine, event, text

from officine.core import audit
from officine.core.db import Model, db

IN_A_FILE = "sqlite:///{data_dir}/test.db"


def server_given() -> str | None:
    """The database server that the run was given; None where it is SQLite."""
    address = os.environ.get("OFFICINE_TEST_DATABASE_URL", "")
    return None if not address or address.startswith("sqlite") else address


def own_database(purpose: str = "test") -> str:
    """The database of this test process, which shares it with no other process."""
    server = server_given()
    if server is None:
        return os.environ.get("OFFICINE_TEST_DATABASE_URL") or IN_A_FILE
    name = f"officine_{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    _make_empty(server, name)
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def give_in_no_order(engine: Engine) -> None:
    """Let SQLite give rows that nobody ordered the other way round: a server gives them as it
    likes, once in a while in another order.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA reverse_unordered_selects=ON")

    engine.dispose()


@contextmanager
def audit_log_open() -> Iterator[None]:
    """For a while, let rows of the audit log be changed: what an intruder in the database does."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        for name in ("audit_entry_not_updated", "audit_entry_not_deleted"):
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        connection.execute(text("DROP TRIGGER audit_entry_not_changed ON audit_entry"))
    yield
    audit.guard(connection)


def empty_database(but: Collection[str] = ()) -> None:
    """Take every row away, and commit; ``but`` names tables that nothing else refers to and that
    stay as they are.
    """
    connection = db.session.connection()
    held = connection.exec_driver_sql(_which_hold_something()).one()
    full = [
        name
        for name, holds in zip(_from_leaves_to_roots(), held, strict=True)
        if holds and name not in but
    ]
    if connection.dialect.name == "sqlite" and audit.ENTRIES.name not in full:
        db.session.rollback()
        _take_all_from_sqlite(full)
        return
    with audit_log_open() if audit.ENTRIES.name in full else nullcontext():
        for name in full:
            connection.exec_driver_sql(f'DELETE FROM "{name}"')
    db.session.commit()


def _take_all_from_sqlite(tables: list[str]) -> None:
    """All at once, without looking at each row for others that refer to it: none stays."""
    deletions = "".join(f'DELETE FROM "{name}";' for name in tables)
    connection = db.engine.raw_connection()
    try:
        connection.driver_connection.executescript(
            f"PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE; {deletions} COMMIT; PRAGMA foreign_keys=ON;"
        )
    finally:
        connection.close()


@cache
def _which_hold_something() -> str:
    """To ask all tables at once takes less than to empty one; most are empty after most tests."""
    asked = (f'EXISTS (SELECT 1 FROM "{name}")' for name in _from_leaves_to_roots())
    return f"SELECT {', '.join(asked)}"


@cache
def _from_leaves_to_roots() -> list[str]:
    """Every table before those it refers to; to put them in order takes longer than to empty
    them.
    """
    return [table.name for table in reversed(Model.metadata.sorted_tables)]


def _make_empty(server: str, name: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
