"""What of a company can be found, and in which language; and the finding."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from officine.blueprints.companies.events import CompanyChanged
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.index.finding import Found, find_rows
from officine.core.index.interface import Document
from officine.core.index.keeping import note
from officine.core.words import country_name, sector_name
from officine.lib.text import words_in
from officine.models import Company
from officine.models.group import audiences_of

NOUN = "company"


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


def company_search(
    viewer: Any, text: str, languages: tuple[str, ...], unfinished: bool = False
) -> Found:
    """Find companies by words, read in ``languages``."""
    return find_rows(
        "company",
        text,
        reads=languages,
        audiences=audiences_of(viewer),
        unfinished=unfinished,
        texts_of=_texts,
    )


def _texts(ids: Iterable[int]) -> Iterator[str]:
    for company in found_companies(ids).values():
        yield from (company.name, company.tagline, company.place, *_names(company))
        yield from (company.offers, company.seeks, words_of(company))
