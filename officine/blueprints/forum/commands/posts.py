"""Other words for a post, and taking it back."""

from datetime import datetime

from sqlalchemy import select

from officine.blueprints.forum.commands.errors import AlreadyAnswered, PostGone
from officine.blueprints.forum.commands.reading import discard_draft
from officine.blueprints.forum.commands.rows import has_changed, lock_post
from officine.blueprints.forum.commands.useful import unmark_answer
from officine.blueprints.forum.commands.words import checked_text, rendered, rewrite
from officine.blueprints.forum.events import (
    PostDeleted,
    PostEdited,
)
from officine.blueprints.forum.queries import (
    answers_count,
)
from officine.core import mail
from officine.core.db import db
from officine.core.outbox import record
from officine.models import (
    Group,
    Member,
    Mention,
    Post,
    PostRevision,
)
from officine.models.case import close_cases
from officine.models.post import recount


def edit_post(
    post: Post, *, by: Member, text: str, at: datetime, language: str | None = None
) -> None:
    """Change the words of a post; what they were is kept for its readers."""
    text = checked_text(text)
    lock_post(post)
    if not post.is_readable:
        raise PostGone(post.id)
    if language and language != post.language:
        post.language = language
        if post.opens:
            post.topic.language = language
        has_changed(post)
        record(PostEdited(post.id))
    if text == post.text:
        discard_draft(by, "post", post.id)
        return
    db.session.add(
        PostRevision(post_id=post.id, text=post.text, html=post.html, until=at, by_id=by.id)
    )
    rewrite(post, text)
    post.edited_at = at
    has_changed(post)
    discard_draft(by, "post", post.id)
    record(PostEdited(post.id))


def delete_post(post: Post, *, by: Member, at: datetime) -> None:
    """Take a post back: its words go, its place stays. With the opening post goes the topic, but
    only while nobody has answered; otherwise AlreadyAnswered.
    """
    topic = post.topic
    lock_post(post)
    if post.deleted_at:
        return
    if post.opens and answers_count(topic):
        raise AlreadyAnswered(topic.id)
    if topic.answer and topic.answer.post_id == post.id:
        unmark_answer(topic, by=by, at=at)
    post.deleted_at = at
    has_changed(post)
    mail.withdraw(f"post:{post.id}:", f"useful:{post.id}:")
    close_cases("post", post.id, at=at)
    if post.opens:
        topic.group.topics_count = Group.topics_count - 1
    db.session.flush()
    recount(topic)
    record(PostDeleted(post.id))


def forget_name(member_id: int) -> None:
    """Show no more the name of somebody who has left where others mentioned them."""
    named = select(Mention.post_id).where(Mention.member_id == member_id)
    for post in db.session.scalars(select(Post).where(Post.id.in_(named))):
        post.html, _people = rendered(post.text)
        has_changed(post)
    for revision in db.session.scalars(select(PostRevision).where(PostRevision.post_id.in_(named))):
        revision.html, _people = rendered(revision.text)
