"""Alembic's entry: the application's database and tables."""

from alembic import context

from officine import models  # noqa: F401  (makes every table known)
from officine.core.db import Codes, Model, UTCDateTime, db
from officine.models.member import PersonName


def render_item(kind, item, autogen_context):
    """Write our own column types by what the database sees."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Codes):
        return "sa.String(length=200)"
    if kind == "type" and isinstance(item, PersonName):
        return "sa.String(length=80)"
    return False


def compare_type(migration_context, column, inspected, from_database, from_model):
    """Our types are what their databases’ types are."""
    if isinstance(from_model, UTCDateTime | Codes | PersonName):
        return False
    return None


def run() -> None:
    """Apply migrations in one transaction on the application’s connection."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_item=render_item,
            render_as_batch=True,
            compare_type=compare_type,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
