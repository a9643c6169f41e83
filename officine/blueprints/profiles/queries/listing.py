"""The list of members, as somebody wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select

from officine.blueprints.profiles.queries.members import is_listed
from officine.core.db import db
from officine.lib.facets import Facets
from officine.models import Company, Member
from officine.models.member import photo_url, shown

PAGE = 24
ORDERS = ("new", "name")
MOST_NAMED = 200
SNIPPET = 220


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for in the list of members."""

    languages: tuple[str, ...]
    kind: str = ""
    sector: str = ""
    country: str = ""
    order: str = ORDERS[0]
    page: int = 1
    found: tuple[int, ...] | None = None
    """The members that the words found, best first; None when no words were given."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member in a list."""

    handle: str
    name: str
    photo: str | None
    kind: str
    reads: tuple[str, ...]
    job: str
    firm: str
    place: str
    language: str
    seeks: str
    offers: str

    @property
    def is_supplier(self) -> bool:
        """Whether they sell to the other members: always shown."""
        return self.kind == "supplier"


@dataclass(frozen=True)
class Listed:
    """A page of the list of members, with its counts."""

    people: list[PersonRow]
    total: int
    by_language: dict[str, int]
    by_kind: dict[str, int]
    by_sector: dict[str, int]
    by_country: dict[str, int]


def listed_people(viewer: Any, wanted: Wanted) -> Listed:
    """The members a viewer may see, as they want them."""
    filters = ("languages", "kind", "sector", "country")
    facets = Facets(_mixes(viewer, wanted), wanted, filters)
    return Listed(
        people=[_person(row) for row in db.session.execute(_page_of_people(viewer, wanted))],
        total=facets.total,
        by_language=facets.counts("languages"),
        by_kind=facets.counts("kind"),
        by_sector=facets.counts("sector"),
        by_country=facets.counts("country"),
    )


def _mixes(viewer: Any, wanted: Wanted) -> Sequence[Row[Any]]:
    """How many members there are of each mix of what one can filter by. What a member does not
    show to the viewer does not count.
    """
    sector = case((shown("sector", viewer), Member.sector), else_="").label("sector")
    country = case((shown("place", viewer), Member.country), else_="").label("country")
    reads, number = Member.reads.label("languages"), func.count().label("number")
    query = select(reads, Member.kind, sector, country, number).where(is_listed())
    if wanted.found is not None:
        query = query.where(Member.id.in_(wanted.found))
    return db.session.execute(query.group_by(Member.reads, Member.kind, sector, country)).all()


def _page_of_people(viewer: Any, wanted: Wanted) -> Any:
    def seen(field: str, column: Any) -> Any:
        return case((shown(field, viewer), column), else_="")

    query = (
        select(
            Member.handle,
            Member.name,
            case((shown("photo", viewer), Member.photo_key)).label("photo_key"),
            Member.kind,
            Member.reads,
            seen("job", Member.job).label("job"),
            seen("company", func.coalesce(Company.name, Member.company_name)).label("firm"),
            seen("place", Member.place).label("place"),
            Member.profile_language,
            seen("seeks", func.substr(Member.seeks, 1, SNIPPET)).label("seeks"),
            seen("offers", func.substr(Member.offers, 1, SNIPPET)).label("offers"),
        )
        .outerjoin(Company, Company.id == Member.company_id)
        .where(is_listed())
        .where(or_(*(Member.reads.has_code(code) for code in wanted.languages)))
    )
    if wanted.kind:
        query = query.where(Member.kind == wanted.kind)
    if wanted.sector:
        query = query.where(Member.sector == wanted.sector, shown("sector", viewer))
    if wanted.country:
        query = query.where(Member.country == wanted.country, shown("place", viewer))
    if wanted.found is not None:
        query = query.where(Member.id.in_(wanted.found))
    query = query.order_by(*_order(wanted), Member.id.desc())
    return query.offset((wanted.page - 1) * PAGE).limit(PAGE)


def _order(wanted: Wanted) -> tuple[Any, ...]:
    if wanted.order == "name":
        return (func.lower(Member.name),)
    if wanted.found:
        places = {member_id: place for place, member_id in enumerate(wanted.found)}
        return (case(places, value=Member.id, else_=len(places)),)
    return (Member.joined_at.desc(),)


def _person(row: Row[Any]) -> PersonRow:
    return PersonRow(
        handle=row.handle,
        name=row.name,
        photo=photo_url(row.photo_key),
        kind=row.kind,
        reads=row.reads,
        job=row.job,
        firm=row.firm,
        place=row.place,
        language=row.profile_language,
        seeks=row.seeks,
        offers=row.offers,
    )


def people_named(viewer: Any, words: str) -> tuple[int, ...]:
    """Members whose name or texts hold these very words: what is left of searching while the
    index heals. Only what they show to the viewer is looked at.
    """
    firm = func.coalesce(Company.name, Member.company_name)
    places = (
        ("job", Member.job),
        ("company", firm),
        ("place", Member.place),
        ("about", Member.about),
        ("offers", Member.offers),
        ("seeks", Member.seeks),
    )
    texts = [
        and_(shown(field, viewer), text.icontains(words, autoescape=True)) for field, text in places
    ]
    return tuple(
        db.session.scalars(
            select(Member.id)
            .outerjoin(Company, Company.id == Member.company_id)
            .where(is_listed(), or_(Member.name.icontains(words, autoescape=True), *texts))
            .order_by(Member.joined_at.desc())
            .limit(MOST_NAMED)
        )
    )
