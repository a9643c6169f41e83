"""The application, for commands that act inside it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from officine.core.config import ConfigError, Settings
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
