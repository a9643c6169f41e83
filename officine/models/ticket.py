"""A right that travels in a mail."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.member import Member

PURPOSES = ("confirm", "reset", "change-mail", "undo-mail")
LIFETIMES = {
    "confirm": timedelta(days=3),
    "reset": timedelta(hours=1),
    "change-mail": timedelta(days=1),
    "undo-mail": timedelta(days=7),
}


class Ticket(Model):
    """A link that does one thing once, until it expires."""

    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """``address``: the mail address it went to. ``next``: where the person wanted to go.
    ``why``: what made us write, where one purpose has several letters."""
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship()

    @property
    def is_used(self) -> bool:
        """Whether it has done what it does, or was withdrawn."""
        return self.used_at is not None

    def has_expired(self, at: datetime) -> bool:
        """Whether it is too late to use it."""
        return at >= self.expires_at

    @property
    def reached_its_owner(self) -> bool:
        """Whether it went to the address that the member has now: only then does it prove who
        opens it. One that confirms a new address, or gives an old one back, is about another.
        """
        if self.purpose in ("change-mail", "undo-mail"):
            return True
        return bool(self.details.get("address") == self.member.email)

    def is_good(self, at: datetime) -> bool:
        """Whether it may be used now."""
        return not self.is_used and not self.has_expired(at) and self.reached_its_owner
