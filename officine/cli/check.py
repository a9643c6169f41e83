"""The command that says whether a change may go in, tests apart."""

import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import click

from officine.cli.assets import refuse_outside_checkout, run_here
from officine.cli.translations import faults
from officine.setup.packages import BIN, PYTHON


@click.command()
@click.option("--fix", is_flag=True, help="Mend format and lint where a tool can.")
def check(fix: bool) -> None:
    """Check format, lint, types, imports, translations and docs, as CI does besides the tests."""
    refuse_outside_checkout()
    if fix:
        run_here(BIN / "ruff", "check", "--fix", "--quiet")
        run_here(BIN / "ruff", "format", "--quiet")
    failed = [name for name, holds in CHECKS.items() if not _told(name, holds)]
    if failed:
        click.secho(f"Not yet: {', '.join(failed)}.", fg="red", bold=True)
        sys.exit(1)
    click.secho("Everything holds.", fg="green", bold=True)


def _told(name: str, holds: Callable[[], bool]) -> bool:
    click.secho(f"{name} …", bold=True)
    begun = time.monotonic()
    good = holds()
    verdict = click.style("holds", fg="green") if good else click.style("does not hold", fg="red")
    click.echo(f"{name} {verdict} ({time.monotonic() - begun:.1f} s)\n")
    return good


def _format() -> bool:
    return run_here(BIN / "ruff", "format", "--check", "--quiet") == 0


def _lint() -> bool:
    return run_here(BIN / "ruff", "check", "--quiet") == 0


def _types() -> bool:
    return run_here(BIN / "mypy", "--no-error-summary") == 0


def _templates() -> bool:
    return run_here(BIN / "djlint", "templates", "--lint", "--quiet") == 0


def _structure() -> bool:
    """Which way imports go, what guards a route, what the docs name: tests of the repository."""
    xdist = ["-p", "no:xdist"] if find_spec("xdist") else []
    quiet = ["-q", "--no-header", "-p", "no:playwright", *xdist]
    return (
        run_here(PYTHON, "-m", "pytest", *quiet, "tests/architecture", "tests/cli/test_docs.py")
        == 0
    )


def _translations() -> bool:
    found = faults()
    for fault in found[:40]:
        click.echo(f"  {fault}")
    if len(found) > 40:
        click.echo(f"  … and {len(found) - 40} more")
    return not found


CHECKS: dict[str, Callable[[], bool]] = {
    "Format": _format,
    "Lint": _lint,
    "Templates": _templates,
    "Translations": _translations,
    "Types": _types,
    "Imports and docs": _structure,
}
