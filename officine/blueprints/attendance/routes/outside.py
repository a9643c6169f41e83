"""Coming without an account: a form, a letter that proves the address, and a secret page on which
one changes one’s mind.
"""

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from officine.blueprints.attendance import commands, policy, queries
from officine.blueprints.attendance.forms import OutsiderForm, registration_form
from officine.blueprints.attendance.routes.blueprint import attendance, find_or_404, words_of
from officine.blueprints.attendance.routes.door import qr_code
from officine.blueprints.attendance.routes.replying import WISHES, said, too_many
from officine.core.clock import now
from officine.core.db import db
from officine.core.htmx import done, page
from officine.core.i18n import page_language
from officine.core.limits import by_account, by_address, seconds_to_wait, wait_message
from officine.core.permission import Refusal, allow
from officine.core.secret_links import guard, opens
from officine.models import Event, Registration

outsiders = Blueprint("outsiders", __name__)
guard(outsiders)

MOST_REQUESTS = "20 per hour"
MOST_LETTERS = "5 per day"


@attendance.get("/events/<slug>/registration/by-mail")
def by_mail(slug: str) -> Response:
    """The form for who has no account."""
    event = find_or_404(slug)
    allow(policy.may_come_without_account(event, now()))
    return _form_page(event, _form(event))


@attendance.post("/events/<slug>/registration/by-mail")
def ask_by_mail(slug: str) -> Any:
    """Whatever we know of the address, the answer is the same: look into your mailbox."""
    event = find_or_404(slug)
    allow(policy.may_come_without_account(event, now()))

    form = _form(event)
    if not form.validate():
        return _form_page(event, form), 422
    wait = seconds_to_wait(
        (MOST_REQUESTS, f"registrations:{by_address()}"),
        (MOST_LETTERS, f"registrations:{by_account()}"),
    )
    if wait:
        form.email.errors = [wait_message(wait)]
        return _form_page(event, form), 429
    try:
        commands.ask_by_mail(
            event, name=form.name.data, email=form.email.data, language=page_language(), at=now(),
            guests=form.guests.data or 0, guest_names=form.guest_names.data or "",
            answers=form.answers(),
        )  # fmt: skip
    except commands.TooManyGuests as problem:
        form.guests.errors = [too_many(problem)]
        return _form_page(event, form), 422
    return done(url_for(".mailed", slug=slug))


@attendance.get("/events/<slug>/registration/mailed")
def mailed(slug: str) -> Response:
    """What happens next."""
    event = find_or_404(slug)
    return page("attendance/mailed.html", event=event, text=words_of(event))


@outsiders.get("/registrations/<int:registration_id>/<key>")
def show(registration_id: int, key: str) -> Response:
    """The page that the letter leads to: to confirm, to change, to cancel."""
    return _page(_opened(registration_id, key), key)


@outsiders.post("/registrations/<int:registration_id>/<key>")
def answer(registration_id: int, key: str) -> Any:
    """Confirm, or say something else."""
    registration = _opened(registration_id, key)
    wish = request.form.get("reply", "")
    if wish not in WISHES:
        abort(400)
    verdict = policy.may_change(registration.event, wish, registration, now())
    if isinstance(verdict, Refusal):
        return _page(registration, key, problem=str(verdict)), 403
    try:
        if registration.reply == "unproven" and wish == "going":
            commands.prove_address(registration, at=now())
        else:
            commands.change_reply(registration, wish, at=now())
    except (commands.NotTaking, commands.WasRefused, commands.TooManyGuests):
        db.session.rollback()
        return _page(_opened(registration_id, key), key, problem=str(policy.CLOSED)), 403
    flash(said(queries.mine_of(registration)), "success")
    return done(url_for(".show", registration_id=registration_id, key=key))


def _opened(registration_id: int, key: str) -> Registration:
    registration = db.session.get(Registration, registration_id)
    if registration is None or registration.member_id is not None:
        abort(404)
    if not opens(key, "registration", registration_id):
        abort(404)
    return registration


def _page(registration: Registration, key: str, problem: str = "") -> Response:
    event = registration.event
    sits = registration.reply == "going"
    return page(
        "attendance/outside.html", event=event, text=words_of(event), key=key, problem=problem,
        registration=registration, mine=queries.mine_of(registration),
        code=qr_code(registration) if sits else "",
    )  # fmt: skip


def _form(event: Event) -> Any:
    return registration_form(event, queries.questions(event), form_class=OutsiderForm)


def _form_page(event: Event, form: Any) -> Response:
    text = words_of(event)
    return page(
        "attendance/registration.html", part="registration", event=event, form=form,
        title=text.title, text=text, by_mail=True,
    )  # fmt: skip
