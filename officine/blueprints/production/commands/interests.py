"""Hearing of what is published about a person, a company or a sector."""

from datetime import datetime

from officine.core.db import db
from officine.models import Interest, Member


def follow(noun: str, name: str, *, by: Member, at: datetime) -> None:
    """Hear of it from now on."""
    if db.session.get(Interest, (by.id, noun, name)) is None:
        db.session.add(Interest(member_id=by.id, noun=noun, name=name, since=at))
        db.session.flush()


def unfollow(noun: str, name: str, *, by: Member) -> None:
    """Hear no more of it."""
    interest = db.session.get(Interest, (by.id, noun, name))
    if interest is not None:
        db.session.delete(interest)
        db.session.flush()
