"""What changes companies, and who speaks for them."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from officine.blueprints.companies.events import (
    CompanyChanged,
    LogoGivenUp,
    SpeakingAnswered,
    SpeakingRequested,
)
from officine.blueprints.companies.queries import speakers_of
from officine.blueprints.profiles.events import ProfileChanged
from officine.core import storage
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.outbox import record
from officine.lib.language import clear_language
from officine.lib.markdown import render
from officine.lib.slugs import slugify
from officine.lib.text import clean, clean_line
from officine.models import Company, CompanyRequest, Member
from officine.models.old_address import free_address, keep_old_address
from officine.models.request import answer

RESERVED_SLUGS = {"new"}


def open_company(
    *,
    name: str,
    language: str,
    at: datetime,
    by: Member | None = None,
    slug: str | None = None,
    tagline: str = "",
    about: str = "",
    offers: str = "",
    seeks: str = "",
    place: str = "",
    country: str = "",
    sector: str = "",
    size: str = "",
    founded: int | None = None,
    languages: Iterable[str] = (),
) -> Company:
    """Give a company its page. ``by`` speaks for it from now on."""
    company = Company(
        slug=slug or _slug(clean_line(name)),
        name=clean_line(name),
        language=language or LANGUAGES[0],
        languages=(),
        created_at=at,
    )
    db.session.add(company)
    db.session.flush()
    describe_company(
        company,
        tagline=tagline,
        about=about,
        offers=offers,
        seeks=seeks,
        place=place,
        country=country,
        sector=sector,
        size=size,
        founded=founded,
        languages=tuple(languages) or (company.language,),
        language=language,
    )
    if by is not None:
        speak_for(company, by)
    return company


def describe_company(
    company: Company,
    *,
    name: str | None = None,
    tagline: str | None = None,
    about: str | None = None,
    offers: str | None = None,
    seeks: str | None = None,
    place: str | None = None,
    country: str | None = None,
    sector: str | None = None,
    size: str | None = None,
    founded: int | None = None,
    languages: Iterable[str] | None = None,
    language: str | None = None,
) -> None:
    """Change what a company says of itself; texts that are not given stay, the year is always
    the one given. A new name gives a new address, to which the old one leads. An empty
    ``language`` is looked for in the texts.
    """
    lines = {"tagline": tagline, "place": place, "country": country, "sector": sector}
    for field, value in (lines | {"size": size}).items():
        if value is not None:
            setattr(company, field, clean_line(value))
    for field, value in {"about": about, "offers": offers, "seeks": seeks}.items():
        if value is not None:
            setattr(company, field, clean(value))
    company.about_html = render(company.about)
    company.founded = founded
    if languages is not None:
        company.languages = tuple(code for code in LANGUAGES if code in set(languages))
    if language is not None:
        company.language = language or _language_of_texts(company)
    if name is not None and clean_line(name) and clean_line(name) != company.name:
        _rename(company, clean_line(name))
    record(CompanyChanged(company.id))


def set_logo(company: Company, key: str | None) -> None:
    """Show the logo kept under ``key``, or none."""
    if company.logo_key and company.logo_key != key:
        record(LogoGivenUp(company.logo_key))
    company.logo_key = key
    record(CompanyChanged(company.id))


def set_logo_drawing(company: Company, svg: str) -> None:
    """Show a drawing of ours in place of a logo."""
    key = f"logos/{secrets.token_urlsafe(12)}.svg"
    storage.put(key, svg.encode())
    set_logo(company, key)


def speak_for(company: Company, member: Member) -> None:
    """Let a member speak for a company, from this moment on."""
    member.company = company
    member.company_name = company.name
    db.session.flush()
    record(ProfileChanged(member.id))
    record(CompanyChanged(company.id))


def stop_speaking(company: Company, member: Member) -> None:
    """Speak for the company no more; its name stays on the profile until the member changes it."""
    if not member.speaks_for(company):
        return
    member.company_name = company.name
    member.company = None
    record(ProfileChanged(member.id))
    record(CompanyChanged(company.id))


def ask_to_speak(company: Company, member: Member, *, text: str, at: datetime) -> CompanyRequest:
    """Ask those who speak for a company to be one of them."""
    request = CompanyRequest(company=company, member=member, text=clean(text), asked_at=at)
    db.session.add(request)
    db.session.flush()
    record(SpeakingRequested(request.id))
    return request


def accept_request(request: CompanyRequest, *, by: Member, at: datetime) -> None:
    """Let somebody who asked speak for the company."""
    if answer(request, by=by, at=at, accepted=True):
        if request.member.company_id is None:
            speak_for(request.company, request.member)
        record(SpeakingAnswered(request.id))


def refuse_request(request: CompanyRequest, *, by: Member, at: datetime, reason: str) -> None:
    """Do not let somebody speak for the company, and tell them why."""
    if answer(request, by=by, at=at, accepted=False, reason=reason):
        record(SpeakingAnswered(request.id))


def _slug(name: str, owner_id: int = 0) -> str:
    wanted = slugify(name, fallback="company")
    return free_address("company", Company.slug, wanted, owner_id=owner_id, reserved=RESERVED_SLUGS)


def _rename(company: Company, name: str) -> None:
    company.name = name
    slug = _slug(name, company.id)
    if slug != company.slug:
        keep_old_address("company", company.id, old=company.slug, new=slug)
        company.slug = slug
    # Their pages and what is found of them carry the name.
    for member in speakers_of(company):
        record(ProfileChanged(member.id))


def _language_of_texts(company: Company) -> str:
    texts = "\n".join((company.tagline, company.about, company.offers, company.seeks))
    return clear_language(texts, LANGUAGES) or company.language
