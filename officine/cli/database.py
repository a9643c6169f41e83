"""Commands for the database: bring it up to date, fill it with the demo."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from officine.cli.application import application, made_application
from officine.core.config import MIGRATIONS, Settings, file_path
from officine.setup.say import step

if TYPE_CHECKING:
    from flask import Flask


@click.command()
def migrate() -> None:
    """Bring the database up to date. Safe to run again."""
    with application() as app:
        bring_up_to_date(app)
    click.echo("The database is up to date.")


@click.command()
def seed() -> None:
    """Write the demo community into the database, unless it is there."""
    with application() as app:
        bring_up_to_date(app)
        seed_demo(app)


@click.command(hidden=True)
@click.option("--demo", is_flag=True, help="Write the demo community too.")
def prepare(demo: bool) -> None:
    """Make the data ready for a start."""
    with application() as app:
        bring_up_to_date(app)
        if demo:
            seed_demo(app)


def is_prepared(settings: Settings, *, demo: bool) -> bool:
    """Whether a look without the application is enough to know that there is nothing to do."""
    path = file_path(settings.database_url)
    if path is None or not path.is_file():
        return False
    if demo and not _demo_mark(settings).exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error:
        return False
    return {row[0] for row in rows} == _heads()


def _heads() -> set[str]:
    """The migrations that no other one follows, read without running them."""
    here: set[str] = set()
    before: set[str] = set()
    for path in MIGRATIONS.glob("versions/*.py"):
        text = path.read_text(encoding="utf-8")
        for found, name in ((here, "revision"), (before, "down_revision")):
            line = re.search(rf"^{name}\b[^=\n]*=(.*)$", text, re.MULTILINE)
            found.update(re.findall(r"[\"'](\w+)[\"']", line[1]) if line else ())
    return here - before


def _demo_mark(settings: Settings) -> Path:
    return settings.data_dir / "demo"


def bring_up_to_date(app: "Flask") -> None:
    """Apply the migrations and put in the first texts that the database lacks."""
    from officine.core.migrations import is_at_head, upgrade

    if not is_at_head():
        with step("Bringing the database up to date"):
            upgrade(app)
    put_texts_in()


def with_migrations() -> "Flask":
    """The application with Flask-Migrate’s commands, for whoever writes a migration:
    `flask --app officine.cli.database:with_migrations db revision --autogenerate`.
    """
    from officine.core.migrations import migrations

    app = made_application()
    migrations.init_app(app)
    return app


def put_texts_in() -> None:
    """Give each text of the team that comes with the software its first edition."""
    from officine.blueprints.texts.commands import put_first_editions
    from officine.core.clock import now
    from officine.core.db import db

    put_first_editions(at=now())
    db.session.commit()


def seed_demo(app: "Flask") -> None:
    """Write the demo community, once."""
    from officine.demo.seed import seed as write_demo

    write_demo(app)
    _demo_mark(app.extensions["officine.settings"]).touch()
