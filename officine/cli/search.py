"""Commands for the search index."""

import click

from officine.cli.application import application
from officine.setup.say import step


@click.command()
def reindex() -> None:
    """Build the search index anew from the database; the site goes on meanwhile."""
    # Imported here: `--help` needs neither the database nor Whoosh.
    from officine.core.index.keeping import rebuild

    with application(), step("Building the search index"):
        rebuild()
