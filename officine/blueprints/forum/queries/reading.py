"""One topic, and how whoever reads it stands to it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased, joinedload

from officine.core.db import db
from officine.models import (
    Answer,
    Draft,
    Follow,
    Group,
    Hiding,
    Lock,
    Membership,
    Post,
    ReadMark,
    Topic,
)
from officine.models.group import readable_by
from officine.models.post import WAITING, opens_for

Opening = aliased(Post, name="opening")
OpeningHiding = aliased(Hiding, name="opening_hiding")


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a topic: what they may be, follow, have read and have begun."""

    membership: Membership | None = None
    follow: Follow | None = None
    read_number: int = 0
    draft: Draft | None = None

    @property
    def is_host(self) -> bool:
        """Whether they look after the topic’s group."""
        return self.membership is not None and self.membership.is_host

    @property
    def follows(self) -> bool:
        """Whether they hear of new posts."""
        return self.follow is not None and not self.follow.stopped


@dataclass(frozen=True)
class Reading:
    """A topic with the one who reads it."""

    topic: Topic
    standing: Standing
    is_hidden: bool
    """The opening post was hidden by the desk."""
    hides_title: bool
    """And its title with it, for everyone but author and staff."""
    is_mendable: bool = False
    """It waits for an editor, or for its author to mend it."""

    @property
    def title(self) -> str | None:
        """The title; None where the reader may not see it."""
        return None if self.hides_title else self.topic.title

    @property
    def slug(self) -> str | None:
        """What follows the number in the address; a hidden title does not stand there either."""
        return None if self.hides_title else self.topic.slug


def find_reading(topic_id: int, viewer: Any) -> Reading | None:
    """The topic of this number and how the viewer stands to it; None if it is not theirs to
    read, or was taken back.
    """
    query: Select[*tuple[Any, ...]] = (
        select(Topic, OpeningHiding.measure)
        .join(Topic.group)
        .join(Opening, opens_for(viewer, Opening))
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .where(Topic.id == topic_id, readable_by(viewer), Opening.deleted_at.is_(None))
        .options(
            joinedload(Topic.group),
            joinedload(Topic.pin),
            joinedload(Topic.lock).joinedload(Lock.decision),
            joinedload(Topic.slowing),
            joinedload(Topic.answer).joinedload(Answer.by),
        )
    )
    if not viewer.is_member:
        row = db.session.execute(query).one_or_none()
        if row is None:
            return None
        is_hidden = row[1] is not None
        return Reading(row[0], Standing(), is_hidden=is_hidden, hides_title=is_hidden)

    query = (
        query.add_columns(Membership, Follow, ReadMark, Draft)
        .outerjoin(
            Membership,
            and_(Membership.group_id == Topic.group_id, Membership.member_id == viewer.id),
        )
        .outerjoin(Follow, and_(Follow.topic_id == Topic.id, Follow.member_id == viewer.id))
        .outerjoin(ReadMark, and_(ReadMark.topic_id == Topic.id, ReadMark.member_id == viewer.id))
        .outerjoin(
            Draft,
            and_(Draft.member_id == viewer.id, Draft.place == Draft.place_of("topic", topic_id)),
        )
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    topic, hidden, membership, follow, mark, draft = row
    return Reading(
        topic,
        Standing(membership, follow, mark.number if mark else 0, draft),
        is_hidden=hidden is not None,
        is_mendable=hidden in WAITING,
        hides_title=hidden is not None and not viewer.is_staff and topic.author_id != viewer.id,
    )


def find_topic(topic_id: int, viewer: Any) -> Topic | None:
    """The topic of this number, if the viewer may read it."""
    reading = find_reading(topic_id, viewer)
    return reading.topic if reading else None


def find_group(group_id: int, viewer: Any) -> Group | None:
    """The group of this number, if the viewer may read its topics."""
    return db.session.scalar(select(Group).where(Group.id == group_id, readable_by(viewer)))
