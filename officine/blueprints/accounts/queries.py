"""Who is who."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Member, SignIn


def fingerprint(token: str) -> str:
    """What we keep of a secret token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_viewer(token: str) -> Member | None:
    """The member who is signed in with this session token, unless it was ended."""
    member = db.session.scalar(
        select(Member)
        .join(SignIn, SignIn.member_id == Member.id)
        .where(SignIn.token_hash == fingerprint(token), SignIn.ended_at.is_(None))
        .where(Member.left_at.is_(None))
        .options(joinedload(Member.company))
    )
    if member:
        member.session_token = token
    return member
