"""The command without a name: the demo, ready to be looked at."""

import os
import sys

import click

from officine.cli.serve import run_site
from officine.core.config import Settings


@click.command(hidden=True)
def demo() -> None:
    """Serve the site with the demo community in it."""
    environ = {"OFFICINE_DEMO": "yes", **os.environ}
    chosen = Settings.load(environ)
    sys.exit(run_site(chosen, environ, demo=chosen.demo))
