"""Commands for the search index."""

import click

from officine.cli.application import application
from officine.setup.say import step


@click.command()
def reindex() -> None:
    """Build the search index anew from the database; the site goes on meanwhile."""
    with application() as app, step("Building the search index"):
        app.extensions["officine.index"].rebuild()
