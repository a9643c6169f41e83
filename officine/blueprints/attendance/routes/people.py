"""Who comes, for those who look after the event: replies, answers, requests, invitations."""

from typing import Any

from flask import Response, abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.attendance import commands, policy, queries
from officine.blueprints.attendance.forms import InviteForm, ReasonForm
from officine.blueprints.attendance.routes.blueprint import attendance, find_or_404, words_of
from officine.blueprints.attendance.routes.lists import as_csv, as_xlsx
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Event, Registration

MOST_INVITATIONS = "100 per day"
KINDS_OF_FILE = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


@attendance.get("/events/<slug>/people")
def people(slug: str) -> Response:
    """The list."""
    event = find_or_404(slug)
    allow(policy.may_look_after(viewer(), event))
    return _people_page(event, InviteForm())


@attendance.get("/events/<slug>/people.<kind>")
def people_file(slug: str, kind: str) -> Response:
    """The list, for a spreadsheet."""
    event = find_or_404(slug)
    allow(policy.may_look_after(viewer(), event))
    if kind not in KINDS_OF_FILE:
        abort(404)
    mimetype, written = KINDS_OF_FILE[kind]
    reply = Response(written(queries.everybody(event), queries.all_questions(event)))
    reply.headers["Content-Type"] = mimetype
    reply.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.{kind}"'
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


@attendance.post("/events/<slug>/requests/<int:registration_id>/acceptance")
def accept(slug: str, registration_id: int) -> Any:
    """Yes."""
    _event, asked = _asked(slug, registration_id)
    commands.accept(asked, at=now())
    flash(_("%(person)s gets your answer.", person=asked.shown_name), "success")
    return done(url_for(".people", slug=slug))


@attendance.get("/events/<slug>/requests/<int:registration_id>/refusal")
def new_refusal(slug: str, registration_id: int) -> Response:
    """No, and why."""
    event, asked = _asked(slug, registration_id)
    return page("attendance/refuse.html", event=event, asked=asked, form=ReasonForm())


@attendance.post("/events/<slug>/requests/<int:registration_id>/refusal")
def refuse(slug: str, registration_id: int) -> Any:
    """No, and why."""
    event, asked = _asked(slug, registration_id)
    form = ReasonForm()
    if not form.validate():
        return page("attendance/refuse.html", event=event, asked=asked, form=form), 422
    commands.refuse(asked, at=now(), reason=form.reason.data or "")
    flash(_("%(person)s gets your answer.", person=asked.shown_name), "success")
    return done(url_for(".people", slug=slug))


@attendance.post("/events/<slug>/invitations")
def invite(slug: str) -> Any:
    """Ask a member to come. Whom the event is not for is not told that it exists."""
    event = find_or_404(slug)
    allow(policy.may_answer_requests(viewer(), event, now()))
    form = InviteForm()
    form.validate()
    person = queries.find_person(form.handle.data or "")
    if not form.errors and (person is None or not queries.sees(person, event)):
        form.handle.errors = [_("Nobody with this @name may see this event.")]
    if form.handle.errors or person is None:
        return _people_page(event, form), 422
    if refused := too_often((MOST_INVITATIONS, f"event-invitations:{viewer().id}")):
        form.handle.errors = [refused]
        return _people_page(event, form), 429
    try:
        commands.invite(event, person, by=viewer(), at=now())
    except commands.AlreadyThere:
        form.handle.errors = [_("%(person)s is on the list already.", person=person.name)]
        return _people_page(event, form), 422
    flash(_("%(person)s has your invitation.", person=person.name), "success")
    return done(url_for(".people", slug=slug))


def _asked(slug: str, registration_id: int) -> tuple[Event, Registration]:
    event = find_or_404(slug)
    allow(policy.may_answer_requests(viewer(), event, now()))
    return event, queries.find_registration(registration_id, event) or abort(404)


def _people_page(event: Event, form: InviteForm) -> Response:
    rows = queries.everybody(event)
    return page(
        "attendance/people.html",
        part="people",
        event=event,
        text=words_of(event),
        rows=rows,
        questions=queries.all_questions(event),
        figures=queries.figures(rows),
        form=form,
    )
