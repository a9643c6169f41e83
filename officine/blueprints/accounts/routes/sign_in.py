"""Coming in and going out."""

from flask import Response, flash, redirect, request
from flask_babel import gettext as _

from officine.blueprints.accounts import commands
from officine.blueprints.accounts.forms import SignInForm
from officine.blueprints.accounts.queries import find_member_by_address
from officine.blueprints.accounts.routes.blueprint import accounts, let_in
from officine.core.clock import now
from officine.core.fields import address_of
from officine.core.htmx import done, page
from officine.core.limits import by_account, by_address, seconds_to_wait, wait_message
from officine.core.redirects import home, local_address, safe_next
from officine.core.session import finish_session, forget_pages, viewer


@accounts.get("/sign-in")
def sign_in() -> Response:
    if viewer().is_member:
        return redirect(safe_next(), 303)  # type: ignore[return-value]
    form = SignInForm(next=local_address(request.args.get("next")))
    return page("accounts/sign_in.html", form=form)


@accounts.post("/sign-in")
def enter() -> Response | tuple[Response, int]:
    form = SignInForm()
    wait = seconds_to_wait(
        # Whoever guesses at one account is slowed down where they are, before its owner is.
        ("10 per 15 minutes", f"sign-in:{by_account()}:{by_address()}"),
        ("60 per hour", f"sign-in:{by_account()}"),
        ("100 per 15 minutes", f"sign-in:{by_address()}"),
    )
    if wait:
        return page("accounts/sign_in.html", "form", form=form, refused=wait_message(wait)), 429
    if not form.validate():
        return page("accounts/sign_in.html", "form", form=form), 422

    member = find_member_by_address(address_of(form.email.data) or "")
    is_right = commands.has_password(member, form.password.data)
    # Who has not opened the link yet hears the same: to come in with a password of one’s own
    # choosing would tell that the address was free.
    if member is None or not is_right or not member.is_confirmed:
        refused = _("This address and this password do not go together.")
        return page("accounts/sign_in.html", "form", form=form, refused=refused, joining=True), 422

    let_in(member, stay=form.stay.data)
    return done(safe_next(home(member.interface_language)))


@accounts.post("/sign-out")
def sign_out() -> Response:
    member = viewer()
    if member.is_member:
        commands.end_session(member.sign_in, at=now())
        finish_session()
        flash(_("You are signed out."), "success")
    return forget_pages(done(home()))
