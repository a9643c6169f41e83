"""Approving a post that waited for an editor."""

from datetime import datetime
from typing import Unpack

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided
from officine.blueprints.desk.commands.locking import begin_with_post
from officine.blueprints.desk.commands.posts import bring_back
from officine.blueprints.desk.events import Decided, PostShown
from officine.core.db import db
from officine.core.outbox import record
from officine.models import Decision, Hiding, Member, Post
from officine.models.case import close_cases
from officine.models.decision import Grounds, decide
from officine.models.post import WAITING


def approve_post(
    post: Post, *, by: Member, at: datetime, facts: str = "", **grounds: Unpack[Grounds]
) -> Decision:
    """Let readers see a post that was held, or that its author has mended. One that they had seen
    before stands where it stood; a new one is the newest of its topic.
    """
    begin_with_post(post, by)
    hiding = db.session.get(Hiding, post.id, populate_existing=True)
    if hiding is None or hiding.measure not in WAITING:
        raise AlreadyDecided(queries.last_decision_on(post.id))
    was_seen = not post.is_held
    grounds["reverses"] = hiding.decision
    decision = decide(
        "approve", by=by, at=at, rule=hiding.decision.rule, facts=facts,
        affected_id=post.author_id, post_id=post.id, topic_id=post.topic_id,
        group_id=post.topic.group_id, **grounds,
    )  # fmt: skip
    bring_back(post, hiding, at)
    close_cases("post", post.id, at=at, decision=decision, kinds=("held",))
    if was_seen:
        record(PostShown(post.id, decision.id))
    record(Decided(decision.id))
    return decision
