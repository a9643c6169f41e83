"""The application, for commands that act inside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from officine.core.config import ConfigError, Settings

if TYPE_CHECKING:
    from flask import Flask


class Refused(click.ClickException):
    """The command cannot do what it was asked; the message says why."""


def settings() -> Settings:
    """The settings, or an end with the sentence that says which of them cannot be."""
    try:
        return Settings.load()
    except ConfigError as error:
        raise Refused(str(error)) from None


@contextmanager
def application() -> Iterator["Flask"]:
    """The application, with its database at hand."""
    chosen = settings()
    # Imported here: it takes half a second, which `--help` and the supervisor need not spend.
    from officine.app import create_app

    app = create_app(chosen)
    with app.app_context():
        yield app
