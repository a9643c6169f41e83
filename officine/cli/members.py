"""Commands about people."""

import click

from officine.cli.application import Refused, application


@click.command()
@click.argument("email")
def make_admin(email: str) -> None:
    """Make the member with this mail address an administrator."""
    with application():
        from officine.blueprints.accounts.commands import make_administrator
        from officine.blueprints.accounts.queries import find_member_by_address
        from officine.core.db import db
        from officine.core.fields import address_of

        member = find_member_by_address(address_of(email) or "")
        if member is None:
            raise Refused(f"No member has the address {email}. Sign up first, then run this again.")
        make_administrator(member)
        db.session.commit()
        click.echo(f"{member.name} is an administrator.")
