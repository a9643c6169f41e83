"""Migrations: the steps from one shape of the database to the next.

Apart from `core.db`, because what reads and runs them takes a tenth of a start to import, and only
the commands that bring a database up to date need it.
"""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate
from flask_migrate import upgrade as apply

from officine.core.config import MIGRATIONS
from officine.core.db import db

migrations = Migrate(db=db, directory=str(MIGRATIONS))


def upgrade(app: Flask) -> None:
    """Apply the migrations that the application’s database lacks. Safe to run again."""
    migrations.init_app(app)
    with app.app_context():
        apply()


def is_at_head() -> bool:
    """Whether the database has every migration."""
    wanted = ScriptDirectory(str(MIGRATIONS)).get_heads()
    try:
        present = MigrationContext.configure(db.session.connection()).get_current_heads()
    finally:
        db.session.rollback()  # lets go of the database, which the migrations will want
    return set(present) == set(wanted)
