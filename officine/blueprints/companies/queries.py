"""Which companies have a page, and who speaks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.lib.facets import Facets
from officine.models import Company, CompanyRequest, Member, OldAddress
from officine.models.company import logo_url
from officine.models.member import shown
from officine.models.sanction import is_here, is_of_team

PAGE = 24
MOST_NAMED = 200


def find_company(slug: str) -> Company | None:
    """The company at an address."""
    return db.session.scalar(select(Company).where(Company.slug == slug))


def present_slug(old_slug: str) -> str | None:
    """Where a company has moved that used to be at ``old_slug``."""
    return db.session.scalar(
        select(Company.slug)
        .join(OldAddress, and_(OldAddress.noun == "company", OldAddress.owner_id == Company.id))
        .where(OldAddress.slug == old_slug)
    )


def company_called(name: str) -> Company | None:
    """The company that has a page under this name, however it is spelt in capitals."""
    return db.session.scalar(
        select(Company)
        .where(func.lower(Company.name) == name.lower())
        .order_by(Company.id)
        .limit(1)
    )


def company_names(limit: int = 300) -> list[str]:
    """The names of the companies that have a page, to choose from."""
    return list(db.session.scalars(select(Company.name).order_by(Company.name).limit(limit)))


def people_of(company: Company, viewer: Any) -> Sequence[Member]:
    """Who speaks for a company, of those who show the viewer that they do."""
    return db.session.scalars(
        select(Member)
        .where(Member.company_id == company.id, is_here())
        .where(or_(shown("company", viewer), Member.id == (viewer.id or 0)))
        .order_by(Member.joined_at, Member.id)
    ).all()


def speakers_of(company: Company) -> Sequence[Member]:
    """Everyone who speaks for a company, for those who must hear of it."""
    return db.session.scalars(
        select(Member).where(Member.company_id == company.id, is_here())
    ).all()


def answerers_of(company: Company) -> Sequence[Member]:
    """Who answers those who ask to speak for a company: its people or, where there is nobody,
    the desk.
    """
    desk = select(Member).where(is_of_team())
    return speakers_of(company) or db.session.scalars(desk).all()


def has_speakers(company: Company) -> bool:
    """Whether anyone speaks for the company."""
    found = select(Member.id).where(Member.company_id == company.id, is_here())
    return db.session.scalar(found.limit(1)) is not None


def open_request(viewer: Any, company: Company) -> CompanyRequest | None:
    """The viewer’s request to speak for the company that waits for an answer."""
    if not viewer.is_member:
        return None
    return db.session.scalar(
        select(CompanyRequest).where(
            CompanyRequest.company_id == company.id,
            CompanyRequest.member_id == viewer.id,
            CompanyRequest.answered_at.is_(None),
        )
    )


def requests_waiting(company: Company) -> Sequence[CompanyRequest]:
    """Who asks to speak for the company, oldest first."""
    return db.session.scalars(
        select(CompanyRequest)
        .join(CompanyRequest.member)
        .where(CompanyRequest.company_id == company.id, CompanyRequest.answered_at.is_(None))
        .where(is_here())
        .options(joinedload(CompanyRequest.member))
        .order_by(CompanyRequest.asked_at)
    ).all()


def find_request(request_id: int, company: Company) -> CompanyRequest | None:
    """One request to speak for this company."""
    request = db.session.get(CompanyRequest, request_id)
    return request if request and request.company_id == company.id else None


@dataclass(frozen=True)
class Wanted:
    """Which companies somebody looks for."""

    languages: tuple[str, ...]
    sector: str = ""
    country: str = ""
    page: int = 1
    found: tuple[int, ...] | None = None
    """The companies that the words found, best first; None when no words were given."""


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company in a list."""

    slug: str
    name: str
    logo: str | None
    place: str
    country: str
    sector: str
    language: str
    languages: tuple[str, ...]
    tagline: str


@dataclass(frozen=True)
class Listed:
    """A page of the list of companies, with its counts."""

    companies: list[CompanyRow]
    total: int
    by_language: dict[str, int]
    by_sector: dict[str, int]
    by_country: dict[str, int]


def listed_companies(wanted: Wanted) -> Listed:
    """The companies that have a page, as they are wanted."""
    facets = Facets(_mixes(wanted), wanted, ("languages", "sector", "country"))
    return Listed(
        companies=[_company(row) for row in db.session.execute(_page_of_companies(wanted))],
        total=facets.total,
        by_language=facets.counts("languages"),
        by_sector=facets.counts("sector"),
        by_country=facets.counts("country"),
    )


def _mixes(wanted: Wanted) -> Sequence[Row[Any]]:
    """How many companies there are of each mix of what one can filter by."""
    columns = (Company.languages, Company.sector, Company.country)
    query: Any = select(*columns, func.count().label("number"))
    if wanted.found is not None:
        query = query.where(Company.id.in_(wanted.found))
    return db.session.execute(query.group_by(*columns)).all()


def _page_of_companies(wanted: Wanted) -> Any:
    query = select(
        Company.slug,
        Company.name,
        Company.logo_key,
        Company.place,
        Company.country,
        Company.sector,
        Company.language,
        Company.languages,
        Company.tagline,
    ).where(or_(*(Company.languages.has_code(code) for code in wanted.languages)))
    if wanted.sector:
        query = query.where(Company.sector == wanted.sector)
    if wanted.country:
        query = query.where(Company.country == wanted.country)
    if wanted.found is not None:
        query = query.where(Company.id.in_(wanted.found))
    query = query.order_by(*_order(wanted), Company.id)
    return query.offset((wanted.page - 1) * PAGE).limit(PAGE)


def _order(wanted: Wanted) -> tuple[Any, ...]:
    if wanted.found:
        places = {company_id: place for place, company_id in enumerate(wanted.found)}
        return (case(places, value=Company.id, else_=len(places)),)
    return (func.lower(Company.name),)


def _company(row: Row[Any]) -> CompanyRow:
    return CompanyRow(
        slug=row.slug,
        name=row.name,
        logo=logo_url(row.logo_key),
        place=row.place,
        country=row.country,
        sector=row.sector,
        language=row.language,
        languages=row.languages,
        tagline=row.tagline,
    )


def companies_named(words: str) -> tuple[int, ...]:
    """Companies whose name or texts hold these very words: what is left of searching while the
    index heals.
    """
    told = (Company.tagline, Company.place, Company.about, Company.offers, Company.seeks)
    return tuple(
        db.session.scalars(
            select(Company.id)
            .where(or_(*(text.icontains(words, autoescape=True) for text in (Company.name, *told))))
            .order_by(func.lower(Company.name))
            .limit(MOST_NAMED)
        )
    )
