"""What a member hears of, in the page."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.decision import Decision
from officine.models.group import Group
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
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    actor: Mapped[Member | None] = relationship(foreign_keys=actor_id)
    group: Mapped[Group | None] = relationship()
    topic: Mapped[Topic | None] = relationship()
    post: Mapped[Post | None] = relationship()
    decision: Mapped[Decision | None] = relationship()

    __table_args__ = (
        UniqueConstraint("member_id", "cause"),
        Index("ix_notification_unread", "member_id", "read_at"),
    )
