"""Addresses that something used to have."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from officine.core.db import Model, db

BEGINNING = 74


class OldAddress(Model):
    """A slug or handle that was given up: it leads to its owner’s present one."""

    __tablename__ = "old_address"

    noun: Mapped[str] = mapped_column(String(20), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner_id: Mapped[int]


def free_address(
    noun: str, column: Any, wanted: str, *, owner_id: int = 0, reserved: Collection[str] = ()
) -> str:
    """An address like ``wanted`` that no other of its kind has or used to have. ``column`` holds
    the present addresses; ``owner_id`` may take back what it gave up.
    """
    owner = column.class_
    # A long one makes room for its number, so its beginning is all that the others share.
    alike = f"{wanted[:BEGINNING]}%"
    present = select(column).where(column.like(alike), owner.id != owner_id)
    given_up = select(OldAddress.slug).where(
        OldAddress.noun == noun,
        OldAddress.slug.like(alike),
        OldAddress.owner_id != owner_id,
    )
    taken = {*db.session.scalars(present), *db.session.scalars(given_up), *reserved}
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted[:BEGINNING]}-{number}"
    return slug


def keep_old_address(noun: str, owner_id: int, *, old: str, new: str) -> None:
    """From now on ``old`` leads to ``new``."""
    db.session.execute(delete(OldAddress).where(OldAddress.noun == noun, OldAddress.slug == new))
    db.session.merge(OldAddress(noun=noun, slug=old, owner_id=owner_id))
