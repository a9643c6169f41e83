"""What tests of accounts share: a good password, a sign-up, the link of a letter."""

from typing import Any

from officine.core import passwords
from officine.core.db import db
from officine.models import Member
from tests.outbound import Outbound, link_in

PASSWORD = "quattro telai cantano piano"
OTHER_PASSWORD = "cinque navette tacciono forte"


def with_password(member: Member, password: str = PASSWORD) -> Member:
    """A member of the cast who can sign in."""
    member.password_hash = passwords.hash_password(password)
    db.session.commit()
    return member


def joining(**changed: Any) -> dict[str, Any]:
    """What somebody types to join."""
    return {
        "name": "Ada Verdi",
        "email": "ada@example.org",
        "password": PASSWORD,
        "kind": "entrepreneur",
        "reads": ["it", "en"],
        "consent": "y",
    } | changed


def letter_link(outbound: Outbound, address: str, containing: str) -> str:
    """The link in the newest letter to an address."""
    return link_in(outbound.to(address)[-1], containing)
