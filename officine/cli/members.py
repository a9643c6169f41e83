"""Commands about people."""

from typing import TYPE_CHECKING

import click

from officine.cli.application import Refused, application

if TYPE_CHECKING:
    from officine.models.member import Member


@click.command()
@click.argument("email")
def make_admin(email: str) -> None:
    """Make the member with this mail address an administrator."""
    with application():
        from officine.core.db import db

        name = promote(email).name
        db.session.commit()
    click.echo(f"{name} is an administrator.")


def promote(email: str) -> "Member":
    """Make an administrator of whoever has this address. Raises Refused if nobody has."""
    from sqlalchemy import select

    from officine.blueprints.accounts.commands import make_administrator, mark_confirmed
    from officine.core.clock import now
    from officine.core.db import db
    from officine.models.member import Member

    member = db.session.scalar(select(Member).where(Member.email == email.strip().lower()))
    if member is None:
        raise Refused(f"No member has the address {email}. Sign up first, then run this again.")
    # Whoever runs the server vouches for the address, perhaps before a letter can leave it.
    mark_confirmed(member, now())
    make_administrator(member)
    return member
