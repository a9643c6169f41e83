"""Commands about people."""

import click

from officine.cli.application import Refused, application


@click.command()
@click.argument("email")
def make_admin(email: str) -> None:
    """Make the member with this mail address an administrator."""
    from sqlalchemy import select

    with application():
        from officine.core.db import db
        from officine.models.member import Member

        member = db.session.scalar(select(Member).where(Member.email == email.strip().lower()))
        if member is None:
            raise Refused(f"No member has the address {email}. Sign up first, then run this again.")
        member.role = "administrator"
        db.session.commit()
        click.echo(f"{member.name} is an administrator.")
