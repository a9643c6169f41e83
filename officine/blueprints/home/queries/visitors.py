"""Who is here and what helps, as much of it as a visitor may see.

For every visitor the questions are the same, so each is put together once.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, func, select

from officine.core.db import db
from officine.core.session import Visitor
from officine.models import Answer, Company, Group, Hiding, Member, Post, Topic
from officine.models.group import readable_by
from officine.models.member import photo_url, shown
from officine.models.sanction import is_here

LONGEST_QUOTE = 420
MOST_FACES = 8
NEWEST_POSTS = 120
NEWEST_ANSWERS = 40


ANYONE = Visitor()


def writers_by_language() -> dict[str, int]:
    """How many members write in each language: the one in which they tell of themselves."""
    return {row[0]: row[1] for row in db.session.execute(_writers())}


@cache
def _writers() -> Select[str, int]:
    return (
        select(Member.profile_language, func.count())
        .where(Member.confirmed_at.is_not(None), is_here())
        .group_by(Member.profile_language)
    )


def recent_faces() -> list[tuple[str, str | None]]:
    """Names and faces of those who wrote last, of those who show theirs to everyone."""
    return [(name, photo_url(key)) for name, key in db.session.execute(_faces())]


@cache
def _faces() -> Select[str, str | None]:
    newest = (
        select(Post.id, Post.author_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Group, Group.id == Topic.group_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(readable_by(ANYONE), Post.deleted_at.is_(None), Hiding.post_id.is_(None))
        .order_by(Post.id.desc())
        .limit(NEWEST_POSTS)
        .subquery()
    )
    return (
        select(Member.name, Member.photo_key)
        .join(newest, newest.c.author_id == Member.id)
        .where(is_here(), Member.photo_key.is_not(None), shown("photo", ANYONE))
        .group_by(Member.id, Member.name, Member.photo_key)
        .order_by(func.max(newest.c.id).desc())
        .limit(MOST_FACES)
    )


@dataclass(frozen=True, slots=True)
class UsefulAnswer:
    """An answer that solved something, and who gave it."""

    topic_id: int
    slug: str
    title: str
    topic_language: str
    group_name: str
    group_slug: str
    group_language: str
    post_id: int
    language: str
    text: str
    thanks: int
    marked_at: datetime
    name: str
    handle: str
    photo: str | None
    job: str
    firm: str
    is_supplier: bool


def useful_answers() -> list[UsefulAnswer]:
    """The answers last marked as useful, newest first, of those everyone may read."""
    return [_answer(row) for row in db.session.execute(_answers())]


@cache
def _answers() -> Select[*tuple[Any, ...]]:
    opening, opening_hiding = Post.__table__.alias("opening"), Hiding.__table__.alias("unseen")
    return (
        select(
            Topic.id.label("topic_id"),
            Topic.slug,
            Topic.title,
            Topic.language.label("topic_language"),
            Group.name.label("group_name"),
            Group.slug.label("group_slug"),
            Group.language.label("group_language"),
            Post.id.label("post_id"),
            Post.language,
            Post.text.label("text"),
            Post.thanks_count,
            Answer.at,
            Member.name,
            Member.handle,
            Member.photo_key,
            Member.job,
            func.coalesce(Company.name, Member.company_name).label("firm"),
            Member.kind,
            Member.shown_to,
        )
        .select_from(Answer)
        .join(Post, Post.id == Answer.post_id)
        .join(Topic, Topic.id == Answer.topic_id)
        .join(Group, Group.id == Topic.group_id)
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Company, Company.id == Member.company_id)
        .join(opening, and_(opening.c.topic_id == Topic.id, opening.c.number == 1))
        .outerjoin(opening_hiding, opening_hiding.c.post_id == opening.c.id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(readable_by(ANYONE), is_here())
        .where(Post.deleted_at.is_(None), Hiding.post_id.is_(None))
        .where(opening.c.deleted_at.is_(None), opening_hiding.c.post_id.is_(None))
        .order_by(Answer.at.desc())
        .limit(NEWEST_ANSWERS)
    )


def _answer(row: Any) -> UsefulAnswer:
    def shows(field: str) -> bool:
        return (row.shown_to or {}).get(field) != "members"

    return UsefulAnswer(
        topic_id=row.topic_id,
        slug=row.slug,
        title=row.title,
        topic_language=row.topic_language,
        group_name=row.group_name,
        group_slug=row.group_slug,
        group_language=row.group_language,
        post_id=row.post_id,
        language=row.language,
        text=row.text,
        thanks=row.thanks_count,
        marked_at=row.at,
        name=row.name,
        handle=row.handle,
        photo=photo_url(row.photo_key) if shows("photo") else None,
        job=row.job if shows("job") else "",
        firm=row.firm if shows("company") else "",
        is_supplier=row.kind == "supplier",
    )


def beginning(text: str) -> str:
    """As much of an answer as a column holds, in whole lines."""
    lines: list[str] = []
    length = 0
    for line in text.split("\n"):
        if lines and length + len(line) > LONGEST_QUOTE:
            break
        lines.append(line)
        length += len(line)
    return "\n".join(lines).rstrip()
