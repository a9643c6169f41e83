"""What the worker does for the forum after a page has gone out."""

from sqlalchemy import select, update

from officine.blueprints.accounts.events import AccountClosed
from officine.blueprints.forum import commands
from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import jobs
from officine.models import Notification, Post

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


def forget_name(event: AccountClosed) -> None:
    """Somebody has left: no post names them any more."""
    commands.forget_name(event.member_id)
