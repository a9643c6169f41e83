"""Where a member is signed in, for them to take away."""

from typing import Any

from sqlalchemy import select

from officine.core.db import db
from officine.core.export import moment
from officine.models import Member, SignIn


def sessions(member: Member) -> list[dict[str, Any]]:
    """Their open sessions."""
    return [
        {"device": s.device, "started_at": moment(s.started_at), "seen_at": moment(s.seen_at)}
        for s in db.session.scalars(select(SignIn).filter_by(member_id=member.id))
    ]


PARTS = {"sessions": sessions}
