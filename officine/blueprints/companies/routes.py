"""Companies over HTTP."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from officine.blueprints.companies import commands, policy, queries
from officine.blueprints.companies.forms import (
    SIZE_WORDS,
    CompanyForm,
    LogoForm,
    ReasonForm,
    RequestForm,
)
from officine.blueprints.companies.search import company_search
from officine.blueprints.events.queries import parts_of_company
from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.production.queries import follows
from officine.core.asked import asked_languages, asked_words, one_of, page_number
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.htmx import done, is_partial, page
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.pictures import BadPicture, keep_squares, open_picture
from officine.core.reading import reading_order
from officine.core.session import viewer
from officine.core.words import countries
from officine.lib.sectors import SECTORS
from officine.lib.technical_drawing import technical_drawing
from officine.models import Company, CompanyRequest
from officine.models.company import LOGO_SIZES

companies = Blueprint("companies", __name__)

MOST_COMPANIES = "5 per day"
MOST_REQUESTS = "10 per day"
MOST_REQUESTS_TO_ONE = "3 per day"
MOST_LOGOS = "20 per hour"

MOST_TOPICS = 5


@companies.get("/companies")
def index() -> Response:
    words = asked_words()
    chosen = asked_languages()
    languages = chosen or tuple(viewer().reads)
    found = company_search(viewer(), words, languages, unfinished=True) if words else None
    wanted = queries.Wanted(
        languages=languages,
        sector=one_of(SECTORS, "sector"),
        country=one_of(dict(countries()), "country"),
        page=page_number(),
        found=found.ids_or(lambda: queries.companies_named(words)) if found else None,
    )
    listed = queries.listed_companies(wanted)
    if not listed.companies and wanted.page > 1:
        abort(404)
    return page(
        "companies/index.html",
        part="companies",
        is_piece=is_partial(),
        words=words,
        wanted=wanted,
        listed=listed,
        left=max(0, listed.total - wanted.page * queries.PAGE),
        suggestion=found.suggestion if found else None,
        index_heals=bool(found and found.heals),
        may_open=bool(policy.may_open(viewer())),
        followed=bool(wanted.sector) and follows(viewer(), "sector", wanted.sector),
    )


@companies.get("/companies/new")
def new() -> Response:
    allow(policy.may_open(viewer()))
    form = CompanyForm(
        formdata=None,
        name=viewer().company_name,
        place=viewer().place,
        country=viewer().country,
        sector=viewer().sector,
        languages=[viewer().profile_language],
    )
    return page("companies/new.html", form=form, known=None)


@companies.post("/companies")
def create() -> Any:
    allow(policy.may_open(viewer()))

    form = CompanyForm()
    if not form.validate():
        return page("companies/new.html", form=form, known=None), 422
    known = queries.company_called(form.name.data)
    if known and not request.form.get("another"):
        return page("companies/new.html", form=form, known=known), 422
    if refused := too_often((MOST_COMPANIES, f"companies:{viewer().id}")):
        form.name.errors = [refused]
        return page("companies/new.html", form=form, known=None), 429

    company = commands.open_company(by=viewer(), at=now(), **form.description())
    flash(_("The page of “%(company)s” is here.", company=company.name), "success")
    return done(url_for(".show", slug=company.slug))


@companies.get("/companies/<slug>")
def show(slug: str) -> Any:
    company = queries.find_company(slug)
    if company is None:
        present = queries.present_slug(slug) or abort(404)
        return redirect(url_for(".show", slug=present), 301)
    return page("companies/show.html", **_company_page(company))


@companies.get("/companies/<slug>/edit")
def edit(slug: str) -> Response:
    company = _company(slug)
    allow(policy.may_edit(viewer(), company))
    return _edit_page(company, CompanyForm.of(company))


@companies.post("/companies/<slug>/edit")
def save(slug: str) -> Any:
    company = _company(slug)
    allow(policy.may_edit(viewer(), company))

    form = CompanyForm()
    if not form.validate():
        return _edit_page(company, form), 422

    commands.describe_company(company, **form.description())
    flash(_("Saved."), "success")
    return done(url_for(".show", slug=company.slug))


@companies.post("/companies/<slug>/logo")
def save_logo(slug: str) -> Any:
    company = _company(slug)
    allow(policy.may_edit(viewer(), company))

    form = LogoForm()
    form.validate()
    try:
        key = None if request.form.get("remove") else _kept_logo(form)
    except BadPicture as problem:
        form.logo.errors = [str(problem)]
        return _edit_page(company, CompanyForm.of(company), form), 422

    commands.set_logo(company, key)
    flash(_("Saved."), "success")
    return done(url_for(".show", slug=company.slug))


@companies.get("/companies/<slug>/requests/new")
def new_request(slug: str) -> Response:
    company = _company(slug)
    allow(policy.may_ask(viewer(), company))
    return _request_page(company, RequestForm(formdata=None))


@companies.post("/companies/<slug>/requests")
def ask(slug: str) -> Any:
    company = _company(slug)
    allow(policy.may_ask(viewer(), company))

    form = RequestForm()
    if not form.validate():
        return _request_page(company, form), 422
    if refused := too_often(
        (MOST_REQUESTS, f"speaking-requests:{viewer().id}"),
        (MOST_REQUESTS_TO_ONE, f"speaking-requests:{viewer().id}:{company.id}"),
    ):
        form.text.errors = [refused]
        return _request_page(company, form), 429

    commands.ask_to_speak(company, viewer(), text=form.text.data or "", at=now())
    flash(_("Your request is on its way. We tell you as soon as it is answered."), "success")
    return done(url_for(".show", slug=company.slug))


@companies.post("/companies/<slug>/requests/<int:request_id>/acceptance")
def accept(slug: str, request_id: int) -> Any:
    company, asked = _asked(slug, request_id)

    commands.accept_request(asked, by=viewer(), at=now())
    flash(_("%(person)s gets your answer.", person=asked.member.name), "success")
    return done(url_for(".show", slug=company.slug))


@companies.get("/companies/<slug>/requests/<int:request_id>/refusal")
def new_refusal(slug: str, request_id: int) -> Response:
    company, asked = _asked(slug, request_id)
    return page("companies/refuse.html", company=company, asked=asked, form=ReasonForm())


@companies.post("/companies/<slug>/requests/<int:request_id>/refusal")
def refuse(slug: str, request_id: int) -> Any:
    company, asked = _asked(slug, request_id)

    form = ReasonForm()
    if not form.validate():
        return page("companies/refuse.html", company=company, asked=asked, form=form), 422

    commands.refuse_request(asked, by=viewer(), at=now(), reason=form.reason.data)
    flash(_("%(person)s gets your answer.", person=asked.member.name), "success")
    return done(url_for(".show", slug=company.slug))


@companies.post("/companies/<slug>/departures")
def stop_speaking(slug: str) -> Any:
    company = _company(slug)
    allow(policy.may_edit(viewer(), company))

    commands.stop_speaking(company, viewer())
    flash(_("You no longer speak for “%(company)s”.", company=company.name), "success")
    return done(url_for(".show", slug=company.slug))


def _company(slug: str) -> Company:
    return queries.find_company(slug) or abort(404)


def _asked(slug: str, request_id: int) -> tuple[Company, CompanyRequest]:
    """A request to speak for a company, for those who may answer it."""
    company = _company(slug)
    allow(policy.may_answer(viewer(), company))
    return company, queries.find_request(request_id, company) or abort(404)


def _company_page(company: Company) -> dict[str, Any]:
    people = queries.people_of(company, viewer())
    answers = bool(policy.may_answer(viewer(), company))
    return {
        "company": company,
        "people": people,
        "parts": parts_of_company(company, viewer(), reading_order(), now()),
        "topics": forum_queries.topics_by_any(people, viewer(), MOST_TOPICS),
        "speaks": viewer().is_member and viewer().speaks_for(company),
        "may_ask": bool(policy.may_ask(viewer(), company)),
        "asked": queries.open_request(viewer(), company),
        "waiting": queries.requests_waiting(company) if answers else [],
        "followed": follows(viewer(), "company", company.id),
        "drawing": technical_drawing(company.sector, company.slug),
        "size_words": SIZE_WORDS,
        "linked_data": _linked_data(company),
    }


def _edit_page(company: Company, form: CompanyForm, logo_form: LogoForm | None = None) -> Response:
    logo_form = logo_form or LogoForm(formdata=None)
    return page("companies/edit.html", company=company, form=form, logo_form=logo_form)


def _request_page(company: Company, form: RequestForm) -> Response:
    has_speakers = queries.has_speakers(company)
    return page("companies/request.html", company=company, form=form, has_speakers=has_speakers)


def _kept_logo(form: LogoForm) -> str:
    if not form.logo.data:
        raise BadPicture(_("Choose a picture first."))
    if refused := too_often((MOST_LOGOS, f"logos:{viewer().id}")):
        raise BadPicture(refused)
    return keep_squares(open_picture(form.logo.data), "logos", LOGO_SIZES)


def _linked_data(company: Company) -> dict[str, Any]:
    """The company for search engines."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": company.name,
        "url": public_url("companies.show", slug=company.slug),
        "knowsLanguage": list(company.languages),
    }
    texts = {"slogan": company.tagline, "description": company.about}
    data |= {name: text for name, text in texts.items() if text}
    if company.logo_key:
        data["logo"] = f"{current_app.config['PUBLIC_URL']}{company.logo_url(320)}"
    if company.founded:
        data["foundingDate"] = str(company.founded)
    address = {"addressLocality": company.place, "addressCountry": company.country}
    if any(address.values()):
        known = {name: text for name, text in address.items() if text}
        data["address"] = {"@type": "PostalAddress", **known}
    return data
