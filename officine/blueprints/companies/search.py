"""What of a company can be found, and in which language; and the finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select

from officine.blueprints.companies.events import CompanyChanged
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.index.interface import Document, IndexUnavailable, Query
from officine.core.index.keeping import note
from officine.core.words import country_name, sector_name
from officine.lib.text import words_in
from officine.models import Company
from officine.models.group import audiences_of

NOUN = "company"
MOST = 500


def documents_for(ids: Iterable[int]) -> list[Document]:
    """What can be found of these companies: everything they say, by everyone."""
    return [
        Document(
            id=f"company:{company.id}",
            kind="company",
            language=company.language,
            title=company.name,
            body="\n".join((
                company.tagline, company.place, *_names(company), words_of(company),
                company.offers, company.seeks,
            )),
            audience="public",
            at=company.created_at,
        )
        for company in db.session.scalars(select(Company).where(Company.id.in_(list(ids))))
    ]  # fmt: skip


def words_of(company: Company) -> str:
    """What the company tells about itself, without marks."""
    return words_in(company.about_html)


def _names(company: Company) -> tuple[str, str]:
    with writing_in(company.language):
        return country_name(company.country), sector_name(company.sector)


def document_ids(company_id: int) -> tuple[str]:
    """A company is one document."""
    return (f"company:{company_id}",)


def row_ids(after: int, limit: int) -> list[int]:
    """The next companies, by number."""
    following = select(Company.id).where(Company.id > after).order_by(Company.id).limit(limit)
    return list(db.session.scalars(following))


def company_changed(event: CompanyChanged) -> None:
    """A company got its page, or says something else of itself."""
    note(NOUN, [event.company_id])


def present_ids(ids: Iterable[int]) -> set[int]:
    """Those of these companies that are here at this moment."""
    return set(db.session.scalars(select(Company.id).where(Company.id.in_(list(ids)))))


def found_companies(ids: Iterable[int]) -> dict[int, Company]:
    """The same, with what they say of themselves."""
    companies = db.session.scalars(select(Company).where(Company.id.in_(list(ids))))
    return {company.id: company for company in companies}


@dataclass(frozen=True)
class FoundCompanies:
    """The companies that some words found, best first; ``ids`` is None while the index heals."""

    ids: tuple[int, ...] | None
    suggestion: str | None = None


def company_search(
    viewer: Any, text: str, languages: tuple[str, ...], unfinished: bool = False
) -> FoundCompanies:
    """Find companies by words, read in ``languages``."""
    query = Query(
        text=text,
        reads=languages,
        audiences=audiences_of(viewer),
        kinds=("company",),
        unfinished=unfinished,
        limit=MOST,
    )
    index = current_app.extensions.get("officine.index")
    if index is None:
        return FoundCompanies(None)
    try:
        hits = index.search(query)
        suggestion = index.suggestion(query) if hits.unknown or not hits.hits else None
    except IndexUnavailable:
        return FoundCompanies(None)
    return FoundCompanies(
        tuple(dict.fromkeys(int(hit.id.split(":")[1]) for hit in hits.hits)), suggestion
    )
