"""Letting go of what nobody needs."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from officine.core.db import db
from officine.core.mail import Mail
from officine.models import Member, SignIn, Ticket

FORGOTTEN_AFTER = timedelta(days=90)
UNCONFIRMED_FOR = timedelta(days=30)
LETTERS_KEPT = timedelta(days=30)


def forget(*, at: datetime) -> None:
    """Let go of what nobody needs: accounts that were never confirmed, sessions that were
    abandoned, links that were spent, letters that were sent long ago.
    """
    db.session.execute(
        delete(Member).where(
            Member.confirmed_at.is_(None), Member.left_at.is_(None),
            Member.joined_at < at - UNCONFIRMED_FOR,
        )
    )  # fmt: skip
    db.session.execute(delete(SignIn).where(SignIn.seen_at < at - FORGOTTEN_AFTER))
    db.session.execute(delete(Ticket).where(Ticket.expires_at < at - UNCONFIRMED_FOR))
    db.session.execute(delete(Mail).where(Mail.sent_at < at - LETTERS_KEPT))
