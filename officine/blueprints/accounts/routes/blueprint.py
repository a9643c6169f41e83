"""The blueprint, and what its pages share."""

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _

from officine.blueprints.accounts import commands, jobs
from officine.core import worker
from officine.core.clock import now
from officine.core.session import begin_session
from officine.lib.devices import device_of
from officine.models import Member, SignIn

accounts = Blueprint("accounts", __name__)


def let_in(member: Member, *, stay: bool = False) -> None:
    """Sign the member in on this browser."""
    device = device_of(request.headers.get("User-Agent", ""))
    commands.open_session(member, device=device, at=now())
    begin_session(member, stay=stay)


@accounts.after_app_request
def note_visit(response: Response) -> Response:
    """Write down now and then that the member was here; the worker does it, a page only reads."""
    member = g.get("viewer")
    if response.status_code >= 400 or member is None or not member.is_member:
        return response
    if member.sign_in and commands.is_worth_noting(member.sign_in, at=now()):
        worker.jobs.later(jobs.note_visit, member.sign_in.id)
    return response


@accounts.app_template_filter("device")
def device(session: SignIn) -> str:
    """Where a session is, in words: “Firefox on Windows”."""
    if session.browser and session.system:
        return _("%(browser)s on %(system)s", browser=session.browser, system=session.system)
    return session.browser or session.system or _("A device we cannot name")
