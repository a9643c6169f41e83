"""The pictures in posts: who gave each, and which posts show it."""

import re
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from officine.core.db import Model, db
from officine.models.post import Post

ADDRESS = re.compile(r"/files/(posts/[\w-]+\.webp)")


class Picture(Model):
    """A picture that a member gave, under its key in the store."""

    __tablename__ = "picture"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    kept_at: Mapped[datetime]


class PostPicture(Model):
    """That a post of the member who gave the picture shows it, or showed it before an edit. Where
    others quote the address, the picture is seen by whoever may see it in its author’s post.
    """

    __tablename__ = "post_picture"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(
        ForeignKey("picture.key", ondelete="CASCADE"), primary_key=True, index=True
    )


def pictures_in(text: str) -> set[str]:
    """The keys of the pictures that a text shows."""
    return set(ADDRESS.findall(text)) if "/files/posts/" in text else set()


def note_pictures(post: Post) -> None:
    """Know that a post shows what its text names."""
    named = pictures_in(post.text)
    if not named:
        return
    known = select(PostPicture.key).where(PostPicture.post_id == post.id)
    given = select(Picture.key).where(
        Picture.key.in_(named), Picture.kept_by_id == post.author_id, Picture.key.not_in(known)
    )
    db.session.add_all(PostPicture(post_id=post.id, key=key) for key in db.session.scalars(given))
