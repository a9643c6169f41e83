"""The migrations lead from nothing to what the models say, and back."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from officine.app import create_app
from officine.cli.database import with_migrations
from officine.core import audit
from officine.core.config import Settings
from officine.core.db import Codes, Model, UTCDateTime, db
from officine.core.migrations import upgrade


@pytest.fixture
def empty(tmp_path: Path) -> Flask:
    """An installation whose database has no tables yet."""
    return create_app(
        Settings(data_dir=tmp_path, jobs_url="memory:", secret_key="x" * 40, log_level="error")
    )


def same_type(_context, _column, _inspected, _from_database, from_model) -> bool | None:
    """Our types are what their databases’ types are."""
    return False if isinstance(from_model, UTCDateTime | Codes) else None


def test_the_migrations_make_what_the_models_say(empty):
    upgrade(empty)
    with empty.app_context():
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": same_type})
            differences = compare_metadata(context, Model.metadata)
        db.engine.dispose()

    assert differences == []


def test_the_migrations_can_be_taken_back(empty):
    upgrade(empty)
    with empty.app_context():
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names())
        db.engine.dispose()

    assert left <= {"alembic_version"}


def test_the_migrations_let_the_database_guard_the_audit_log(empty):
    upgrade(empty)
    with empty.app_context():
        audit.note("text.change", None, edition=1)
        db.session.commit()
        with pytest.raises(DatabaseError, match="only appended to"):
            db.session.execute(text("DELETE FROM audit_entry"))
        db.session.remove()
        db.engine.dispose()


def test_whoever_writes_a_migration_has_the_commands_for_it(tmp_path, monkeypatch):
    monkeypatch.setenv("OFFICINE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("OFFICINE_LOG_LEVEL", "error")
    app = with_migrations()
    upgrade(app)

    answer = app.test_cli_runner().invoke(args=["db", "check"])

    assert answer.exit_code == 0, answer.output
