"""How a decision about a post begins: with its topic held, and its reports open."""

from collections.abc import Sequence

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided, OwnPost
from officine.models import Member, Post, Report
from officine.models.post import lock_post


def begin_with_post(post: Post, by: Member, reports: Sequence[int] = ()) -> list[Report]:
    """The open reports of a post, with its topic locked; or why nothing can be decided."""
    if post.author_id == by.id:
        raise OwnPost(post.id)
    lock_post(post)
    if post.deleted_at:
        raise AlreadyDecided(None)
    if answered := queries.answered_among(reports):
        raise AlreadyDecided(answered)
    return queries.open_reports(post.id)
