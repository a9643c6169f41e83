"""What the worker does for the forum after a page has gone out."""

from sqlalchemy import select, update

from officine.blueprints.accounts.events import AccountClosed
from officine.blueprints.desk.events import PostHidden, StandingChanged
from officine.blueprints.forum import commands
from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import jobs
from officine.models import Notification, Post
from officine.models.case import close_cases

ABOUT_POSTS = ("answer", "mention", "sos", "thanks", "useful")


@jobs.job
def mark_read(member_id: int, topic_id: int, number: int) -> None:
    """A member has seen a topic up to a post: what told of those posts is read as well."""
    commands.mark_read(member_id, topic_id, number, at=now())
    seen = select(Post.id).where(Post.topic_id == topic_id, Post.number <= number)
    db.session.execute(
        update(Notification)
        .where(Notification.member_id == member_id, Notification.topic_id == topic_id)
        .where(Notification.kind.in_(ABOUT_POSTS), Notification.read_at.is_(None))
        .where(Notification.post_id.in_(seen))
        .values(read_at=now())
        .execution_options(synchronize_session=False)
    )


@jobs.every(minute="*/5")
def ask_for_answers() -> None:
    """Topics that wait too long for an answer reach the editorial desk."""
    commands.ask_for_answers(at=now())


@jobs.every(minute="50", hour="3")
def forget_pictures() -> None:
    """Every night, let go of the pictures that nobody needs any more."""
    commands.forget_pictures(at=now())


def out_of_sight(event: PostHidden) -> None:
    """A post is out of sight: other words for it wait no longer, nor its topic for an answer."""
    post = db.session.get(Post, event.post_id)
    if post is None or post.hiding is None:
        return
    commands.forget_pending_edit(post, at=now())
    if post.opens:
        close_cases("topic", post.topic_id, at=now(), kinds=("sos", "unanswered"))


def show_name(event: AccountClosed | StandingChanged) -> None:
    """Somebody has left, or their account was closed or given back: posts name them while they
    are here.
    """
    commands.show_name(event.member_id)
