"""What a member hears of, in the page."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model, db
from officine.models.company import Company
from officine.models.decision import Decision
from officine.models.document import Document
from officine.models.event import Event
from officine.models.group import Group
from officine.models.interview import Interview
from officine.models.member import Member
from officine.models.post import Post
from officine.models.topic import Topic


class Notification(Model):
    """One thing to know. ``cause`` makes it the only one of its kind for its member."""

    __tablename__ = "notification"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(30))
    cause: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    actor: Mapped[Member | None] = relationship(foreign_keys=actor_id)
    group: Mapped[Group | None] = relationship()
    topic: Mapped[Topic | None] = relationship()
    post: Mapped[Post | None] = relationship()
    decision: Mapped[Decision | None] = relationship()
    company: Mapped[Company | None] = relationship()
    document: Mapped[Document | None] = relationship()
    interview: Mapped[Interview | None] = relationship()
    event: Mapped[Event | None] = relationship()

    __table_args__ = (
        UniqueConstraint("member_id", "cause"),
        Index("ix_notification_unread", "member_id", "read_at"),
    )


def notify(member: Member, *, kind: str, cause: str, at: datetime, **about: int | None) -> bool:
    """Let a member hear of something, once: False if they heard of this cause before, or left.

    ``about`` names what it is about: actor_id, group_id, topic_id, post_id, decision_id,
    company_id, document_id, interview_id, event_id.
    """
    if member.left_at is not None:
        return False
    heard = select(Notification.id).where(
        Notification.member_id == member.id, Notification.cause == cause
    )
    if db.session.scalar(heard) is not None:
        return False
    db.session.add(Notification(member_id=member.id, kind=kind, cause=cause, at=at, **about))
    return True
