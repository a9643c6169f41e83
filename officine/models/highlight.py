"""A topic that the editorial desk suggests to its readers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.member import Member
from officine.models.topic import Topic


class Highlight(Model):
    """That the desk suggests a topic, by whom and until when."""

    __tablename__ = "highlight"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    until: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(240), default="")
    """Why it is worth reading, in the editor's words."""
    language: Mapped[str] = mapped_column(String(8))
    """The language of the note."""

    topic: Mapped[Topic] = relationship()
    by: Mapped[Member] = relationship()

    __table_args__ = (Index("ix_highlight_until", "until"),)
