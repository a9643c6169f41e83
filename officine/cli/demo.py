"""The command without a name: the demo, ready to be looked at."""

import os
import sys

import click

from officine.cli.application import Refused
from officine.cli.serve import run_site
from officine.core.config import ConfigError, Settings


@click.command(hidden=True)
def demo() -> None:
    """Serve the site with the demo community in it."""
    environ = {"OFFICINE_DEMO": "yes", **os.environ}
    try:
        chosen = Settings.load(environ)
    except ConfigError as error:
        raise Refused(str(error)) from None
    sys.exit(run_site(chosen, environ, demo=chosen.demo))
