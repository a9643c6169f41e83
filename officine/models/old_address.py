"""Addresses that something used to have."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from officine.core.db import Model


class OldAddress(Model):
    """A slug or handle that was given up: it leads to its owner’s present one."""

    __tablename__ = "old_address"

    noun: Mapped[str] = mapped_column(String(20), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner_id: Mapped[int]
