"""A place to discuss, in one declared language."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    false,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core import audit
from officine.core.db import Model, db
from officine.core.locks import lock_row
from officine.core.session import Visitor
from officine.models.member import Member

VISIBILITIES = ("public", "members", "private")
JOININGS = ("open", "request", "invitation")
APPROVALS = ("none", "newcomers", "all")
"""Whose posts an editor reads before others do."""


class Group(Model):
    """A group. One that a member proposed opens when an editor says so (``opened_at``)."""

    __tablename__ = "group"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    language: Mapped[str] = mapped_column(String(8), index=True)
    name: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(240))
    text: Mapped[str] = mapped_column(Text, default="")
    text_html: Mapped[str] = mapped_column(Text, default="")
    sectors: Mapped[tuple[str, ...]]
    cover_key: Mapped[str | None] = mapped_column(String(200))
    visibility: Mapped[str] = mapped_column(String(10))
    joining: Mapped[str] = mapped_column(String(12))
    approves: Mapped[str] = mapped_column(String(12), default="none")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    proposed_at: Mapped[datetime | None]
    """When its proposer last asked the desk to open it."""
    opened_at: Mapped[datetime | None]
    members_count: Mapped[int] = mapped_column(default=0)
    topics_count: Mapped[int] = mapped_column(default=0)
    last_post_at: Mapped[datetime | None]

    created_by: Mapped[Member] = relationship()

    __table_args__ = (
        CheckConstraint(f"visibility IN {VISIBILITIES!r}", "visibility"),
        CheckConstraint(f"joining IN {JOININGS!r}", "joining"),
        CheckConstraint(f"approves IN {APPROVALS!r}", "approves"),
    )

    @property
    def is_open_for_all(self) -> bool:
        """Whether anyone reads it, with or without an account."""
        return self.visibility == "public"

    @property
    def is_proposed(self) -> bool:
        """Whether it still waits for an editor."""
        return self.opened_at is None


class Membership(Model):
    """That a member belongs to a group, perhaps as its host."""

    __tablename__ = "membership"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    is_host: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]

    member: Mapped[Member] = relationship()
    group: Mapped[Group] = relationship()


def open_proposed(group: Group, at: datetime) -> bool:
    """Open a group that a member proposed; False where it is open already."""
    lock_row(group)
    if group.opened_at:
        return False
    group.opened_at = at
    return True


def belongs_to(looking: Any) -> ColumnElement[bool]:
    """The groups of a member; none of a visitor’s. A condition on Group."""
    if not looking.is_member:
        return false()
    mine = select(Membership.group_id).where(Membership.member_id == looking.id)
    return Group.id.in_(mine)


def readable_by(looking: Any) -> ColumnElement[bool]:
    """The groups whose topics a member or a visitor may read. A condition on Group.

    Public ones for everyone, members’ ones for those with an account, private ones for those who
    belong; the editorial desk reads all, because it moderates all. One that is only proposed has
    no topics yet and is nobody’s to read but its proposer’s and the desk’s.
    """
    if looking.is_staff:
        return Group.id.is_not(None)
    is_open = Group.opened_at.is_not(None)
    if not looking.is_member:
        return and_(is_open, Group.visibility == "public")
    return or_(
        and_(is_open, Group.visibility.in_(("public", "members"))),
        and_(is_open, belongs_to(looking)),
        and_(Group.opened_at.is_(None), Group.created_by_id == looking.id),
    )


def known_to(looking: Any) -> ColumnElement[bool]:
    """The groups whose existence somebody may know of: also one for members only, which a
    visitor sees without its topics, and a private one to which they are invited.
    """
    conditions = [readable_by(looking)]
    conditions.append(and_(Group.opened_at.is_not(None), Group.visibility == "members"))
    if looking.is_member:
        invited = select(Invitation.group_id).where(
            Invitation.member_id == looking.id, Invitation.answered_at.is_(None)
        )
        conditions.append(and_(Group.opened_at.is_not(None), Group.id.in_(invited)))
    return or_(*conditions)


def is_known_to_all(group_id: int) -> bool:
    """Whether everyone may know of a group now."""
    known = select(Group.id).where(
        Group.id == group_id, Group.opened_at.is_not(None), known_to(Visitor())
    )
    return db.session.scalar(known) is not None


def audiences_of(looking: Any) -> frozenset[str]:
    """The audiences a member or a visitor belongs to, as the search index names them."""
    if not looking.is_member:
        return frozenset({"public"})
    # Whatever its visibility: what is for its members alone may be an event of a public group.
    known = select(Group.id).where(Group.opened_at.is_not(None))
    if not looking.is_staff:
        known = known.where(belongs_to(looking))
    groups = {f"group:{group_id}" for group_id in db.session.scalars(known)}
    return frozenset({"public", "members", f"member:{looking.id}", *groups})


class JoinRequest(Model):
    """Somebody asks to join; a host or an editor answers."""

    __tablename__ = "join_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why not, for the one who asked. A refusal has one."""

    member: Mapped[Member] = relationship(foreign_keys=member_id)
    group: Mapped[Group] = relationship()

    __table_args__ = (
        Index("ix_join_request_waiting", "group_id", "answered_at"),
        CheckConstraint("accepted IS NOT FALSE OR reason <> ''", "refused_with_reason"),
    )


class Invitation(Model):
    """Somebody is asked into a group."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]

    member: Mapped[Member] = relationship(foreign_keys=member_id)
    invited_by: Mapped[Member] = relationship(foreign_keys=invited_by_id)
    group: Mapped[Group] = relationship()

    __table_args__ = (UniqueConstraint("group_id", "member_id"),)


def look_in(group: Group, *, by: Any) -> None:
    """Somebody reads in a group. Where it is private and they read it only because they are
    staff, the audit log keeps that they did.
    """
    if not by.is_staff or group.visibility != "private" or group.is_proposed:
        return
    if db.session.get(Membership, (group.id, by.id)) is None:
        audit.look("group.look", by, group=group.id)
