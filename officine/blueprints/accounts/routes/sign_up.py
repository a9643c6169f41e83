"""Joining."""

from flask import Response, redirect, request, session, url_for

from officine.blueprints.accounts import commands
from officine.blueprints.accounts.forms import SignUpForm
from officine.blueprints.accounts.routes.blueprint import accounts
from officine.blueprints.texts import queries as texts
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import page_language
from officine.core.limits import by_account, by_address, seconds_to_wait, wait_message
from officine.core.redirects import local_address, safe_next
from officine.core.session import viewer
from officine.models.document import TOLD


@accounts.get("/sign-up")
def sign_up() -> Response:
    if viewer().is_member:
        return redirect(safe_next(), 303)  # type: ignore[return-value]
    form = SignUpForm(reads=[page_language()], next=local_address(request.args.get("next")))
    return _form_page(form)


@accounts.post("/sign-up")
def join() -> Response | tuple[Response, int]:
    form = SignUpForm()
    wait = seconds_to_wait(
        ("6 per hour", f"sign-up:{by_account()}"), ("60 per hour", f"sign-up:{by_address()}")
    )
    if wait:
        return _form_page(form, refused=wait_message(wait)), 429
    if not form.validate():
        return _form_page(form), 422

    commands.sign_up(
        name=form.name.data,
        email=form.email.data,
        password=form.password.data,
        kind=form.kind.data,
        language=page_language(),
        reads=form.reads.data,
        at=now(),
        then=local_address(form.next.data),
    )
    session["wrote_to"] = form.email.data
    return done(url_for(".sign_up_sent"))


@accounts.get("/sign-up/sent")
def sign_up_sent() -> Response:
    if "wrote_to" not in session:
        return redirect(url_for(".sign_up"), 303)  # type: ignore[return-value]
    return page("accounts/sent.html", address=session["wrote_to"], sent="sign-up")


def _form_page(form: SignUpForm, refused: str = "") -> Response:
    """The form, with what changes soon of what one accepts by joining."""
    language = page_language()
    return page(
        "accounts/sign_up.html", "form", form=form, refused=refused,
        changes=[
            (text, change)
            for text in texts.pages(TOLD, now())
            for change in text.changes(language)
        ],
    )  # fmt: skip
