"""A titled conversation in a group."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.decision import Decision
from officine.models.group import Group
from officine.models.member import Member

if TYPE_CHECKING:
    from officine.models.post import Post


class Topic(Model):
    """A topic. Its first post opens it; its version rises with every change that shows."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    slug: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(8))
    is_sos: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    last_post_at: Mapped[datetime]
    last_number: Mapped[int] = mapped_column(default=0)
    """The number of its newest post. Numbers are never given twice."""
    posts_count: Mapped[int] = mapped_column(default=0)
    """Posts that can be read: neither deleted nor hidden."""
    first_answer_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    is_parted: Mapped[bool] = mapped_column(default=False)
    """Whether some of its posts became a topic of their own."""

    group: Mapped[Group] = relationship()
    author: Mapped[Member] = relationship()
    pin: Mapped["Pin | None"] = relationship(cascade="all, delete-orphan")
    lock: Mapped["Lock | None"] = relationship(cascade="all, delete-orphan")
    slowing: Mapped["Slowing | None"] = relationship(cascade="all, delete-orphan")
    answer: Mapped["Answer | None"] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        Index("ix_topic_group_recent", "group_id", "last_post_at"),
        Index("ix_topic_recent", "last_post_at"),
        Index("ix_topic_group_opened", "group_id", "opened_at"),
    )

    @property
    def is_solved(self) -> bool:
        """Whether a post was marked as the useful answer."""
        return self.answer is not None

    @property
    def is_held(self) -> bool:
        """Whether its opening post was never published: nobody but its author and the desk knows
        of it.
        """
        return self.last_number == 0

    @property
    def is_locked(self) -> bool:
        """Whether it takes no more posts."""
        return self.lock is not None


class Pin(Model):
    """That a topic stands first in its group."""

    __tablename__ = "pin"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]


class Lock(Model):
    """That a topic takes no more posts, by which decision."""

    __tablename__ = "lock"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    decision_id: Mapped[int] = mapped_column(unique=True)
    measure: Mapped[str] = mapped_column(String(20), default="lock")

    decision: Mapped[Decision] = relationship(viewonly=True)

    __table_args__ = (
        ForeignKeyConstraint(["decision_id", "measure"], ["decision.id", "decision.measure"]),
        CheckConstraint("measure = 'lock'", "measure"),
    )


class Slowing(Model):
    """That each member waits between two posts in a topic, by which decision and until when."""

    __tablename__ = "slowing"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    decision_id: Mapped[int] = mapped_column(unique=True)
    measure: Mapped[str] = mapped_column(String(20), default="slow")
    minutes: Mapped[int]
    until: Mapped[datetime]

    decision: Mapped[Decision] = relationship(viewonly=True)

    __table_args__ = (
        ForeignKeyConstraint(["decision_id", "measure"], ["decision.id", "decision.measure"]),
        CheckConstraint("measure = 'slow'", "measure"),
        CheckConstraint("minutes > 0", "minutes"),
    )

    @property
    def span(self) -> timedelta:
        """How long each member waits."""
        return timedelta(minutes=self.minutes)

    def holds(self, at: datetime) -> bool:
        """Whether it is in force."""
        return at < self.until


class MergedTopic(Model):
    """Where the posts of a topic went that was merged into another: its address leads there."""

    __tablename__ = "merged_topic"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    into_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))


class Answer(Model):
    """The post that solved the matter, and who says so."""

    __tablename__ = "answer"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]

    post: Mapped["Post"] = relationship()
    by: Mapped[Member] = relationship()
