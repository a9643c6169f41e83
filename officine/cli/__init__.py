"""The commands. Each file holds a group of them; what is heavy is imported when a command runs."""

import click

from officine.cli.application import Commands
from officine.cli.assets import assets, locks
from officine.cli.audit import audit
from officine.cli.check import check
from officine.cli.database import migrate, prepare, seed
from officine.cli.demo import demo
from officine.cli.doctor import doctor
from officine.cli.members import make_admin
from officine.cli.receive import receive
from officine.cli.search import reindex
from officine.cli.serve import serve, web, work
from officine.cli.testing import test
from officine.cli.translations import translations
from officine.setup.place import CHECKOUT


def version() -> str:
    """Which Officine this is: as installed, or as the checkout says."""
    import tomllib
    from importlib import metadata

    try:
        return metadata.version("officine")
    except metadata.PackageNotFoundError:
        project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option("--version", "asks_version", is_flag=True, help="Say which Officine this is.")
@click.pass_context
def officine(context: click.Context, asks_version: bool) -> None:
    """Officine, a professional community in Italian, English and Spanish.

    Without a command: the demo, at http://127.0.0.1:8000.
    """
    if asks_version:
        click.echo(version())
    elif context.invoked_subcommand is None:
        context.invoke(demo)


for command in (
    *(serve, web, work, prepare),
    *(migrate, seed, reindex, make_admin, receive, audit, doctor),
    *(test, check, assets, translations, locks),
):
    officine.add_command(command)
