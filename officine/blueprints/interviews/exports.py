"""What a member awaits of interviews, for them to take away."""

from typing import Any

from sqlalchemy import select

from officine.core.db import db
from officine.core.export import moment
from officine.models import Interest, Member


def followed_interviews(member: Member) -> list[dict[str, Any]]:
    """The subjects and people whose interviews they hear of."""
    return [
        {"about": interest.noun, "name": interest.name, "since": moment(interest.since)}
        for interest in db.session.scalars(select(Interest).filter_by(member_id=member.id))
    ]


PARTS = {"followed_interviews": followed_interviews}
