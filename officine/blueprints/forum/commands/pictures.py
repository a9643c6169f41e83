"""Pictures for posts: given, and let go of."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from officine.blueprints.forum.queries import pictures_nobody_needs
from officine.core import storage
from officine.core.db import db
from officine.models import Member, Picture

UNUSED_FOR = timedelta(days=7)
"""How long a picture waits that no text shows: somebody may still be writing."""
GONE_FOR = timedelta(days=30)
"""How long the picture of a post is kept that its author took back."""


def keep_picture(key: str, *, by: Member, at: datetime) -> None:
    """Know who gave a picture: they alone see it until a post of theirs shows it."""
    db.session.add(Picture(key=key, kept_by_id=by.id, kept_at=at))


def forget_pictures(*, at: datetime) -> None:
    """Let go of the pictures that nobody needs any more."""
    for key in pictures_nobody_needs(at, at - UNUSED_FOR, at - GONE_FOR):
        db.session.execute(delete(Picture).where(Picture.key == key))
        storage.delete(key)
