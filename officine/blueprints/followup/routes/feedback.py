"""How it was: three questions, for members in their account, for others by the link in the letter
they received.
"""

from typing import Any

from flask import Blueprint, Response, abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.attendance.queries import registration_of
from officine.blueprints.followup import commands, policy, queries
from officine.blueprints.followup.forms import FeedbackForm, feedback_form
from officine.blueprints.followup.routes.blueprint import find_or_404, followup, words_of
from officine.core.clock import now
from officine.core.db import db
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES, page_language
from officine.core.permission import SIGN_IN_FIRST, allow
from officine.core.secret_links import guard, opens
from officine.core.session import viewer
from officine.lib.language import clear_language
from officine.models import Event, Registration

feedback_by_link = Blueprint("feedback_by_link", __name__)
guard(feedback_by_link)


@followup.get("/events/<slug>/feedback")
def feedback(slug: str) -> Response:
    """The questions, with what one answered before."""
    event, registration = _mine(slug)
    return _page(event, registration, feedback_form(queries.feedback_of(registration)))


@followup.post("/events/<slug>/feedback")
def say_how_it_was(slug: str) -> Any:
    """Answer them, or answer them anew."""
    event, registration = _mine(slug)
    form = FeedbackForm()
    if not form.validate():
        return _page(event, registration, form), 422
    _keep(registration, form)
    return done(url_for("events.show", slug=slug))


@feedback_by_link.get("/registrations/<int:registration_id>/<key>/feedback")
def show(registration_id: int, key: str) -> Response:
    """The same questions, for who has no account."""
    registration = _opened(registration_id, key)
    said = queries.feedback_of(registration)
    return _page(registration.event, registration, feedback_form(said), key)


@feedback_by_link.post("/registrations/<int:registration_id>/<key>/feedback")
def answer(registration_id: int, key: str) -> Any:
    """Answer them, or answer them anew."""
    registration = _opened(registration_id, key)
    form = FeedbackForm()
    if not form.validate():
        return _page(registration.event, registration, form, key), 422
    _keep(registration, form)
    return done(url_for(".show", registration_id=registration_id, key=key))


def _mine(slug: str) -> tuple[Event, Registration]:
    event = find_or_404(slug)
    allow(viewer().is_member or SIGN_IN_FIRST)
    registration = registration_of(event, viewer())
    allow(policy.may_say_how_it_was(registration, event, now()))
    return event, registration or abort(404)


def _opened(registration_id: int, key: str) -> Registration:
    registration = db.session.get(Registration, registration_id)
    if registration is None or registration.member_id is not None:
        abort(404)
    if not opens(key, "registration", registration_id):
        abort(404)
    allow(policy.may_say_how_it_was(registration, registration.event, now()))
    return registration


def _keep(registration: Registration, form: FeedbackForm) -> None:
    text = form.text.data or ""
    commands.say_how_it_was(
        registration, worth=int(form.worth.data), again=form.again.data == "yes", text=text,
        language=clear_language(text, LANGUAGES) or page_language(), at=now(),
    )  # fmt: skip
    flash(_("Thank you. The organisers read it without your name."), "success")


def _page(event: Event, registration: Registration, form: FeedbackForm, key: str = "") -> Response:
    return page(
        "followup/feedback.html", event=event, text=words_of(event), form=form, key=key,
        registration=registration, enough=queries.ENOUGH,
        said=queries.feedback_of(registration),
    )  # fmt: skip
