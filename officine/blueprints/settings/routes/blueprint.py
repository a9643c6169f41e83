"""The blueprint, and what its pages share."""

from typing import Any

from flask import Blueprint
from flask_babel import gettext as _

from officine.blueprints.accounts import commands as accounts
from officine.blueprints.settings.forms import OwnPasswordForm
from officine.core.limits import seconds_to_wait, wait_message
from officine.core.permission import SIGN_IN_FIRST, allow
from officine.core.session import viewer
from officine.models import Member

settings = Blueprint("settings", __name__)


def me() -> Member:
    """The member whose settings these are."""
    member: Any = viewer()
    allow(member.is_member or SIGN_IN_FIRST)
    return member


def is_me(form: OwnPasswordForm) -> bool:
    """Whether the form is in order and holds the member's own password. If not, it says why."""
    wait = seconds_to_wait(("10 per 15 minutes", f"password:{me().id}"))
    if wait:
        form.validate()
        form.current.errors = [wait_message(wait)]
        return False
    if not form.validate():
        return False
    if not accounts.has_password(me(), form.current.data):
        form.current.errors = [_("This is not your password.")]
        return False
    return True
