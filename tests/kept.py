"""What many tests begin with, done once in a process and put back as rows for each of them."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, Table, Update, bindparam, event, insert, inspect, select, update

from officine.core.clock import now
from officine.core.db import Model, db
from officine.core.page_cache import VERSION, WRITES
from tests.databases import empty_database

LATELY = timedelta(minutes=20)

Row = dict[str, Any]
Key = tuple[Any, ...]
State = dict[Table, dict[Key, Row]]
Made = TypeVar("Made")


@dataclass(frozen=True)
class KeptRows:
    """Rows that were added to a database and values that were changed in it, and when."""

    at: datetime
    added: dict[Table, list[Row]]
    changed: dict[Table, list[Row]]
    """Of rows that were there before: their keys, and what became another."""

    @classmethod
    def taken(cls) -> "KeptRows":
        """All that stands in the database, which is empty afterwards."""
        kept = cls.since({})
        empty_database()
        db.session.remove()
        return kept

    @classmethod
    def since(cls, before: State) -> "KeptRows":
        """What stands in the database otherwise than before."""
        added: dict[Table, list[Row]] = {}
        changed: dict[Table, list[Row]] = {}
        for table, rows in state().items():
            were = before.get(table, {})
            assert not were.keys() - rows.keys(), f"{table.name}: a row that is gone"
            added[table] = [row for key, row in rows.items() if key not in were]
            changed[table] = [
                _keys(table, row)
                | {name: row[name] for name in row if row[name] != were[key][name]}
                for key, row in rows.items()
                if row != were.get(key, row)
            ]
        return cls(now(), added, changed)

    def put_back(self) -> None:
        """The same again, as if it were done now."""
        later = now() - self.at
        connection = db.session.connection()
        for table, rows in self.added.items():
            if rows:
                connection.execute(_insertion(table), [_moved(row, later) for row in rows])
        for table, rows in self.changed.items():
            for row in rows:
                connection.execute(_change(table), _moved(row, later))
        db.session.commit()


class StandingRows:
    """Rows that stay from one test to the next, until one writes into a table they are in."""

    def __init__(self, rows: KeptRows) -> None:
        self._rows = rows
        self._tables = frozenset(table.name for table, added in rows.added.items() if added)
        self._since: datetime | None = None
        event.listen(db.engine, "before_cursor_execute", self._notice)

    def be_there(self) -> None:
        """Let them stand as if they had been put there lately."""
        if self._since is None or not now() - LATELY < self._since <= now():
            empty_database()
            self._rows.put_back()
            self._since = now()

    def tables_left(self) -> frozenset[str]:
        """The names of their tables, where nobody wrote into them."""
        return frozenset() if self._since is None else self._tables

    def _notice(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        written = WRITES.match(statement)
        if written and written[1] in self._tables:
            self._since = None


class Beginnings:
    """What fixtures do once the cast is there, by their names."""

    def __init__(self) -> None:
        self._done: dict[str, tuple[KeptRows, Any]] = {}
        self._with_the_cast = -1

    def cast_is_there(self) -> None:
        """From here on, in this test."""
        self._with_the_cast = _version()

    def again(self, name: str, do: Callable[[], Made]) -> Made:
        """What ``do`` gives, done the first time and put back after that. It only adds and changes
        rows, none of which refer to one another in a circle. Where a test changed something
        before, it is done as always.
        """
        waits = db.session.new or db.session.dirty or db.session.deleted
        if waits or _version() != self._with_the_cast:
            return do()
        if name not in self._done:
            before = state()
            made = do()
            db.session.commit()
            self._done[name] = KeptRows.since(before), _addresses(made)
            return made
        rows, addresses = self._done[name]
        rows.put_back()
        found: Made = _found(addresses)
        return found


def _version() -> int:
    """How often content was committed."""
    return db.session.scalar(select(VERSION.c.number)) or 0


def state() -> State:
    """Every row, by its key. How often content was committed counts on by itself."""
    found: State = {}
    for table in Model.metadata.sorted_tables:
        if table is not VERSION:
            rows = map(dict, db.session.execute(select(table)).mappings())
            found[table] = {tuple(_keys(table, row).values()): row for row in rows}
    return found


@cache
def _insertion(table: Table) -> Insert:
    return insert(table)


@cache
def _change(table: Table) -> Update:
    here = (column == bindparam(f"_{column.name}") for column in table.primary_key)
    return update(table).where(*here)


def _keys(table: Table, row: Row) -> Row:
    return {f"_{column.name}": row[column.name] for column in table.primary_key}


def _moved(row: Row, later: timedelta) -> Row:
    return {
        name: value + later if isinstance(value, datetime) else value for name, value in row.items()
    }


def _addresses(made: Any) -> Any:
    """The rows that something holds, as what finds them again."""
    if isinstance(made, Model):
        return type(made), inspect(made).identity
    assert is_dataclass(made) and not isinstance(made, type), made
    return type(made), {each.name: _addresses(getattr(made, each.name)) for each in fields(made)}


def _found(address: Any) -> Any:
    kind, where = address
    if issubclass(kind, Model):
        return db.session.get(kind, where)
    return kind(**{name: _found(each) for name, each in where.items()})
