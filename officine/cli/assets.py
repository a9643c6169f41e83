"""Commands that make what is fetched or built: assets, lock files."""

import subprocess
from pathlib import Path

import click

from officine.cli.application import Refused
from officine.setup.packages import BIN
from officine.setup.place import CHECKOUT, LOCKS, in_checkout
from officine.setup.say import run, step


@click.command()
def assets() -> None:
    """Build scripts, styles, fonts and icons into static/dist/, if they changed."""
    from officine.setup import assets as building

    refuse_outside_checkout()
    building.build()
    click.echo("The assets are built.")


@click.command()
@click.option(
    "--upgrade", is_flag=True, help="Take the newest versions that pyproject.toml allows."
)
def locks(upgrade: bool) -> None:
    """Write the lock files anew from pyproject.toml."""
    refuse_outside_checkout()
    project, run_lock = CHECKOUT / "pyproject.toml", LOCKS / "run.txt"
    with step("Locking the packages"):
        _lock(run_lock, project, upgrade=upgrade)
        _lock(LOCKS / "test.txt", project, "--group=test", f"-c={run_lock}", upgrade=upgrade)
        for name in ("uv", "node"):
            _lock(LOCKS / f"{name}.txt", LOCKS / f"{name}.in", upgrade=upgrade)


def refuse_outside_checkout() -> None:
    """Some commands make what an installed package already holds."""
    if not in_checkout():
        raise Refused("This command is for a checkout of Officine; an installed one is complete.")


def _lock(lock: Path, source: Path, *options: str, upgrade: bool) -> None:
    # No address of a registry: each machine fetches from wherever it fetches, and the hashes
    # make sure that it is the same.
    plain = ["--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
    run(
        [BIN / "uv", "pip", "compile", "--universal", "--python-version=3.11", "--generate-hashes"]
        + [*plain, *options, *(["--upgrade"] if upgrade else []), source, "-o", lock],
        otherwise=f"{lock.name} could not be locked.",
    )


def run_here(*arguments: object) -> int:
    """Run a program in the checkout, its words going to the terminal, and return its code."""
    return subprocess.run([str(word) for word in arguments], cwd=CHECKOUT).returncode
