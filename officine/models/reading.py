"""How far somebody has read, what they follow, what they have begun to write."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from officine.core.db import Model


class ReadMark(Model):
    """The newest post of a topic that a member has seen."""

    __tablename__ = "read_mark"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int]
    at: Mapped[datetime]


class Follow(Model):
    """That a member wants to hear of new posts in a topic."""

    __tablename__ = "follow"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime]
    stopped: Mapped[bool] = mapped_column(default=False)
    """They said no: writing again does not make them follow again."""


class Draft(Model):
    """A text begun and not yet sent. ``place`` says where it belongs: ``topic:12`` for an answer,
    ``group:3`` for a new topic, ``post:40`` for an edit.
    """

    __tablename__ = "draft"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]

    @staticmethod
    def place_of(noun: str, owner_id: int) -> str:
        """What ``place`` is called: a topic, a group or a post, and which."""
        return f"{noun}:{owner_id}"
