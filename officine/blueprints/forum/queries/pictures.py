"""Who may see a picture: whoever may read the post that shows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from officine.blueprints.forum.queries.posts import find_post
from officine.core.db import db
from officine.models import (
    Case,
    Decision,
    Draft,
    PendingEdit,
    Picture,
    Post,
    PostPicture,
    RefusedEdit,
)


def may_see_picture(key: str, viewer: Any) -> bool:
    """Whether a picture is the viewer’s to see, at this moment.

    Readers see it while a post that they may read shows it. Its author sees it also before, and
    while the post is hidden and an appeal may speak of it; what was removed only the desk sees.
    """
    picture = db.session.get(Picture, key)
    if picture is None:
        return False
    if viewer.is_staff:
        return True
    places = select(Post).join(PostPicture, PostPicture.post_id == Post.id)
    posts = db.session.scalars(places.where(PostPicture.key == key)).all()
    if viewer.id == picture.kept_by_id:
        return not any(post.is_removed for post in posts)
    return any(_shows(post, key) and find_post(post.id, viewer) for post in posts)


def _shows(post: Post, key: str) -> bool:
    """What an edit took out of a post is seen no more, though its history tells of it."""
    return post.is_readable and key in post.html


def pictures_nobody_needs(
    at: datetime, unused_since: datetime, gone_since: datetime
) -> Sequence[str]:
    """The pictures that were given and never used, and those of posts that their authors took
    back long ago, unless the desk still has to do with them or an appeal is possible.
    """
    open_case = select(Case.id).where(
        Case.subject == "post", Case.subject_id == Post.id, Case.closed_at.is_(None)
    )
    appealable = select(Decision.id).where(
        Decision.post_id == Post.id, Decision.appealable_until > at
    )
    needed = (
        select(PostPicture.key)
        .join(Post, Post.id == PostPicture.post_id)
        .where(
            or_(
                Post.deleted_at.is_(None),
                Post.deleted_at > gone_since,
                open_case.exists(),
                appealable.exists(),
            )
        )
    )
    is_used = select(PostPicture.key).where(PostPicture.key == Picture.key).exists()
    is_begun = [
        select(table.text).where(table.text.contains(Picture.key)).exists()
        for table in (Draft, PendingEdit, RefusedEdit)
    ]
    unused = and_(~is_used, Picture.kept_at < unused_since, ~or_(*is_begun))
    taken_back = and_(is_used, Picture.key.not_in(needed))
    return db.session.scalars(select(Picture.key).where(or_(unused, taken_back))).all()
