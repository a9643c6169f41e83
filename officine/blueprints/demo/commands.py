"""What the demonstration adds to the community."""

from datetime import datetime

from officine.blueprints.accounts.events import MemberConfirmed
from officine.blueprints.demo.queries import NEWCOMER_HANDLE
from officine.core.db import db
from officine.core.outbox import record
from officine.models import Member


def welcome_newcomer(*, language: str, at: datetime) -> Member:
    """Somebody who has just joined and belongs to no group yet."""
    newcomer = Member(
        handle=NEWCOMER_HANDLE,
        name="Nadia Ferro",
        email=f"{NEWCOMER_HANDLE}@example.org",
        password_hash="!",
        kind="entrepreneur",
        interface_language=language,
        reads=(language,),
        profile_language=language,
        joined_at=at,
        consented_at=at,
        confirmed_at=at,
        shown_to={},
    )
    db.session.add(newcomer)
    db.session.flush()
    record(MemberConfirmed(newcomer.id))
    return newcomer
