"""People whom a text can name."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, or_, select

from officine.core.db import db
from officine.lib.slugs import slugify
from officine.models import Company, Group, Member, Membership, Post, Topic
from officine.models.member import photo_url
from officine.models.sanction import is_here

MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A person whose name completes what somebody types after an @."""

    handle: str
    name: str
    photo: str | None
    company: str


def names_like(
    begun: str, viewer: Any, *, group: Group | None = None, topic: Topic | None = None
) -> list[Suggestion]:
    """People whose name begins so, in any of its words: those of the topic first, then those of
    the group. In a private group only its own people, for others could not read it.
    """
    beginning = slugify(begun, fallback="")
    if not beginning:
        return []
    in_topic = None
    if topic:
        in_topic = select(Post.author_id).where(Post.topic_id == topic.id, Post.number.is_not(None))
    in_group = (
        select(Membership.member_id).where(Membership.group_id == group.id) if group else None
    )
    nearness = [
        case((Member.id.in_(near), 0), else_=1) for near in (in_topic, in_group) if near is not None
    ]
    query = (
        select(Member.handle, Member.name, Member.photo_key, Company.name, Member.company_name)
        .outerjoin(Company, Company.id == Member.company_id)
        # Handles carry no accents: «Íñ» finds inigo-arrieta.
        .where(or_(Member.handle.like(f"{beginning}%"), Member.handle.like(f"%-{beginning}%")))
        .where(and_(is_here(), Member.confirmed_at.is_not(None)))
        .where(Member.id != viewer.id)
        .order_by(*nearness, Member.name)
        .limit(MOST_NAMES)
    )
    if group and in_group is not None and group.visibility == "private":
        query = query.where(Member.id.in_(in_group))
    return [
        Suggestion(handle, name, photo_url(photo), company or company_name)
        for handle, name, photo, company, company_name in db.session.execute(query)
    ]
