"""Codes that a phone’s camera reads at the door, also told later by one that had no connection."""

from datetime import timedelta
from typing import Any

from flask import Response, jsonify
from flask_babel import ngettext
from markupsafe import Markup

from officine.blueprints.attendance import commands, policy, queries
from officine.blueprints.attendance.forms import ScanForm
from officine.blueprints.attendance.routes.blueprint import attendance, find_or_404
from officine.core.assets import built
from officine.core.clock import now
from officine.core.config import ROOT
from officine.core.permission import allow
from officine.core.secret_links import fingerprint
from officine.core.session import viewer
from officine.core.words import hour_in
from officine.models import Event, Registration


@attendance.app_template_filter("ticket")
def ticket_of(registration: Registration) -> str:
    """What a phone at the door keeps of a code: enough to know it again, not to make it."""
    return fingerprint(registration.code)


@attendance.app_template_filter("party")
def party_of(registration: Registration) -> str:
    """Whom somebody brings along, in words."""
    if not registration.guests:
        return ""
    brought = ngettext("with %(num)s guest", "with %(num)s guests", registration.guests)
    return f"{brought}: {registration.guest_names}" if registration.guest_names else brought


@attendance.post("/events/<slug>/door/scans")
def scan(slug: str) -> Any:
    """Somebody was seen at the door. A script reads the answer: whether they are in by this, were
    in already, or are unknown.
    """
    event = find_or_404(slug)
    allow(policy.may_look_after(viewer(), event))
    form = ScanForm()
    if not form.validate():
        return jsonify(answer="unreadable"), 422
    # The phone says how long ago, not when: its clock may be wrong.
    at = now() - timedelta(seconds=form.seconds_ago.data or 0)
    if form.name.data:
        walked_in = commands.walk_in(event, name=form.name.data, at=at, scan=form.scan.data)
        return _answer("in", walked_in)
    registration = _meant(event, form)
    if registration is None:
        return jsonify(answer="unknown")
    is_in = commands.arrive(registration, at=at, scan=form.scan.data)
    return _answer("in" if is_in else "already", registration)


@attendance.get("/events/door-worker.js")
def door_worker() -> Response:
    """What opens the page at the door without a connection. It lies here because a script of this
    kind serves only what lies below it.
    """
    return built(ROOT / "static" / "dist", "door-worker.js")


def _meant(event: Event, form: ScanForm) -> Registration | None:
    if form.registration.data is None:
        return queries.registration_by_code(event, form.code.data or "")
    registration = queries.find_registration(form.registration.data, event)
    return registration if registration is not None and registration.reply == "going" else None


def _answer(answer: str, registration: Registration) -> Response:
    arrived_at = registration.arrived_at or now()
    return jsonify(
        answer=answer,
        name=registration.shown_name,
        party=party_of(registration),
        hour=Markup(hour_in(arrived_at, registration.event.zone)).striptags(),
    )
