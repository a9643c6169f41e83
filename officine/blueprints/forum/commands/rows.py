"""Rows that others change at the same moment."""

from typing import Any, cast

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.util import identity_key

from officine.core.db import Model, db
from officine.models import (
    Member,
    Post,
)


def has_changed(post: Post) -> None:
    post.version += 1
    post.topic.version += 1


def put(
    model: type[Model],
    place: dict[str, Any],
    values: dict[str, Any],
    only_if: ColumnElement[bool] | None = None,
) -> bool:
    """Insert a row or update the one at its place, in one step that no other can come between;
    False if nothing changed.
    """
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name]
    table, first = table_of(model), next(iter(place))
    changed = db.session.scalar(
        insert(table)
        .values(**place, **values)
        .on_conflict_do_update(index_elements=list(place), set_=values, where=only_if)
        .returning(table.c[first])
    )
    known = db.session.identity_map.get(identity_key(model, tuple(place.values())))
    if known is not None:
        db.session.expire(known)
    return changed is not None


def table_of(model: type[Model]) -> Table:
    """A model’s table, for statements that many rows pass through."""
    return cast(Table, model.__table__)


def sent_before(by: Member, form_token: str) -> Post | None:
    """The post that a form has sent before."""
    return db.session.scalar(select(Post).filter_by(author_id=by.id, form_token=form_token))
