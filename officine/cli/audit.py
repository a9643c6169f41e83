"""Commands about the audit log."""

import sys

import click

from officine.cli.application import application


@click.group()
def audit() -> None:
    """Look after the log of what staff did."""


@audit.command()
def verify() -> None:
    """Walk along the chain; name the first row that was altered or taken away."""
    with application():
        from officine.core import audit as log
        from officine.core.clock import now
        from officine.core.db import db, reading

        with reading():
            verification = log.verify()
        log.keep(verification, now())
        db.session.commit()
    wrong = verification.wrong
    if wrong is None:
        click.echo(
            f"{verification.entries} entries hold; the last has the hash {verification.hash}."
        )
        return
    click.echo(f"{log.told(wrong)} The {verification.entries} entries before it hold.", err=True)
    sys.exit(1)
