"""Where posts stand: putting them into another topic without losing any, nor what people have
read of them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, exists, select, update

from officine.core import mail
from officine.core.db import Model, db
from officine.core.locks import lock_id
from officine.models import (
    Answer,
    Case,
    Draft,
    Follow,
    Group,
    Hiding,
    Member,
    Membership,
    Notification,
    Post,
    ReadMark,
    Topic,
)
from officine.models.member import STAFF

OPENNESS = ("private", "members", "public")


@dataclass(frozen=True, slots=True)
class Place:
    """A post that has a number, and its number."""

    post_id: int
    number: int


def hold_rows(topic_ids: Iterable[int], group_ids: Iterable[int]) -> None:
    """Hold the rows of topics, then of groups, each by rising number and read afresh: whoever
    else changes them waits, and nobody waits for each other.
    """
    for model, ids in ((Topic, topic_ids), (Group, group_ids)):
        for row_id in sorted(set(ids)):
            lock_id(model, row_id)


def widens(here: Group, there: Group) -> bool:
    """Whether some who could not read one group read the other."""
    if here.id == there.id:
        return False
    if here.visibility == there.visibility == "private":
        return True
    return OPENNESS.index(there.visibility) > OPENNESS.index(here.visibility)


def narrows(here: Group, there: Group) -> bool:
    """Whether some who could read one group do not read the other."""
    return widens(there, here)


def places_in(topic: Topic) -> list[Place]:
    """The posts of a topic in their order."""
    rows = db.session.execute(
        select(Post.id, Post.number)
        .where(Post.topic_id == topic.id, Post.number.is_not(None))
        .order_by(Post.number)
    )
    return [Place(post_id, number) for post_id, number in rows if number is not None]


def by_time(post_ids: Iterable[int]) -> list[int]:
    """The same posts, the oldest first."""
    wanted = set(post_ids)
    return list(
        db.session.scalars(
            select(Post.id).where(Post.id.in_(wanted)).order_by(Post.written_at, Post.id)
        )
    )


def put_posts(topic: Topic, numbers: Sequence[Place]) -> None:
    """Let these posts stand in a topic, under these numbers. What stands there and is not among
    them has been put elsewhere before.
    """
    if not numbers:
        return
    post = _table(Post)
    # A number is given once in a topic, at every moment: they all step aside first.
    ids = [place.post_id for place in numbers]
    db.session.execute(update(post).where(post.c.id.in_(ids)).values(number=-post.c.id))
    db.session.execute(
        update(post)
        .where(post.c.id == bindparam("post_id"))
        .values(topic_id=topic.id, number=bindparam("new_number"), version=post.c.version + 1),
        [{"post_id": place.post_id, "new_number": place.number} for place in numbers],
    )


def numbered(post_ids: Iterable[int]) -> list[Place]:
    """Posts in this order, numbered from one."""
    return [Place(post_id, number) for number, post_id in enumerate(post_ids, start=1)]


def take_along(source: Topic, target: Topic, post_ids: Sequence[int] | None = None) -> None:
    """Let what speaks of posts speak of their new topic: what people heard of them, and what
    waits at the desk. Without ``post_ids``, all that the source had.
    """
    moved = select(Post.id).where(Post.topic_id == target.id)
    if post_ids is not None:
        moved = moved.where(Post.id.in_(post_ids))
    heard = update(Notification).where(Notification.topic_id == source.id)
    if post_ids is not None:
        heard = heard.where(Notification.post_id.in_(post_ids))
    db.session.execute(
        heard.values(topic_id=target.id, group_id=target.group_id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    carry_cases(target, moved)


def held_in(topic: Topic) -> list[int]:
    """The posts of a topic that nobody has seen yet; they have no place in it."""
    return list(
        db.session.scalars(select(Post.id).where(Post.topic_id == topic.id, Post.number.is_(None)))
    )


def put_held(topic: Topic, post_ids: Sequence[int]) -> None:
    """Let posts that nobody has seen yet wait in a topic: approved, they stand there."""
    post = _table(Post)
    db.session.execute(
        update(post)
        .where(post.c.id.in_(post_ids), post.c.number.is_(None))
        .values(topic_id=topic.id, version=post.c.version + 1)
    )


def carry_cases(topic: Topic, post_ids: Any) -> None:
    """What waits about posts waits in their present group, under their topic’s present title."""
    db.session.execute(
        update(Case)
        .where(Case.subject == "post", Case.subject_id.in_(post_ids), Case.closed_at.is_(None))
        .values(group_id=topic.group_id, title=topic.title[:200])
        .execution_options(synchronize_session=False)
    )


def withdraw_letters(post_ids: Iterable[int]) -> None:
    """No letter that still waits carries words to somebody who may no longer read them."""
    mail.withdraw(*(f"{kind}:{post_id}:" for post_id in post_ids for kind in ("post", "useful")))


# Who follows


def drop_followers_who_cannot_read(topic: Topic) -> list[dict[str, Any]]:
    """Who may not read the topic’s group hears no more of it; gives who they were."""
    if topic.group.visibility != "private":
        return []
    strangers = Follow.member_id.not_in(_readers_of(topic.group_id))
    rows = db.session.scalars(select(Follow).where(Follow.topic_id == topic.id, strangers)).all()
    gone = [{"member": row.member_id, "stopped": row.stopped} for row in rows]
    for row in rows:
        db.session.delete(row)
    return gone


def copy_followers(source: Topic, target: Topic) -> list[int]:
    """Who follows one topic follows the other, if they may read it and never said otherwise;
    gives who is new.
    """
    known = set(db.session.scalars(select(Follow.member_id).where(Follow.topic_id == target.id)))
    query = select(Follow).where(Follow.topic_id == source.id)
    if target.group.visibility == "private":
        query = query.where(Follow.member_id.in_(_readers_of(target.group_id)))
    new = [row for row in db.session.scalars(query) if row.member_id not in known]
    db.session.add_all(
        Follow(topic_id=target.id, member_id=row.member_id, since=row.since, stopped=row.stopped)
        for row in new
    )
    return [row.member_id for row in new]


def _readers_of(group_id: int) -> Any:
    return (
        select(Membership.member_id)
        .where(Membership.group_id == group_id)
        .union(select(Member.id).where(Member.role.in_(STAFF)))
    )


# What people have read


def marks_of(topic: Topic) -> dict[int, ReadMark]:
    """How far each member has read a topic."""
    rows = db.session.scalars(select(ReadMark).where(ReadMark.topic_id == topic.id))
    return {row.member_id: row for row in rows}


def set_mark(topic: Topic, known: dict[int, ReadMark], like: ReadMark, number: int) -> None:
    """Let somebody have read a topic so far."""
    mark = known.get(like.member_id)
    if mark is not None:
        mark.number = number
    elif number:
        db.session.add(
            ReadMark(member_id=like.member_id, topic_id=topic.id, number=number, at=like.at)
        )


def part_marks(
    marks: dict[int, ReadMark], staying: Sequence[Place], going: Sequence[Place], other: Topic
) -> None:
    """Who had read so far has read as much of what stays and of what goes."""
    stay, go = [it.number for it in staying], [it.number for it in going]
    known = marks_of(other)
    for mark in marks.values():
        set_mark(other, known, mark, bisect_right(go, mark.number))
        mark.number = bisect_right(stay, mark.number)


def join_marks(
    source: Topic, target: Topic, order: Sequence[int], old: dict[int, tuple[int, int]]
) -> None:
    """Who had read two topics goes on, in the one they have become, where the first post stands
    that they have not read. ``old`` tells topic and number of each post before.
    """
    marks = {source.id: marks_of(source), target.id: marks_of(target)}
    positions: dict[int, list[int]] = {source.id: [], target.id: []}
    numbers: dict[int, list[int]] = {source.id: [], target.id: []}
    for position, post_id in enumerate(order):
        topic_id, number = old[post_id]
        positions[topic_id].append(position)
        numbers[topic_id].append(number)
    for member_id in marks[source.id].keys() | marks[target.id].keys():
        read = len(order)
        for topic_id, at in positions.items():
            mark = marks[topic_id].get(member_id)
            seen = bisect_right(numbers[topic_id], mark.number if mark else 0)
            if seen < len(at):
                read = min(read, at[seen])
        like = marks[target.id].get(member_id) or marks[source.id][member_id]
        set_mark(target, marks[target.id], like, read)


# Which post solved it


def carry_answer(source: Topic, target: Topic) -> bool:
    """The useful answer of one topic is the other’s, if that has none."""
    if source.answer is None or target.answer is not None:
        return False
    row = source.answer
    values = {"post_id": row.post_id, "by_id": row.by_id, "at": row.at}
    source.answer = None
    db.session.flush()
    target.answer = Answer(**values)
    return True


# What a group counts


def is_counted(topic: Topic) -> bool:
    """Whether a topic counts in its group: readers see what opens it."""
    opening = (
        exists()
        .where(Post.topic_id == topic.id, Post.number == 1, Post.deleted_at.is_(None))
        .where(~exists().where(Hiding.post_id == Post.id))
    )
    return bool(db.session.scalar(select(opening)))


def count_topic(group: Group, difference: int) -> None:
    """One topic more, or fewer."""
    group.topics_count = Group.topics_count + difference


def forget_what_was_read() -> None:
    """Posts were changed row by row: what the session knows of them is no longer so."""
    db.session.flush()
    db.session.expire_all()


def carry_drafts(source: Topic, target: Topic) -> None:
    """What people had begun to write in one topic, they go on writing in the other."""
    draft = _table(Draft)
    begun = draft.c.place == f"topic:{source.id}"
    there = select(draft.c.member_id).where(draft.c.place == f"topic:{target.id}")
    db.session.execute(
        update(draft)
        .where(begun, draft.c.member_id.not_in(there))
        .values(place=f"topic:{target.id}")
    )


def _table(model: type[Model]) -> Table:
    return cast(Table, model.__table__)
