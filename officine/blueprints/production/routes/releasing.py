"""The release: the desk asks, the guest signs and can withdraw."""

from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _

from officine.blueprints.production import queries
from officine.blueprints.production.commands import release as commands
from officine.blueprints.production.commands.errors import NoAddress, NoLongerOpen
from officine.blueprints.production.forms import ReleaseForm, SignForm, TakeBackForm
from officine.blueprints.production.routes.blueprint import found, guests, production
from officine.blueprints.production.routes.questions import no_address
from officine.core import storage
from officine.core.asked import one_of
from officine.core.clock import day_of, now
from officine.core.context import public_url
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES, writing_in
from officine.core.limits import too_often
from officine.core.session import viewer
from officine.models import Interview, Release

MOST_LETTERS = "10 per day"


@production.get("/desk/interviews/<int:interview_id>/release")
def release(interview_id: int) -> Response:
    """What was asked, signed, withdrawn; and asking anew."""
    interview = found(interview_id, to_work=False)
    return _page(interview)


@production.post("/desk/interviews/<int:interview_id>/release")
def ask_release(interview_id: int) -> Any:
    """Ask the guest to sign."""
    interview = found(interview_id)
    form = ReleaseForm()
    if not form.validate():
        return _page(interview, form=form), 422
    if refused := too_often((MOST_LETTERS, f"release:{interview.id}")):
        return _page(interview, form=form, problem=refused), 429
    try:
        asked, secret = commands.ask(
            interview,
            by=viewer(),
            at=now(),
            language=form.language.data,
            purposes=form.purposes.data,
            until=form.until.data,
        )
    except NoAddress:
        return _page(interview, form=form, problem=no_address()), 422
    flash(_("The letter to the guest is on its way."), "success")
    return _page(interview, shared_url=_url(asked, secret))


@production.post("/desk/interviews/<int:interview_id>/release/<int:release_id>/address")
def share_release(interview_id: int, release_id: int) -> Any:
    """A new address for the guest, or none."""
    interview = found(interview_id)
    asked = queries.find_release(release_id, interview) or abort(404)
    if request.form.get("act") == "close":
        try:
            commands.revoke(interview, asked, by=viewer())
        except NoLongerOpen:
            said = _("The guest has signed: the address stays, so that they can withdraw it.")
            return _page(interview, problem=said), 422
        flash(_("The address opens nothing any more."), "success")
        return done(url_for(".release", interview_id=interview.id))
    if refused := too_often((MOST_LETTERS, f"release:{interview.id}")):
        return _page(interview, problem=refused), 429
    try:
        secret = commands.renew(interview, asked, by=viewer())
    except NoAddress:
        return _page(interview, problem=no_address()), 422
    flash(_("The letter to the guest is on its way."), "success")
    return _page(interview, shared_url=_url(asked, secret))


@production.get("/desk/interviews/<int:interview_id>/release/<int:release_id>.pdf")
def release_pdf(interview_id: int, release_id: int) -> Response:
    """The signed release, for the desk."""
    interview = found(interview_id, to_work=False)
    return _pdf(queries.find_release(release_id, interview) or abort(404))


def _page(interview: Interview, **shown: Any) -> Response:
    language = one_of(LANGUAGES, "in") or interview.guest_language
    context: dict[str, Any] = {
        "interview": interview,
        "releases": queries.releases(interview),
        "form": ReleaseForm.first(language),
        "chosen": language,
        "problem": None,
        "shared_url": None,
        "today": day_of(now()),
    }
    return page("production/release.html", **(context | shown))


def _url(asked: Release, secret: str) -> str:
    with writing_in(asked.language):
        return public_url("guests.release", secret=secret)


def _pdf(asked: Release) -> Response:
    data = storage.get(asked.pdf_key) if asked.pdf_key else None
    if data is None:
        abort(404)
    reply = Response(data, mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'inline; filename="release-{asked.id}.pdf"'
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


# The guest


@guests.get("/release/<secret>", endpoint="release")
def guest_release(secret: str) -> Response:
    """The guest reads what they allow, and signs; later, withdraws."""
    interview, asked = _opened(secret)
    return _guest_page(secret, interview, asked)


@guests.post("/release/<secret>")
def sign(secret: str) -> Any:
    """The guest signs."""
    interview, asked = _opened(secret)
    form = SignForm()
    if not form.validate():
        return _guest_page(secret, interview, asked, form=form), 422
    try:
        commands.sign(
            interview,
            asked,
            name=form.name.data,
            address=form.address.data,
            signature=form.signature.data,
            at=now(),
            secret=secret,
        )
    except NoLongerOpen:
        return _guest_page(secret, interview, asked), 409
    flash(_("Thank you. You have signed, and a copy is on its way to you."), "success")
    return done(url_for(".release", secret=secret))


@guests.post("/release/<secret>/withdrawal")
def take_back(secret: str) -> Any:
    """The guest withdraws it: nobody sees the interview any more."""
    interview, asked = _opened(secret)
    form = TakeBackForm()
    if not form.validate():
        return _guest_page(secret, interview, asked, why_form=form), 422
    try:
        commands.take_back(interview, asked, at=now(), why=form.why.data or "")
    except NoLongerOpen:
        return _guest_page(secret, interview, asked), 409
    flash(_("You have withdrawn it. From this moment nobody sees the interview."), "success")
    return done(url_for(".release", secret=secret))


@guests.get("/release/<secret>/release.pdf")
def copy(secret: str) -> Response:
    """The guest’s copy."""
    _interview, asked = _opened(secret)
    return _pdf(asked)


def _opened(secret: str) -> tuple[Interview, Release]:
    asked = queries.release_opened_by(secret) or abort(404)
    return queries.find_interview(asked.interview_id) or abort(404), asked


def _guest_page(secret: str, interview: Interview, asked: Release, **shown: Any) -> Response:
    form = SignForm(formdata=None, name=interview.guest_name)
    context: dict[str, Any] = {
        "interview": interview,
        "release": asked,
        "secret": secret,
        "form": form,
        "why_form": TakeBackForm(formdata=None),
        "today": day_of(now()),
    }
    return page("production/guest_release.html", **(context | shown))
