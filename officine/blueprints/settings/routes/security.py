"""Password, mail address, open sessions."""

from flask import Response, abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.accounts import commands as accounts
from officine.blueprints.accounts import queries
from officine.blueprints.settings.forms import ChangeAddressForm, ChangePasswordForm
from officine.blueprints.settings.routes.blueprint import is_me, me, settings
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.limits import by_account, seconds_to_wait, wait_message
from officine.core.session import finish_session, forget_pages

MOST_LETTERS = "5 per hour"


@settings.get("/settings/password")
def password() -> Response:
    me()
    return page("settings/password.html", form=ChangePasswordForm())


@settings.post("/settings/password")
def change_password() -> Response | tuple[Response, int]:
    member = me()
    form = ChangePasswordForm(about=(member.name, member.email))
    if not is_me(form):
        return page("settings/password.html", "form", form=form), 422

    accounts.change_password(member, form.password.data, at=now(), keep=member.sign_in)
    flash(_("Your new password is set. You are signed out everywhere else."), "success")
    return done(url_for(".index"))


@settings.get("/settings/address")
def address() -> Response:
    return page("settings/address.html", form=ChangeAddressForm(present=me().email))


@settings.post("/settings/address")
def change_address() -> Response | tuple[Response, int]:
    member = me()
    form = ChangeAddressForm(present=member.email)
    if not is_me(form):
        return page("settings/address.html", "form", form=form), 422
    wait = seconds_to_wait(
        (MOST_LETTERS, f"address:{member.id}"), (MOST_LETTERS, f"address:{by_account()}")
    )
    if wait:
        form.email.errors = [wait_message(wait)]
        return page("settings/address.html", "form", form=form), 429

    accounts.ask_to_change_address(member, form.email.data, at=now())
    flash(_("Open the link that we have sent to %(address)s.", address=form.email.data), "success")
    return done(url_for(".index"))


@settings.get("/settings/sessions")
def sessions() -> Response:
    member = me()
    return page(
        "settings/sessions.html", sessions=queries.open_sessions(member), here=member.sign_in
    )


@settings.post("/settings/sessions/<int:sign_in_id>/end")
def end_session(sign_in_id: int) -> Response:
    member = me()
    session = queries.find_open_session(sign_in_id, member) or abort(404)
    accounts.end_session(session, at=now())
    if session is member.sign_in:
        finish_session()
        return forget_pages(done(url_for("accounts.sign_in")))
    return _sessions_after(_("You are signed out there."))


@settings.post("/settings/sessions/others/end")
def end_other_sessions() -> Response:
    member = me()
    accounts.end_sessions(member, at=now(), keep=member.sign_in)
    return _sessions_after(_("You are signed out everywhere else."))


def _sessions_after(message: str) -> Response:
    flash(message, "success")
    return done(
        url_for(".sessions"),
        "settings/sessions.html",
        "sessions",
        sessions=queries.open_sessions(me()),
        here=me().sign_in,
    )
