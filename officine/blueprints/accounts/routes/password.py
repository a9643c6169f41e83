"""A new password for whoever forgot the old one."""

from flask import Response, abort, flash, redirect, session, url_for
from flask_babel import gettext as _

from officine.blueprints.accounts import commands
from officine.blueprints.accounts.forms import AddressForm, NewPasswordForm
from officine.blueprints.accounts.queries import find_ticket
from officine.blueprints.accounts.routes.blueprint import accounts, let_in
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.limits import by_account, by_address, seconds_to_wait, wait_message
from officine.core.redirects import home


@accounts.get("/password/forgotten")
def ask_reset() -> Response:
    return page("accounts/ask_reset.html", form=AddressForm())


@accounts.post("/password/forgotten")
def send_reset() -> Response | tuple[Response, int]:
    form = AddressForm()
    wait = seconds_to_wait(
        ("5 per hour", f"reset:{by_account()}"), ("60 per hour", f"reset:{by_address()}")
    )
    if wait:
        return page("accounts/ask_reset.html", "form", form=form, refused=wait_message(wait)), 429
    if not form.validate():
        return page("accounts/ask_reset.html", "form", form=form), 422

    commands.ask_for_reset(form.email.data, at=now())
    session["wrote_to"] = form.email.data
    return done(url_for(".reset_sent"))


@accounts.get("/password/forgotten/sent")
def reset_sent() -> Response:
    if "wrote_to" not in session:
        return redirect(url_for(".ask_reset"), 303)  # type: ignore[return-value]
    return page("accounts/sent.html", address=session["wrote_to"], sent="reset")


@accounts.get("/password/new/<token>")
def reset(token: str) -> Response | tuple[Response, int]:
    ticket = find_ticket(token, "reset")
    if ticket is None:
        return page("accounts/spent.html", purpose="reset", ticket=None), 404
    if not ticket.is_good(now()):
        return page("accounts/spent.html", purpose="reset", ticket=ticket)
    return page("accounts/reset.html", form=NewPasswordForm(), ticket=ticket)


@accounts.post("/password/new/<token>")
def choose_password(token: str) -> Response | tuple[Response, int]:
    ticket = find_ticket(token, "reset") or abort(404)
    if not ticket.is_good(now()):
        return page("accounts/spent.html", purpose="reset", ticket=ticket), 422
    member = ticket.member
    form = NewPasswordForm(about=(member.name, member.email))
    if not form.validate():
        return page("accounts/reset.html", "form", form=form, ticket=ticket), 422

    try:
        commands.reset_password(ticket, form.password.data, at=now())
    except commands.TicketSpent:
        return page("accounts/spent.html", purpose="reset", ticket=ticket), 422
    let_in(member)
    flash(_("Your new password is set. You are signed out everywhere else."), "success")
    return done(home(member.interface_language))
