"""Yes, maybe or no: in one tap, or with guests and answers."""

from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from officine.blueprints.attendance import commands, policy, queries
from officine.blueprints.attendance.forms import registration_form
from officine.blueprints.attendance.routes.blueprint import (
    attendance,
    event_url,
    find_or_404,
    words_of,
)
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.permission import allow
from officine.core.redirects import safe_next
from officine.core.session import viewer
from officine.models import Event

WISHES = ("going", "maybe", "no")


@attendance.post("/events/<slug>/reply")
def reply(slug: str) -> Any:
    """One tap. Where the organisers need an answer first, it leads to their questions."""
    event = find_or_404(slug)
    wish = request.form.get("reply", "")
    if wish not in WISHES:
        abort(400)
    registration = queries.registration_of(event, viewer())
    allow(policy.may_reply(viewer(), event, wish, registration, now()))
    if wish == "going" and queries.has_to_answer(event, registration):
        flash(_("The organisers ask you something first."), "notice")
        return done(_questions_url(event))
    try:
        commands.reply(event, wish, by=viewer(), at=now())
    except (commands.NotTaking, commands.WasRefused):
        allow(policy.CLOSED)
    except commands.TooManyGuests:
        return done(_questions_url(event))
    mine = queries.my_registrations(viewer(), [event.id])[event.id]
    if not is_partial():
        flash(said(mine), "success")
    return done(
        safe_next(event_url(event)), "attendance/replied.html", part="reply", event=event,
        mine=mine, title=words_of(event).title, compact=bool(request.form.get("compact")),
    )  # fmt: skip


@attendance.get("/events/<slug>/registration")
def registration(slug: str) -> Response:
    """Guests and questions of the organisers."""
    event = find_or_404(slug)
    mine = queries.registration_of(event, viewer())
    allow(policy.may_reply(viewer(), event, "going", mine, now()))
    form = registration_form(event, queries.questions(event), mine, queries.answers_of(mine))
    return _form_page(event, form)


@attendance.post("/events/<slug>/registration")
def register(slug: str) -> Any:
    """Come, with all that the organisers want to know."""
    event = find_or_404(slug)
    mine = queries.registration_of(event, viewer())
    allow(policy.may_reply(viewer(), event, "going", mine, now()))

    form = registration_form(event, queries.questions(event), mine, queries.answers_of(mine))
    if not form.validate():
        return _form_page(event, form), 422
    try:
        commands.reply(
            event, "going", by=viewer(), at=now(), guests=form.guests.data or 0,
            guest_names=form.guest_names.data or "", answers=form.answers(),
        )  # fmt: skip
    except (commands.NotTaking, commands.WasRefused):
        allow(policy.CLOSED)
    except (commands.TooManyGuests, commands.NoSeatsForGuests) as problem:
        form.guests.errors = [too_many(problem)]
        return _form_page(event, form), 422
    flash(said(queries.my_registrations(viewer(), [event.id])[event.id]), "success")
    return done(event_url(event))


def too_many(problem: commands.TooManyGuests | commands.NoSeatsForGuests) -> str:
    """Why they cannot bring so many people."""
    if isinstance(problem, commands.TooManyGuests):
        return _("You can bring %(most)s people at most.", most=problem.most)
    if problem.left <= 0:
        return _("There is no seat for guests left.")
    return ngettext(
        "There is a seat for %(num)s guest only.",
        "There are seats for %(num)s guests only.",
        problem.left,
    )


def said(mine: queries.Mine) -> str:
    """What became of an answer."""
    if mine.reply == "going":
        return _("You’re going: we have sent you a confirmation.")
    if mine.reply == "waiting":
        return _(
            "All seats are taken. You are number %(place)s in the waiting list, and hear from us "
            "when it is your turn.",
            place=mine.place,
        )
    if mine.reply == "asked":
        return _("The organisers have your request: you hear from them.")
    if mine.reply == "maybe":
        return _("You said maybe.")
    return _("You’re not going.")


def _questions_url(event: Event) -> str:
    return url_for(".registration", slug=event.slug)


def _form_page(event: Event, form: Any) -> Response:
    return page(
        "attendance/registration.html", part="registration", event=event, form=form,
        title=words_of(event).title, text=words_of(event), by_mail=False,
    )  # fmt: skip
