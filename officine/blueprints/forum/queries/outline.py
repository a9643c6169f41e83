"""A topic at a glance: its scale, and who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from officine.blueprints.forum.queries.bylines import AUTHOR, Byline, byline
from officine.blueprints.forum.queries.posts import LAST, PAGE, PostRow, last_page
from officine.core.db import db
from officine.models import Company, Hiding, Member, Post, Topic

MOST_FACES = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the scale of a topic."""

    number: int
    id: int
    at: datetime
    name: str
    language: str


def marks_of(topic: Topic, posts: Sequence[PostRow]) -> list[Mark]:
    """What the scale of a topic shows: every post of a short one; of a long one where each page
    begins, the useful answer, and the last post.
    """
    if topic.last_number <= PAGE:
        return [
            Mark(post.place, post.id, post.written_at, post.author.name, post.language)
            for post in posts
            if post.is_readable
        ]
    wanted = {*range(1, topic.last_number + 1, _step(topic)), topic.last_number}
    of_topic = select(Post.number, Post.id, Post.written_at, Member.name, Post.language)
    chosen: ColumnElement[bool] = Post.number.in_(wanted)
    if topic.answer:
        chosen = chosen | (Post.id == topic.answer.post_id)
    rows = db.session.execute(
        of_topic.join(Member, Member.id == Post.author_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(Post.topic_id == topic.id, chosen)
        .where(Post.deleted_at.is_(None), Hiding.post_id.is_(None))
        .order_by(Post.number)
    )
    return [Mark(row[0] or LAST, row[1], row[2], row[3], row[4]) for row in rows]


def _step(topic: Topic) -> int:
    """One mark a page, and no more than a dozen marks."""
    pages = -(-last_page(topic) // 12)
    return PAGE * pages


@dataclass(frozen=True)
class Participants:
    """Who takes part in a topic: the most active first, and how many they are."""

    people: list[Byline]
    total: int


def participants_of(topic: Topic, posts: Sequence[PostRow], viewer: Any) -> Participants:
    """Who takes part in a topic; posts that are hidden or taken back do not count."""
    if topic.last_number <= PAGE:
        by_id = {post.author.id: post.author for post in posts if post.is_readable}
        return Participants(list(by_id.values())[:MOST_FACES], len(by_id))
    wrote = func.count(Post.id)
    query: Select[*tuple[Any, ...]] = (
        select(*AUTHOR, func.count().over().label("total"))
        .select_from(Post)
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Company, Company.id == Member.company_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(Post.topic_id == topic.id)
        .where(Post.deleted_at.is_(None), Hiding.post_id.is_(None))
        .group_by(Member.id, Company.id)
        .order_by(wrote.desc(), Member.id)
        .limit(MOST_FACES)
    )
    rows = db.session.execute(query).all()
    people = [byline(row, viewer) for row in rows]
    return Participants(people, rows[0].total if rows else 0)
