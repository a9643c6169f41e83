"""That a mail address is somebody's."""

from flask import Response, abort, flash, redirect, request, session, url_for
from flask_babel import gettext as _

from officine.blueprints.accounts import commands
from officine.blueprints.accounts.forms import AddressForm, OneButton
from officine.blueprints.accounts.queries import find_ticket
from officine.blueprints.accounts.routes.blueprint import accounts, let_in
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.limits import by_account, by_address, seconds_to_wait, wait_message
from officine.core.permission import SIGN_IN_FIRST, allow
from officine.core.redirects import home, local_address, safe_next
from officine.core.session import viewer
from officine.models import Member


@accounts.get("/confirm/<token>")
def confirm(token: str) -> Response | tuple[Response, int]:
    # Mail scanners open links, so opening it changes nothing: a button does.
    ticket = find_ticket(token, "confirm")
    if ticket is None:
        return page("accounts/spent.html", purpose="confirm", ticket=None), 404
    if ticket.is_good(now()):
        return page("accounts/confirm.html", form=OneButton(), ticket=ticket)
    return page("accounts/spent.html", purpose="confirm", ticket=ticket, form=OneButton())


@accounts.post("/confirm/<token>")
def confirm_now(token: str) -> Response | tuple[Response, int]:
    ticket = find_ticket(token, "confirm") or abort(404)
    try:
        member = commands.confirm(ticket, at=now())
    except commands.TicketSpent:
        if viewer() is ticket.member:
            return done(home())
        return page("accounts/spent.html", purpose="confirm", ticket=ticket, form=OneButton()), 422
    if viewer() is not member:
        let_in(member)
    flash(_("Welcome, %(name)s. Your address is confirmed.", name=member.first_name), "success")
    return done(local_address(ticket.details.get("next")) or home())


@accounts.post("/confirm/<token>/renewal")
def renew_confirmation(token: str) -> Response | tuple[Response, int]:
    """A new link for an old one."""
    ticket = find_ticket(token, "confirm") or abort(404)
    return _send_again(ticket.member, local_address(ticket.details.get("next")))


@accounts.get("/confirmation/forgotten")
def ask_confirmation() -> Response:
    """For whoever has lost the letter, or never got it."""
    return page("accounts/ask_confirmation.html", form=AddressForm(), then=_wanted())


@accounts.post("/confirmation/forgotten")
def find_confirmation() -> Response | tuple[Response, int]:
    form = AddressForm()
    asked = {"form": form, "then": _wanted()}
    wait = seconds_to_wait(
        ("5 per hour", f"confirmation:{by_account()}"),
        ("60 per hour", f"confirmation:{by_address()}"),
    )
    if wait:
        refused = wait_message(wait)
        return page("accounts/ask_confirmation.html", "form", refused=refused, **asked), 429
    if not form.validate():
        return page("accounts/ask_confirmation.html", "form", **asked), 422

    commands.ask_for_confirmation(form.email.data, at=now(), then=_wanted())
    session["wrote_to"] = form.email.data
    return done(url_for(".confirmation_sent"))


@accounts.get("/confirmation/forgotten/sent")
def confirmation_sent() -> Response:
    if "wrote_to" not in session:
        return redirect(url_for(".ask_confirmation"), 303)  # type: ignore[return-value]
    return page("accounts/sent.html", address=session["wrote_to"], sent="confirmation")


def _wanted() -> str | None:
    """Where the person wanted to go before they had to ask."""
    return local_address(request.form.get("next") or request.args.get("next"))


@accounts.post("/confirmation")
def send_confirmation() -> Response | tuple[Response, int]:
    """Send the link again to whoever is signed in."""
    if not viewer().is_member:
        allow(SIGN_IN_FIRST)
    return _send_again(viewer(), safe_next())


def _send_again(member: Member, then: str | None) -> Response | tuple[Response, int]:
    wait = seconds_to_wait(("5 per hour", f"confirmation:{member.id}"))
    if wait:
        return page("accounts/wait.html", refused=wait_message(wait)), 429
    commands.send_confirmation_again(member, at=now(), then=then)
    if viewer().is_member:
        flash(_("We have written to %(address)s again.", address=member.email), "success")
        return done(then or home())
    session["wrote_to"] = member.email
    return redirect(url_for(".sign_up_sent"), 303)  # type: ignore[return-value]
