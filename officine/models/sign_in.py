"""Where somebody is signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model
from officine.models.member import Member


class SignIn(Model):
    """One open session on one device. Its token is known to the browser only."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(120))
    """``browser/system``, as far as the browser says."""
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship()

    @property
    def browser(self) -> str:
        """The browser's name, or nothing."""
        return self.device.partition("/")[0]

    @property
    def system(self) -> str:
        """The system's name, or nothing."""
        return self.device.partition("/")[2]
