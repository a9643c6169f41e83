"""Which groups there are, for whoever is looking."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.models import Decision, Group, OldAddress, Topic
from officine.models.group import VISIBILITIES, known_to, readable_by


def find_group(slug: str, viewer: Any) -> Group | None:
    """The group at an address, if the viewer may know that it exists."""
    return db.session.scalar(
        select(Group)
        .where(Group.slug == slug, known_to(viewer))
        .options(joinedload(Group.created_by))
    )


def present_slug(old_slug: str, viewer: Any) -> str | None:
    """Where a group has moved that used to be at ``old_slug``."""
    return db.session.scalar(
        select(Group.slug)
        .join(OldAddress, and_(OldAddress.noun == "group", OldAddress.owner_id == Group.id))
        .where(OldAddress.slug == old_slug, known_to(viewer))
    )


def may_read_topics(viewer: Any, group: Group) -> bool:
    """Whether the group’s topics are the viewer’s to read."""
    if viewer.is_staff or (group.is_open_for_all and not group.is_proposed):
        return True
    readable = select(Group.id).where(Group.id == group.id, readable_by(viewer))
    return db.session.scalar(readable) is not None


def possible_readers(group: Group) -> tuple[str, ...]:
    """For whom the group may be from now on: fewer readers, never more. What members wrote they
    wrote for those who read it then, and who entered a private group did so unseen. Only while
    nobody else has entered and nothing was written does everything stay possible.
    """
    if group.is_proposed or (group.members_count <= 1 and not _has_topics(group)):
        return VISIBILITIES
    return VISIBILITIES[VISIBILITIES.index(group.visibility) :]


def _has_topics(group: Group) -> bool:
    return (
        db.session.scalar(select(Topic.id).where(Topic.group_id == group.id).limit(1)) is not None
    )


def groups_named(viewer: Any, words: str) -> tuple[int, ...]:
    """Groups whose name or purpose holds these very words: what is left of searching while the
    index heals.
    """
    texts = (Group.name, Group.purpose)
    return tuple(
        db.session.scalars(
            select(Group.id)
            .where(known_to(viewer), Group.opened_at.is_not(None))
            .where(or_(*(text.icontains(words, autoescape=True) for text in texts)))
            .order_by(Group.members_count.desc())
            .limit(200)
        )
    )


def proposed_groups() -> Sequence[Group]:
    """The groups that wait for the desk, oldest first."""
    return db.session.scalars(
        select(Group)
        .where(Group.opened_at.is_(None), ~_declined())
        .options(joinedload(Group.created_by))
        .order_by(Group.proposed_at)
    ).all()


def declining_of(group: Group) -> Decision | None:
    """The decision that said no to a proposed group, unless it was proposed again since."""
    if group.proposed_at is None:
        return None
    return db.session.scalar(
        select(Decision)
        .where(
            Decision.group_id == group.id,
            Decision.measure == "decline-group",
            Decision.at >= group.proposed_at,
        )
        .order_by(Decision.at.desc())
        .limit(1)
    )


def _declined() -> ColumnElement[bool]:
    return (
        select(Decision.id)
        .where(
            Decision.group_id == Group.id,
            Decision.measure == "decline-group",
            Decision.at >= Group.proposed_at,
        )
        .exists()
    )
