"""One contribution in a topic."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model, db
from officine.core.locks import lock_id
from officine.models.decision import HIDING, Decision
from officine.models.group import Group
from officine.models.member import Member
from officine.models.topic import Topic

WAITING = ("hold", "send-back")
"""What keeps a post out of sight until an editor, or its author, has done something."""


class Post(Model):
    """A post. Its HTML was made and cleaned when it was written."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    number: Mapped[int | None]
    """Its place in the topic; none until readers could first see it. Lists, pages and counts go by
    numbers, so that what has none is in none of them."""
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    """When readers could first see it. Until then only its author and the desk know of it."""
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    """When its author took it back."""
    thanks_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    form_token: Mapped[str | None] = mapped_column(String(40))
    """The form it was sent by: the same form sent twice is one post."""

    topic: Mapped[Topic] = relationship()
    author: Mapped[Member] = relationship()
    hiding: Mapped["Hiding | None"] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("topic_id", "number"),
        UniqueConstraint("author_id", "form_token"),
        CheckConstraint("(number IS NULL) = (published_at IS NULL)", "numbered"),
        Index("ix_post_author_written", "author_id", "written_at"),
    )

    @property
    def opens(self) -> bool:
        """Whether it is the one that opens its topic."""
        return self.number == 1 or (self.number is None and self.topic.is_held)

    @property
    def is_readable(self) -> bool:
        """Whether readers see its text."""
        return self.deleted_at is None and self.hiding is None

    @property
    def is_removed(self) -> bool:
        """Whether only the desk reads it any more."""
        return self.hiding is not None and self.hiding.measure in ("remove", "remove-urgently")

    @property
    def is_mendable(self) -> bool:
        """Whether its author may change it: it is in sight, or waits for an editor, or for them."""
        return self.hiding is None or self.hiding.measure in WAITING

    @property
    def is_held(self) -> bool:
        """Whether nobody but its author and the desk knows of it yet."""
        return self.published_at is None


class Hiding(Model):
    """That readers do not see a post. It cannot be without the decision that says why, and that
    decision is one that hides.
    """

    __tablename__ = "hiding"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    decision_id: Mapped[int] = mapped_column(unique=True)
    measure: Mapped[str] = mapped_column(String(20))
    answer_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Who had marked it as the useful answer, so that showing it again marks it again."""
    answer_at: Mapped[datetime | None]

    decision: Mapped[Decision] = relationship(viewonly=True)

    __table_args__ = (
        ForeignKeyConstraint(["decision_id", "measure"], ["decision.id", "decision.measure"]),
        CheckConstraint(f"measure IN {HIDING!r}", "measure"),
    )

    @classmethod
    def by(cls, decision: Decision, **more: Any) -> "Hiding":
        """The hiding that a decision brings."""
        return cls(decision_id=decision.id, measure=decision.measure, **more)


class PostRevision(Model):
    """What a post said before an edit."""

    __tablename__ = "post_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime]
    """When it was replaced."""
    is_public: Mapped[bool] = mapped_column(default=True)
    """Whether readers may read it: not what was replaced while the post was out of sight."""
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


class PendingEdit(Model):
    """Other words for a published post, which no reader sees before an editor has."""

    __tablename__ = "pending_edit"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    decision_id: Mapped[int] = mapped_column(unique=True)
    measure: Mapped[str] = mapped_column(String(20), default="hold")
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime]

    decision: Mapped[Decision] = relationship(viewonly=True)

    __table_args__ = (
        ForeignKeyConstraint(["decision_id", "measure"], ["decision.id", "decision.measure"]),
        CheckConstraint("measure = 'hold'", "measure"),
    )


class RefusedEdit(Model):
    """Other words for a published post that an editor sent back: should another editor take that
    decision back, readers see them after all.
    """

    __tablename__ = "refused_edit"

    decision_id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(String(20), default="send-back")
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))

    __table_args__ = (
        ForeignKeyConstraint(["decision_id", "measure"], ["decision.id", "decision.measure"]),
        CheckConstraint("measure = 'send-back'", "measure"),
    )


class Thanks(Model):
    """That a member found a post useful."""

    __tablename__ = "thanks"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]


class Mention(Model):
    """That a post names a member."""

    __tablename__ = "mention"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )


def opens_for(looking: Any, opening: Any) -> ColumnElement[bool]:
    """That ``opening`` (Post, or an alias of it) opens its topic, for whoever is looking: one that
    was never published only for its author and the desk.
    """
    of_topic: ColumnElement[bool] = opening.topic_id == Topic.id
    if not looking.is_member:
        return of_topic & (opening.number == 1)
    waits: ColumnElement[bool] = opening.number.is_(None) & (Topic.last_number == 0)
    if not looking.is_staff:
        waits = waits & (opening.author_id == looking.id)
    return of_topic & or_(opening.number == 1, waits)


def publish(post: Post, at: datetime) -> None:
    """Let readers see a post for the first time, as the newest of its topic, whenever it was
    written. Whoever calls holds the topic’s row.
    """
    topic = post.topic
    group = topic.group
    topic.last_number += 1
    topic.posts_count += 1
    topic.version += 1
    if topic.last_number == 1:
        topic.opened_at = topic.last_post_at = at
        group.topics_count = Group.topics_count + 1
    elif topic.first_answer_at is None and post.author.id != topic.author.id:
        topic.first_answer_at = at
    topic.last_post_at = max(topic.last_post_at, at)
    group.last_post_at = max(group.last_post_at or at, at)
    post.number, post.written_at, post.published_at = topic.last_number, at, at


def recount(topic: Topic) -> None:
    """Set what a topic and its group tell of their posts from the posts that can be read."""
    db.session.flush()
    readable = (
        select(func.count(), func.max(Post.written_at))
        .select_from(Post)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(Post.topic_id == topic.id, Post.deleted_at.is_(None), Hiding.post_id.is_(None))
    )
    count, last_at = db.session.execute(readable).one()
    others = readable.with_only_columns(func.min(Post.written_at)).where(
        Post.number > 1, Post.author_id != topic.author_id
    )
    topic.posts_count = count
    topic.last_post_at = last_at or topic.opened_at
    topic.first_answer_at = db.session.scalar(others)
    topic.version += 1
    db.session.flush()
    recount_group(topic.group)


def recount_group(group: Group) -> None:
    """Set when somebody last wrote in a group from its topics that can be read."""
    opening_is_gone = (
        exists()
        .where(Post.topic_id == Topic.id, Post.number == 1)
        .where(Post.deleted_at.is_not(None) | exists().where(Hiding.post_id == Post.id))
    )
    group.last_post_at = db.session.scalar(
        select(func.max(Topic.last_post_at)).where(
            Topic.group_id == group.id, Topic.last_number > 0, ~opening_is_gone
        )
    )


def lock_post(post: Post) -> None:
    """Hold the topic of a post, under whose lock the post changes, both read afresh: also where
    somebody put the post into another topic while we waited.
    """
    topic_id = None
    while post.topic_id != topic_id:
        topic_id = post.topic_id
        lock_id(Topic, topic_id)
        db.session.refresh(post)
