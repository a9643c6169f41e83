"""What became of a topic by a decision: slowed, or its posts elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from officine.blueprints.forum.queries.reading import find_topic
from officine.core.db import db
from officine.models import Member, Membership, MergedTopic, Post, Rearrangement, Topic


def again_at(topic: Topic, member: Member, at: datetime) -> datetime | None:
    """When somebody may write again in a topic that was slowed down; None where they may now.
    Hosts and the editorial team do not wait: they calm the others.
    """
    slowing = topic.slowing
    if slowing is None or not slowing.holds(at) or member.is_staff:
        return None
    last = db.session.scalar(
        select(func.max(Post.written_at)).where(
            Post.topic_id == topic.id, Post.author_id == member.id
        )
    )
    if last is None:
        return None
    again = min(last + timedelta(minutes=slowing.minutes), slowing.until)
    if again <= at:
        return None
    membership = db.session.get(Membership, (topic.group_id, member.id))
    return None if membership is not None and membership.is_host else again


@dataclass(frozen=True, slots=True)
class Departure:
    """Some posts of a topic that are one of their own now."""

    count: int
    topic: Topic
    at: datetime


def departures_from(topic: Topic, viewer: Any) -> list[Departure]:
    """Where posts of a topic went that were split off, as far as the viewer may read there."""
    if not topic.is_parted:
        return []
    found = []
    for change in db.session.scalars(
        select(Rearrangement)
        .where(
            Rearrangement.topic_id == topic.id,
            Rearrangement.measure == "split",
            Rearrangement.undone_at.is_(None),
        )
        .order_by(Rearrangement.decision_id)
    ):
        there = find_topic(present_place(change.other_id or 0), viewer)
        if there is not None:
            found.append(Departure(len(change.posts), there, change.decision.at))
    return found


def present_place(topic_id: int) -> int:
    """The number of the topic that a topic is part of by now; its own where it still stands."""
    seen = set()
    while topic_id not in seen:
        seen.add(topic_id)
        topic_id = (
            db.session.scalar(select(MergedTopic.into_id).where(MergedTopic.topic_id == topic_id))
            or topic_id
        )
    return topic_id


def first_merged_post(topic_id: int, viewer: Any) -> Post | None:
    """The first post of a topic that was merged into another, if the viewer may read it there."""
    into = present_place(topic_id)
    if into == topic_id or find_topic(into, viewer) is None:
        return None
    change = db.session.scalar(
        select(Rearrangement)
        .where(
            (Rearrangement.topic_id == topic_id) & (Rearrangement.measure == "merge")
            | (Rearrangement.other_id == topic_id) & (Rearrangement.measure == "split"),
        )
        .order_by(Rearrangement.decision_id.desc())
        .limit(1)
    )
    posts = select(Post).where(Post.topic_id == into, Post.number.is_not(None))
    if change is not None:
        among = db.session.scalar(
            posts.where(Post.id.in_(change.posts)).order_by(Post.number).limit(1)
        )
        if among is not None:
            return among
    return db.session.scalar(posts.order_by(Post.number).limit(1))
