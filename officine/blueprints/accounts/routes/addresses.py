"""Links that move an account to another mail address, or keep it where it was."""

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _

from officine.blueprints.accounts import commands
from officine.blueprints.accounts.forms import OneButton
from officine.blueprints.accounts.queries import find_ticket
from officine.blueprints.accounts.routes.blueprint import accounts
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.session import finish_session, viewer
from officine.models import Ticket


@accounts.get("/address/new/<token>")
def change_address(token: str) -> Response | tuple[Response, int]:
    return _ask("accounts/change_address.html", "change-mail", token)


@accounts.post("/address/new/<token>")
def change_address_now(token: str) -> Response | tuple[Response, int]:
    ticket = find_ticket(token, "change-mail") or abort(404)
    try:
        commands.change_address(ticket, at=now())
    except commands.TicketSpent:
        return _spent(ticket), 422
    except commands.AddressTaken:
        return page("accounts/taken.html", address=ticket.details["address"]), 422
    flash(_("From now on we write to %(address)s.", address=ticket.member.email), "success")
    return done(url_for("settings.index"))


@accounts.get("/address/kept/<token>")
def keep_address(token: str) -> Response | tuple[Response, int]:
    return _ask("accounts/keep_address.html", "undo-mail", token)


@accounts.post("/address/kept/<token>")
def keep_address_now(token: str) -> Response | tuple[Response, int]:
    ticket = find_ticket(token, "undo-mail") or abort(404)
    try:
        reset_token = commands.keep_old_address(ticket, at=now())
    except commands.TicketSpent:
        return _spent(ticket), 422
    except commands.AddressTaken:
        return page("accounts/taken.html", address=ticket.details["address"]), 422
    if viewer() is ticket.member:
        finish_session()
    flash(_("Your address is safe. Now choose a new password."), "success")
    return redirect(url_for(".reset", token=reset_token), 303)  # type: ignore[return-value]


def _ask(template: str, purpose: str, token: str) -> Response | tuple[Response, int]:
    ticket = find_ticket(token, purpose)
    if ticket is None:
        return page("accounts/spent.html", purpose=purpose, ticket=None), 404
    if not ticket.is_good(now()):
        return _spent(ticket)
    return page(template, form=OneButton(), ticket=ticket)


def _spent(ticket: Ticket) -> Response:
    return page("accounts/spent.html", purpose=ticket.purpose, ticket=ticket)
