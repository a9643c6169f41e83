"""A firm, with its own page."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core.db import Model

if TYPE_CHECKING:
    from officine.models.member import Member

SIZES = ("1-9", "10-49", "50-249", "250+")


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
    tagline: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    offers: Mapped[str] = mapped_column(Text, default="")
    seeks: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    people: Mapped[list["Member"]] = relationship(back_populates="company")
