"""Other words for a post, and taking it back."""

from datetime import datetime

from sqlalchemy import select

from officine.blueprints.forum.commands.errors import AlreadyAnswered, PostGone
from officine.blueprints.forum.commands.holding import (
    change_words,
    come_back,
    forget_pending_edit,
    hold_edit,
)
from officine.blueprints.forum.commands.reading import discard_draft
from officine.blueprints.forum.commands.rows import has_changed
from officine.blueprints.forum.commands.useful import unmark_answer
from officine.blueprints.forum.commands.words import checked_text
from officine.blueprints.forum.events import (
    PostDeleted,
)
from officine.blueprints.forum.queries import (
    Written,
    answers_count,
    held_for_edit,
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
    Topic,
)
from officine.models.case import close_cases
from officine.models.post import lock_post, recount
from officine.models.wording import rendered, rewrite


def edit_post(
    post: Post, *, by: Member, text: str, at: datetime, language: str | None = None
) -> bool:
    """Change the words of a post; what they were is kept for its readers.

    Where something speaks for it, readers go on seeing the old words until an editor has read the
    new ones: False. A post that waits for an editor is changed in its place; one that was sent
    back waits for an editor from now on.
    """
    text = checked_text(text)
    lock_post(post)
    if post.deleted_at or not post.is_mendable:
        raise PostGone(post.id)
    if post.hiding is not None:
        _mend(post, by, text, language or post.language, at)
        return True
    if text != post.text:
        html, _people = rendered(text)
        written = Written(
            by, post.topic.group, text, html, language or post.language, at, post_id=post.id
        )
        if signals := held_for_edit(written, post):
            hold_edit(post, written, signals)
            discard_draft(by, "post", post.id)
            return False
    forget_pending_edit(post, at=at)
    change_words(post, text, language or post.language, by=by, at=at)
    discard_draft(by, "post", post.id)
    return True


def _mend(post: Post, by: Member, text: str, language: str, at: datetime) -> None:
    """Change a post that nobody else sees; no reader will see what it said."""
    if text != post.text:
        db.session.add(
            PostRevision(
                post_id=post.id, text=post.text, html=post.html, until=at, by_id=by.id,
                is_public=False,
            )
        )  # fmt: skip
        rewrite(post, text)
        post.edited_at = at if post.published_at else None
    post.language = language
    if post.opens:
        post.topic.language = language
    post.version += 1
    come_back(post, at=at)
    discard_draft(by, "post", post.id)


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
    close_cases("post", post.id, at=at)
    if post.number is None:
        # Nobody knew of it: nothing is counted, and nobody hears.
        post.version += 1
        return
    has_changed(post)
    mail.withdraw(f"post:{post.id}:", f"useful:{post.id}:")
    if post.opens:
        _close_with_topic(topic, at)
        if post.hiding is None:
            topic.group.topics_count = Group.topics_count - 1
    db.session.flush()
    recount(topic)
    record(PostDeleted(post.id))


def _close_with_topic(topic: Topic, at: datetime) -> None:
    """What waits about a topic that its author takes back waits no longer, nor what others had
    written in it that was never published.
    """
    close_cases("topic", topic.id, at=at)
    held = select(Post.id).where(Post.topic_id == topic.id, Post.number.is_(None))
    for post_id in db.session.scalars(held):
        close_cases("post", post_id, at=at)


def show_name(member_id: int) -> None:
    """Where others mentioned somebody, show their name with the way to their page while they are
    here; of who has left, or whose account is closed, only what was written.
    """
    named = select(Mention.post_id).where(Mention.member_id == member_id)
    for post in db.session.scalars(select(Post).where(Post.id.in_(named))):
        html, _people = rendered(post.text)
        if html != post.html:
            post.html = html
            has_changed(post)
    for revision in db.session.scalars(select(PostRevision).where(PostRevision.post_id.in_(named))):
        revision.html, _people = rendered(revision.text)
