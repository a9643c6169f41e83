"""The application, for commands that act inside it."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from officine.core.config import ConfigError, Settings, env_name
from officine.setup.say import SetupError

if TYPE_CHECKING:
    from flask import Flask


class Refused(click.ClickException):
    """The command cannot do what it was asked; the message says why."""


class Commands(click.Group):
    """Commands that end with a sentence where a setting is wrong or something is missing."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (ConfigError, SetupError) as error:
            raise Refused(str(error)) from None
        except Exception as error:
            if not (whose := silent_service(error)):
                raise
            why = next(iter(str(getattr(error, "orig", error)).splitlines()), "no reason given")
            raise Refused(f"{whose} cannot be used: {why.rstrip('.')}.") from None


SERVICES = {
    ("sqlalchemy.exc", "OperationalError"): f"The database that {env_name('database_url')} names",
    ("psycopg", "OperationalError"): f"The queue that {env_name('jobs_url')} names",
    ("redis.exceptions", "RedisError"): (
        f"The Redis server that {env_name('jobs_url')} or {env_name('cache_url')} names"
    ),
}
"""What a service raises that does not answer, and which one it is."""


def silent_service(error: Exception) -> str | None:
    """Which service an error is about, in words; None where it is about something else."""
    for (module, name), whose in SERVICES.items():
        # Nobody raises what was never imported, and to import it all takes half a second.
        if module in sys.modules and isinstance(error, getattr(sys.modules[module], name)):
            return whose
    return None


@contextmanager
def application() -> Iterator["Flask"]:
    """The application, with its database at hand."""
    app = made_application()
    with app.app_context():
        yield app


def made_application() -> "Flask":
    """The application, which stays as long as the process: to look through what it is made of for
    garbage, again and again, takes a fifth of a start.
    """
    settings = Settings.load()
    gc.disable()
    try:
        # Imported here: it takes a second, which `--help` and the supervisor need not spend.
        from officine.app import create_app

        return create_app(settings)
    finally:
        gc.freeze()
        gc.enable()
