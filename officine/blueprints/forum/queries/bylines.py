"""Who speaks, as their name stands beside what they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func

from officine.models import Company, Member
from officine.models.member import photo_url
from officine.models.sanction import is_closed


@dataclass(frozen=True, slots=True)
class Byline:
    """Who speaks, as much of it as they show to whoever is looking."""

    id: int
    handle: str
    name: str
    photo: str | None
    job: str
    company: str
    place: str
    is_supplier: bool
    has_left: bool
    """Whether their page is not shown any more: gone, or excluded."""


AUTHOR = (
    Member.id.label("author_id"),
    Member.handle,
    Member.name,
    Member.photo_key,
    Member.job,
    func.coalesce(Company.name, Member.company_name).label("firm"),
    Member.place,
    Member.kind,
    Member.left_at,
    is_closed().label("is_closed"),
    Member.shown_to,
)
"""What a query asks for of them, with their company joined along if they have one."""


def byline(row: Row[*tuple[Any, ...]], viewer: Any) -> Byline:
    """As much of AUTHOR as they show to whoever is looking."""
    shown_to = row.shown_to or {}

    def shown(field: str, value: Any) -> Any:
        return value if viewer.is_member or shown_to.get(field) != "members" else None

    return Byline(
        id=row.author_id,
        handle=row.handle,
        name=row.name,
        photo=photo_url(shown("photo", row.photo_key)),
        job=shown("job", row.job) or "",
        company=shown("company", row.firm) or "",
        place=shown("place", row.place) or "",
        is_supplier=row.kind == "supplier",
        has_left=row.left_at is not None or row.is_closed,
    )


def faces(people: Iterable[Byline]) -> list[tuple[str, str | None]]:
    """Names and photos, as the component for faces takes them."""
    return [(person.name, person.photo) for person in people]
