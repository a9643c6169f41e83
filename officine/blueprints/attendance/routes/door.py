"""At the door: a code for each who comes, and a page on which organisers tick who is there."""

from datetime import timedelta
from typing import Any

import segno
from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.http import http_date

from officine.blueprints.attendance import commands, policy, queries
from officine.blueprints.attendance.forms import WalkInForm
from officine.blueprints.attendance.routes.blueprint import attendance, find_or_404, words_of
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.headers import permissions_policy
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Event, Registration

KEPT_FOR = timedelta(hours=12)
"""How long after an event a phone keeps its page at the door."""


def qr_code(registration: Registration) -> Markup:
    """The code of a registration as a drawing: the address of the page that lets them in, so that
    the camera of any phone opens it. Only organisers get in there.
    """
    address = public_url("attendance.at_door", slug=registration.event.slug, code=registration.code)
    drawn = segno.make(address, error="m", micro=False)
    # The ground is drawn along: on a dark page a reader would see the code inverted.
    return Markup(drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True))


@attendance.get("/events/<slug>/registration/code")
def ticket(slug: str) -> Response:
    """The viewer’s own code."""
    event = find_or_404(slug)
    registration = queries.registration_of(event, viewer())
    if registration is None or registration.reply != "going":
        abort(404)
    return page(
        "attendance/ticket.html", event=event, text=words_of(event), code=qr_code(registration),
        registration=registration,
    )  # fmt: skip


@attendance.get("/events/<slug>/door")
def door(slug: str) -> Response:
    """Who is expected, and who is there."""
    event = find_or_404(slug)
    allow(policy.may_look_after(viewer(), event))
    return _door_page(event, WalkInForm())


@attendance.get("/events/<slug>/door/<code>")
def at_door(slug: str, code: str) -> Response:
    """Who stands at the door, by their code: one tap lets them in."""
    event = find_or_404(slug)
    allow(policy.may_look_after(viewer(), event))
    registration = queries.registration_by_code(event, code)
    status = 200 if registration is not None else 404
    reply = page(
        "attendance/at_door.html", event=event, text=words_of(event), registration=registration
    )
    reply.status_code = status
    return reply


@attendance.post("/events/<slug>/arrivals")
def arrive(slug: str) -> Any:
    """Somebody is there; or was ticked by mistake."""
    event = find_or_404(slug)
    allow(policy.may_look_after(viewer(), event))
    number, text = request.form.get("registration", ""), request.form.get("code", "").strip()
    registration = (
        queries.find_registration(int(number), event)
        if number.isdecimal() and len(number) < 10
        else queries.registration_by_code(event, text) or queries.expected_by_name(event, text)
    )
    if registration is None:
        flash(_("Nobody, or more than one person, has this code or name."), "error")
        return done(url_for(".door", slug=slug))
    if request.form.get("undo"):
        commands.undo_arrival(registration)
    else:
        commands.arrive(registration, at=now())
        flash(_("%(person)s is here.", person=registration.shown_name), "success")
    return done(
        url_for(".door", slug=slug), "attendance/door.html", part="expected", **_expected(event)
    )


@attendance.post("/events/<slug>/walk-ins")
def walk_in(slug: str) -> Any:
    """Somebody came without being registered."""
    event = find_or_404(slug)
    allow(policy.may_look_after(viewer(), event))
    form = WalkInForm()
    if not form.validate():
        return _door_page(event, form), 422
    commands.walk_in(event, name=form.name.data, at=now())
    flash(_("%(person)s is here.", person=form.name.data), "success")
    return done(url_for(".door", slug=slug))


def _door_page(event: Event, form: WalkInForm) -> Response:
    kept_until = event.ends_at + KEPT_FOR
    reply = page(
        "attendance/door.html", part="expected", text=words_of(event), form=form,
        kept_until=kept_until, **_expected(event),
    )  # fmt: skip
    reply.headers["Permissions-Policy"] = permissions_policy(camera="(self)")
    # Until when a phone may open the page without us.
    reply.headers["Expires"] = http_date(kept_until)
    return reply


def _expected(event: Event) -> dict[str, Any]:
    expected = queries.replies(event, "going")
    return {
        "event": event,
        "expected": sorted(expected, key=lambda each: each.shown_name.casefold()),
        "here": sum(1 for each in expected if each.arrived_at),
    }
