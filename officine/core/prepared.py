"""Statements that are written once.

To put a statement together out of columns and conditions takes the processor longer than to run
it. One that depends on who is looking is put together once for each kind of viewer, with a place
for their number, which is filled in when it is run:

    @prepared
    def _groups_of(viewer): return select(Group).where(belongs_to(viewer))

    db.session.scalars(_groups_of(viewer), for_(viewer))

A condition that holds the day or the hour goes stale: it comes as a further argument, or has a
place of its own (`bindparam`).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import bindparam

TRAITS = (
    "is_member",
    "is_staff",
    "is_leader",
    "is_administrator",
    "interface_language",
    "reads",
    "previews",
)
"""What of a viewer the wording of a statement may depend on."""

MOST_KEPT = 256

Statement = TypeVar("Statement")


class Whoever:
    """Stands for whoever looks, in a statement: their kind is known, their number comes later.
    What is not among TRAITS is not theirs to ask, so that nobody reads another’s statement.
    """

    def __init__(self, *traits: Any) -> None:
        for name, trait in zip(TRAITS, traits, strict=True):
            setattr(self, name, trait)
        # Nobody’s number is none: a condition on it must not turn into “is null”.
        self.id: Any = bindparam("viewer_id")


def prepared(build: Callable[..., Statement]) -> Callable[..., Statement]:
    """Keep what ``build`` gives for each kind of viewer and each of its further arguments."""

    @lru_cache(maxsize=MOST_KEPT)
    def kept(traits: tuple[Any, ...], *more: Any) -> Statement:
        return build(Whoever(*traits), *more)

    def statement(viewer: Any, *more: Any) -> Statement:
        return kept(tuple(getattr(viewer, name, None) for name in TRAITS), *more)

    return statement


def for_(viewer: Any, **more: Any) -> dict[str, Any]:
    """What fills the places of a prepared statement."""
    return {"viewer_id": viewer.id, **more}
