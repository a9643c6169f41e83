"""Commands for the database: bring it up to date, fill it with the demo."""

from typing import TYPE_CHECKING

import click

from officine.cli.application import application
from officine.core.config import ROOT
from officine.setup.say import step

if TYPE_CHECKING:
    from flask import Flask


@click.command()
def migrate() -> None:
    """Bring the database up to date. Safe to run again."""
    with application():
        bring_up_to_date()
    click.echo("The database is up to date.")


@click.command()
def seed() -> None:
    """Write the demo community into the database, unless it is there."""
    with application() as app:
        bring_up_to_date()
        seed_demo(app)


@click.command(hidden=True)
@click.option("--demo", is_flag=True, help="Write the demo community too.")
def prepare(demo: bool) -> None:
    """Make the data ready for a start."""
    with application() as app:
        bring_up_to_date()
        if demo:
            seed_demo(app)


def bring_up_to_date() -> None:
    """Apply the migrations that the database lacks."""
    from flask_migrate import upgrade

    if at_head():
        return
    with step("Bringing the database up to date"):
        upgrade(directory=str(ROOT / "migrations"))


def at_head() -> bool:
    """Whether the database has every migration."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from officine.core.db import db

    wanted = ScriptDirectory(str(ROOT / "migrations")).get_heads()
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    return set(present) == set(wanted)


def seed_demo(app: "Flask") -> None:
    """Write the demo community, once."""
    from officine.demo.seed import seed as write_demo

    write_demo(app)
