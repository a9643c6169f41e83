"""Rows that nobody else changes until we are done.

Whoever locks a row that another transaction holds waits for its end, and then reads what it wrote.
SQLite lets one transaction write at a time; there a lock only reads the row afresh.
"""

from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.exc import NoResultFound

from officine.core.db import Model, db

Row = TypeVar("Row", bound=Model)


def lock_row(row: Model) -> None:
    """Hold a row until the transaction ends, read afresh. Raises NoResultFound where somebody
    deleted it meanwhile.
    """
    db.session.flush()
    if lock_id(type(row), inspect(row).identity) is None:
        raise NoResultFound(f"a {type(row).__name__} was deleted meanwhile")


def lock_id(model: type[Row], key: Any) -> Row | None:
    """The same for the row with a primary key; nothing where there is none."""
    db.session.flush()
    # Only the row’s own table: PostgreSQL locks no table that is joined along by an outer join.
    return db.session.get(model, key, populate_existing=True, with_for_update={"of": model})
