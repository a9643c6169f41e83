"""A firm, with its own page."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core import storage
from officine.core.db import Model

if TYPE_CHECKING:
    from officine.models.member import Member

SIZES = ("1-9", "10-49", "50-249", "250+")
LOGO_SIZES = (96, 320)


class Company(Model):
    """A company: what it makes, what it seeks, what it offers, and who speaks for it."""

    __tablename__ = "company"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    sector: Mapped[str] = mapped_column(String(20), default="")
    size: Mapped[str] = mapped_column(String(10), default="")
    founded: Mapped[int | None]
    languages: Mapped[tuple[str, ...]]
    """The languages it works in."""
    language: Mapped[str] = mapped_column(String(8))
    """The language of its own texts."""
    logo_key: Mapped[str | None] = mapped_column(String(200))
    """A folder of squares (``…/96.webp``), or one drawing (``….svg``)."""
    tagline: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    offers: Mapped[str] = mapped_column(Text, default="")
    seeks: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    people: Mapped[list["Member"]] = relationship(back_populates="company")

    def logo_url(self, size: int = 96) -> str | None:
        """The address of the logo, ``size`` pixels or a little more; None without one."""
        return logo_url(self.logo_key, size)


class CompanyRequest(Model):
    """Somebody asks to speak for a company; one who speaks for it already answers."""

    __tablename__ = "company_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    """A word to those who answer."""
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why not, for the one who asked. A refusal has one."""

    company: Mapped[Company] = relationship()
    member: Mapped["Member"] = relationship(foreign_keys=member_id)

    __table_args__ = (
        Index("ix_company_request_waiting", "company_id", "answered_at"),
        CheckConstraint("accepted IS NOT FALSE OR reason <> ''", "refused_with_reason"),
    )


def logo_url(key: str | None, size: int = 96) -> str | None:
    """The address of a logo kept under ``key``."""
    if not key:
        return None
    if key.endswith(".svg"):
        return storage.address(key)
    chosen = next((each for each in LOGO_SIZES if each >= size), LOGO_SIZES[-1])
    return storage.address(f"{key}/{chosen}.webp")
