"""Who looks after it, programme, partners and questions."""

from typing import Any

from flask import Response, abort
from flask_babel import gettext as _

from officine.blueprints.companies.queries import company_called
from officine.blueprints.planning import policy, queries
from officine.blueprints.planning.commands import details
from officine.blueprints.planning.commands.errors import LastOrganiser
from officine.blueprints.planning.forms.details import (
    OrganiserForm,
    PartnerForm,
    QuestionForm,
    SessionForm,
)
from officine.blueprints.planning.routes.blueprint import back, event_page, found, planning
from officine.blueprints.planning.routes.files import BadFile, kept_picture
from officine.core.clock import now
from officine.core.pictures import BadPicture
from officine.core.session import viewer
from officine.models import Event

# Organisers


@planning.get("/events/<slug>/organisers")
def people(slug: str) -> Response:
    """Who looks after it."""
    return _people_page(found(slug), OrganiserForm(formdata=None))


@planning.post("/events/<slug>/organisers")
def add_person(slug: str) -> Any:
    """One more."""
    event = found(slug)
    form = OrganiserForm()
    if not form.validate() or form.member is None:
        return _people_page(event, form), 422
    details.add_organiser(event, form.member, by=viewer(), at=now())
    return back("planning.people", event, _("Saved."))


@planning.post("/events/<slug>/organisers/<handle>/removal")
def remove_person(slug: str, handle: str) -> Any:
    """One less."""
    event = found(slug)
    member = queries.find_member(handle) or abort(404)
    try:
        details.remove_organiser(event, member, by=viewer(), at=now())
    except LastOrganiser:
        problem = _("Somebody must look after it: first add another organiser.")
        return _people_page(event, OrganiserForm(formdata=None), problem=problem), 409
    return back(
        "planning.people" if policy.may_edit(viewer(), event) else "events.index",
        event,
        _("Saved."),
    )


# Programme


@planning.get("/events/<slug>/programme")
def programme(slug: str) -> Response:
    """Its parts, in order."""
    event = found(slug)
    return _programme_page(event, _first_session(event))


@planning.post("/events/<slug>/programme")
def add_session(slug: str) -> Any:
    """One part more."""
    event = found(slug)
    form = SessionForm(event)
    if not form.validate():
        return _programme_page(event, form), 422
    starts, ends = form.span()
    details.add_session(
        event, by=viewer(), at=now(), starts_at=starts, ends_at=ends, title=form.title.data,
        language=form.language.data, text=form.text.data or "", speakers=form.spoken,
    )  # fmt: skip
    return back("planning.programme", event, _("Saved."))


@planning.post("/events/<slug>/programme/<int:session_id>/removal")
def remove_session(slug: str, session_id: int) -> Any:
    """One part less."""
    event = found(slug)
    session = queries.find_session(session_id, event) or abort(404)
    details.remove_session(event, session, by=viewer(), at=now())
    return back("planning.programme", event, _("Saved."))


# Partners


@planning.get("/events/<slug>/partners")
def partners(slug: str) -> Response:
    """Who stands behind it."""
    return _partners_page(found(slug), PartnerForm(formdata=None))


@planning.post("/events/<slug>/partners")
def add_partner(slug: str) -> Any:
    """One more, perhaps with its mark."""
    event = found(slug)
    form = PartnerForm()
    if not form.validate():
        return _partners_page(event, form), 422
    try:
        key = kept_picture(form.mark.data, 400) if form.mark.data else None
    except (BadPicture, BadFile) as problem:
        form.mark.errors = [str(problem)]
        return _partners_page(event, form), 422
    details.add_partner(
        event, by=viewer(), at=now(), role=form.role.data, name=form.name.data,
        company=company_called(form.name.data), url=form.url.data, offer=form.offer.data or "",
        language=event.language, mark_key=key,
    )  # fmt: skip
    return back("planning.partners", event, _("Saved."))


@planning.post("/events/<slug>/partners/<int:partner_id>/removal")
def remove_partner(slug: str, partner_id: int) -> Any:
    """One less."""
    event = found(slug)
    partner = queries.find_partner(partner_id, event) or abort(404)
    details.remove_partner(event, partner, by=viewer(), at=now())
    return back("planning.partners", event, _("Saved."))


# Questions


@planning.get("/events/<slug>/questions")
def questions(slug: str) -> Response:
    """What those who register are asked."""
    return _questions_page(found(slug), QuestionForm(formdata=None))


@planning.post("/events/<slug>/questions")
def ask(slug: str) -> Any:
    """One question more."""
    event = found(slug)
    form = QuestionForm()
    if not form.validate():
        return _questions_page(event, form), 422
    details.ask(
        event, by=viewer(), at=now(), text=form.text.data, kind=form.kind.data,
        language=event.language, choices=form.choices.data or "",
        is_required=bool(form.is_required.data),
    )  # fmt: skip
    return back("planning.questions", event, _("Saved."))


@planning.post("/events/<slug>/questions/<int:question_id>/removal")
def stop_asking(slug: str, question_id: int) -> Any:
    """One question less; what was answered is kept."""
    event = found(slug)
    question = next((each for each in event.questions if each.id == question_id), None) or abort(
        404
    )
    details.stop_asking(event, question, by=viewer(), at=now())
    return back("planning.questions", event, _("Saved."))


def _first_session(event: Event) -> SessionForm:
    last = max((each.ends_at for each in event.sessions), default=event.starts_at)
    local = last.astimezone(event.timezone)
    return SessionForm(
        event, formdata=None, day=local.date(), begins=local.time(), language=event.language
    )


def _people_page(event: Event, form: OrganiserForm, **shown: Any) -> Response:
    context: dict[str, Any] = {"form": form, "people": queries.organisers(event)}
    return event_page("planning/people.html", event, **(context | shown))


def _programme_page(event: Event, form: SessionForm) -> Response:
    return event_page("planning/programme.html", event, form=form)


def _partners_page(event: Event, form: PartnerForm) -> Response:
    return event_page("planning/partners.html", event, form=form)


def _questions_page(event: Event, form: QuestionForm) -> Response:
    return event_page("planning/questions.html", event, form=form)
