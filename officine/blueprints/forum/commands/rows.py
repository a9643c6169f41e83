"""Rows that others change at the same moment."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, false, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.util import identity_key

from officine.core.db import Model, db
from officine.models import (
    Member,
    Post,
)

Condition = Callable[[Any, Any], ColumnElement[bool]]
"""Whether a row is updated, by the columns of the one that stands there and of the one put."""


def has_changed(post: Post) -> None:
    post.version += 1
    post.topic.version += 1


def put(
    model: type[Model],
    place: dict[str, Any],
    values: dict[str, Any],
    only_if: Condition | None = None,
) -> bool:
    """Insert a row or update the one at its place, in one step that no other can come between;
    False if nothing changed.
    """
    dialect = db.engine.dialect.name
    statement = _insert_or_update(dialect, model, tuple(place), tuple(values), only_if)
    changed = db.session.scalar(statement, {**place, **values})
    known = db.session.identity_map.get(identity_key(model, tuple(place.values())))
    if known is not None:
        db.session.expire(known)
    return changed is not None


def unless_there(_stands: Any, _put: Any) -> ColumnElement[bool]:
    """The row that stands there stays as it is."""
    return false()


@cache
def _insert_or_update(
    dialect: str,
    model: type[Model],
    place: tuple[str, ...],
    values: tuple[str, ...],
    only_if: Condition | None,
) -> Any:
    """Put together once: each post is written with several of them."""
    table = table_of(model)
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)
    return insert.on_conflict_do_update(
        index_elements=list(place),
        set_={name: insert.excluded[name] for name in values},
        where=only_if and only_if(table.c, insert.excluded),
    ).returning(table.c[place[0]])


def table_of(model: type[Model]) -> Table:
    """A model’s table, for statements that many rows pass through."""
    return cast(Table, model.__table__)


def sent_before(by: Member, form_token: str) -> Post | None:
    """The post that a form has sent before."""
    return db.session.scalar(select(Post).filter_by(author_id=by.id, form_token=form_token))
