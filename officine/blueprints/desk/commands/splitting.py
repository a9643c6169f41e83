"""Making a topic of its own of some posts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import select

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided, CannotSplit
from officine.blueprints.desk.commands.merging import gather
from officine.blueprints.desk.commands.places import (
    carry_answer,
    copy_followers,
    count_topic,
    forget_what_was_read,
    hold_rows,
    is_counted,
    marks_of,
    numbered,
    part_marks,
    places_in,
    put_posts,
    take_along,
)
from officine.blueprints.desk.events import Decided, TopicSplit
from officine.blueprints.forum.events import TopicChanged
from officine.core.db import db
from officine.core.outbox import record
from officine.lib.slugs import slugify
from officine.lib.text import clean_line
from officine.models import (
    Answer,
    Decision,
    Follow,
    Member,
    MergedTopic,
    Post,
    Rearrangement,
    Topic,
)
from officine.models.decision import Grounds, decide
from officine.models.post import recount


def split_topic(
    topic: Topic,
    *,
    posts: Collection[int],
    title: str,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    **grounds: Unpack[Grounds],
) -> Decision:
    """Let some posts of a topic be a topic of their own, which the first of them opens.

    The address of each leads to its new place. Raises CannotSplit where the posts cannot be a
    topic, AlreadyDecided where a colleague took some of them away meanwhile.
    """
    title = clean_line(title)
    hold_rows([topic.id], [topic.group_id])
    places = places_in(topic)
    going = [place for place in places if place.post_id in posts]
    if len(going) < len(set(posts)):
        raise AlreadyDecided(queries.last_rearrangement_of(topic.id))
    if not title or not going or going[0].number == 1:
        raise CannotSplit(topic.id)
    first = db.session.get_one(Post, going[0].post_id, populate_existing=True)
    if not first.is_readable:
        raise CannotSplit(topic.id)

    decision = decide(
        "split", by=by, at=at, rule=rule, facts=facts, affected_id=topic.author_id,
        topic_id=topic.id, group_id=topic.group_id, **grounds,
    )  # fmt: skip
    new = _topic_of(first, title)
    before = _part(topic, new, [place.post_id for place in going])
    db.session.add(
        Rearrangement(
            decision_id=decision.id, measure="split", topic_id=topic.id, other_id=new.id,
            group_id=topic.group_id, posts=[place.post_id for place in going], before=before,
        )
    )  # fmt: skip
    topic.is_parted = True
    record(TopicChanged(topic.id))
    record(TopicChanged(new.id))
    record(Decided(decision.id))
    record(TopicSplit(decision.id, new.id))
    return decision


def undo_split(decision: Decision, *, at: datetime) -> None:
    """Put the posts back among those from which a decision parted them, and with them what was
    written there since; the address of their topic leads back.
    """
    change = db.session.get(Rearrangement, decision.id)
    if change is None or change.undone_at or change.other is None:
        return
    topic, new = change.topic, change.other
    hold_rows([topic.id, new.id], [topic.group_id, new.group_id])
    change.undone_at = at
    others = select(Rearrangement.decision_id).where(
        Rearrangement.topic_id == topic.id, Rearrangement.measure == "split",
        Rearrangement.undone_at.is_(None), Rearrangement.decision_id != decision.id,
    )  # fmt: skip
    topic.is_parted = db.session.scalar(others) is not None
    if not places_in(new):
        return
    order = {int(post_id): number for post_id, number in change.before["numbers"].items()}
    gather(new, topic, order)
    answer = change.before.get("answer")
    if answer is not None and topic.answer is None:
        topic.answer = Answer(
            post_id=answer["post"], by_id=answer["by"], at=datetime.fromisoformat(answer["at"])
        )
    db.session.add(MergedTopic(topic_id=new.id, into_id=topic.id, decision_id=decision.id))
    record(TopicChanged(topic.id))


def _topic_of(first: Post, title: str) -> Topic:
    new = Topic(
        group=first.topic.group, author=first.author, title=title[:160], slug=slugify(title),
        language=first.language, is_sos=False, opened_at=first.written_at,
        last_post_at=first.written_at, last_number=0, posts_count=0, version=0,
    )  # fmt: skip
    db.session.add(new)
    db.session.flush()
    return new


def _part(topic: Topic, new: Topic, post_ids: list[int]) -> dict[str, Any]:
    """Put posts of a topic into an empty one; gives how it was before."""
    places, gone = places_in(topic), set(post_ids)
    staying = [place for place in places if place.post_id not in gone]
    going = [place for place in places if place.post_id in gone]
    marks = marks_of(topic)
    before: dict[str, Any] = {
        "numbers": {str(place.post_id): place.number for place in places},
        "answer": _answer_among(topic, gone),
    }
    part_marks(marks, staying, going, new)
    copy_followers(topic, new)
    db.session.flush()
    put_posts(new, numbered(place.post_id for place in going))
    put_posts(topic, numbered(place.post_id for place in staying))
    topic.last_number, new.last_number = len(staying), len(going)
    if before["answer"]:
        chosen = before["answer"]["post"]
        carry_answer(topic, new) if chosen != going[0].post_id else _unmark(topic)
    take_along(topic, new, post_ids)
    _let_authors_follow(new)
    forget_what_was_read()
    if is_counted(new):
        count_topic(new.group, 1)
    recount(topic)
    recount(new)
    return before


def _answer_among(topic: Topic, post_ids: set[int]) -> dict[str, Any] | None:
    answer = topic.answer
    if answer is None or answer.post_id not in post_ids:
        return None
    return {"post": answer.post_id, "by": answer.by_id, "at": answer.at.isoformat()}


def _unmark(topic: Topic) -> None:
    """What now asks is no answer."""
    topic.answer = None


def _let_authors_follow(topic: Topic) -> None:
    """Whoever wrote in it follows it, unless they had stopped."""
    known = set(db.session.scalars(select(Follow.member_id).where(Follow.topic_id == topic.id)))
    wrote = select(Post.author_id).where(Post.topic_id == topic.id).distinct()
    db.session.add_all(
        Follow(topic_id=topic.id, member_id=member_id, since=topic.opened_at)
        for member_id in db.session.scalars(wrote)
        if member_id not in known
    )
