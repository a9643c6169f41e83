"""The commands. Each file holds a group of them; what is heavy is imported when a command runs."""

import click

from officine.cli.assets import assets, locks
from officine.cli.check import check
from officine.cli.database import migrate, prepare, seed
from officine.cli.demo import demo
from officine.cli.doctor import doctor
from officine.cli.members import make_admin
from officine.cli.search import reindex
from officine.cli.serve import serve, web, work
from officine.cli.testing import test
from officine.cli.translations import translations


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="officine", message="%(version)s")
@click.pass_context
def officine(context: click.Context) -> None:
    """Officine, a professional community in Italian, English and Spanish.

    Without a command: the demo, at http://127.0.0.1:8000.
    """
    if context.invoked_subcommand is None:
        context.invoke(demo)


for command in (
    *(serve, web, work, prepare),
    *(migrate, seed, reindex, make_admin, doctor),
    *(test, check, assets, translations, locks),
):
    officine.add_command(command)
