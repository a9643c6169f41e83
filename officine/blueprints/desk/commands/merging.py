"""Making one topic of two."""

from bisect import bisect_right
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import delete

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided, CannotMerge
from officine.blueprints.desk.commands.moving import forbid_publishing
from officine.blueprints.desk.commands.places import (
    Place,
    by_time,
    carry_answer,
    carry_drafts,
    copy_followers,
    count_topic,
    forget_what_was_read,
    held_in,
    hold_rows,
    is_counted,
    join_marks,
    marks_of,
    narrows,
    numbered,
    places_in,
    put_held,
    put_posts,
    take_along,
    withdraw_letters,
)
from officine.blueprints.desk.events import Decided
from officine.blueprints.forum.events import TopicChanged
from officine.core.db import db
from officine.core.outbox import record
from officine.models import (
    Decision,
    Follow,
    Highlight,
    Member,
    MergedTopic,
    ReadMark,
    Rearrangement,
    Topic,
)
from officine.models.case import close_cases
from officine.models.decision import Grounds, decide
from officine.models.post import recount, recount_group


def merge_topics(
    topic: Topic,
    *,
    into: Topic,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    publishes: bool = False,
    **grounds: Unpack[Grounds],
) -> Decision:
    """Put all posts of a topic into another, by their time; the address of the first leads to
    where its first post stands. What opened the other topic still opens it.

    Raises CannotMerge for one and the same topic, or one that still waits for an editor;
    AlreadyDecided where a colleague merged one of them meanwhile; and WouldPublish.
    """
    if topic.id == into.id:
        raise CannotMerge(topic.id)
    hold_rows([topic.id, into.id], [topic.group_id, into.group_id])
    going, there = places_in(topic), places_in(into)
    if not going or not there:
        earlier = queries.last_rearrangement_of(topic.id if not going else into.id)
        raise AlreadyDecided(earlier) if earlier else CannotMerge(topic.id)
    forbid_publishing(topic.group, into.group, by=by, confirmed=publishes)
    decision = decide(
        "merge", by=by, at=at, rule=rule, facts=facts, affected_id=topic.author_id,
        topic_id=into.id, group_id=topic.group_id, **grounds,
    )  # fmt: skip
    before = {
        "numbers": {str(place.post_id): place.number for place in going},
        "marks": {str(mark.member_id): mark.number for mark in marks_of(into).values()},
        "held": held_in(topic),
    }
    before |= gather(topic, into, {})
    close_cases("topic", topic.id, at=at, decision=decision)
    db.session.add_all(
        [
            Rearrangement(
                decision_id=decision.id, measure="merge", topic_id=topic.id, other_id=into.id,
                group_id=topic.group_id, posts=[place.post_id for place in going], before=before,
            ),
            MergedTopic(topic_id=topic.id, into_id=into.id, decision_id=decision.id),
        ]
    )  # fmt: skip
    record(TopicChanged(into.id))
    record(Decided(decision.id))
    return decision


def undo_merge(decision: Decision, *, at: datetime) -> None:
    """Give a topic back the posts that a decision put into another. What was written in the
    other since stays there.
    """
    change = db.session.get(Rearrangement, decision.id)
    if change is None or change.undone_at or change.other is None:
        return
    topic, into = change.topic, change.other
    hold_rows([topic.id, into.id], [topic.group_id, into.group_id])
    change.undone_at = at
    numbers = {int(post_id): number for post_id, number in change.before["numbers"].items()}
    places = places_in(into)
    held = change.before.get("held", [])
    # What waited then and was published since was written here: it stands here, as the newest.
    latest = max(numbers.values())
    published = [place.post_id for place in places if place.post_id in held]
    numbers |= {post_id: latest + each for each, post_id in enumerate(published, start=1)}
    going = [place for place in places if place.post_id in numbers]
    staying = [place for place in places if place.post_id not in numbers]
    if not going or not staying:
        return
    marks = marks_of(into)
    _count_read(marks, staying, change.before["marks"])
    put_posts(topic, [Place(place.post_id, numbers[place.post_id]) for place in going])
    put_posts(into, numbered(place.post_id for place in staying))
    put_held(topic, held)
    into.last_number = len(staying)
    topic.last_number = max(numbers[place.post_id] for place in going)
    if change.before.get("answer") and into.answer and into.answer.post_id in numbers:
        carry_answer(into, topic)
    new = change.before.get("followers", [])
    db.session.execute(delete(Follow).where(Follow.topic_id == into.id, Follow.member_id.in_(new)))
    take_along(into, topic, [*(place.post_id for place in going), *held])
    db.session.execute(delete(MergedTopic).where(MergedTopic.topic_id == topic.id))
    forget_what_was_read()
    if is_counted(topic):
        count_topic(topic.group, 1)
    recount(into)
    recount(topic)
    record(TopicChanged(into.id))
    record(TopicChanged(topic.id))


def gather(source: Topic, target: Topic, order: dict[int, int]) -> dict[str, Any]:
    """Put all posts of one topic into another. Those that ``order`` knows stand as it says,
    before the others, which stand by their time; what opens the target goes on opening it. Gives
    what else was different.
    """
    going, there = places_in(source), places_in(target)
    opening = there[0].post_id
    old = {place.post_id: (source.id, place.number) for place in going} | {
        place.post_id: (target.id, place.number) for place in there
    }
    by_their_time = {post_id: place for place, post_id in enumerate(by_time(old))}
    latest = max(order.values(), default=0) + 1
    sequence = sorted(
        old,
        key=lambda it: (it != opening, order.get(it, latest), by_their_time[it]),
    )
    counted = is_counted(source)
    join_marks(source, target, sequence, old)
    before = {"answer": carry_answer(source, target), "followers": copy_followers(source, target)}
    db.session.flush()
    if narrows(source.group, target.group):
        withdraw_letters(place.post_id for place in going)
    put_posts(target, numbered(sequence))
    put_held(target, held_in(source))
    target.last_number = len(sequence)
    source.last_number = 0
    carry_drafts(source, target)
    take_along(source, target)
    _no_longer_suggested(source)
    forget_what_was_read()
    if counted:
        count_topic(source.group, -1)
    source.posts_count = 0
    source.version += 1
    recount(target)
    recount_group(source.group)
    return before


def _no_longer_suggested(topic: Topic) -> None:
    highlight = db.session.get(Highlight, topic.id)
    if highlight is not None:
        db.session.delete(highlight)


def _count_read(marks: dict[int, ReadMark], staying: list[Place], earlier: dict[str, int]) -> None:
    """Who had read so far has read as much of what stays, and what they had read before."""
    numbers = [place.number for place in staying]
    for member_id, mark in marks.items():
        seen = bisect_right(numbers, mark.number)
        mark.number = max(seen, earlier.get(str(member_id), 0))
