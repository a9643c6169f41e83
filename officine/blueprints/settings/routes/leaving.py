"""Leaving Officine."""

from flask import Response, flash
from flask_babel import gettext as _

from officine.blueprints.accounts import commands as accounts
from officine.blueprints.accounts import queries
from officine.blueprints.accounts.notices import Addressee, say_goodbye
from officine.blueprints.settings.forms import LeaveForm
from officine.blueprints.settings.routes.blueprint import is_me, me, settings
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.redirects import home
from officine.core.session import finish_session, forget_pages


@settings.get("/settings/leave")
def leave() -> Response:
    return page("settings/leave.html", form=LeaveForm(), groups=queries.groups_only_hosted_by(me()))


@settings.post("/settings/leave")
def leave_now() -> Response | tuple[Response, int]:
    member = me()
    form = LeaveForm()
    groups = queries.groups_only_hosted_by(member)
    if not is_me(form):
        return page("settings/leave.html", "form", form=form, groups=groups), 422
    if groups and not form.desk.data:
        form.desk.errors = [_("Name another host for your groups, or leave them to the desk.")]
        return page("settings/leave.html", "form", form=form, groups=groups), 422

    last_address = Addressee(member, member.email)
    accounts.leave(member, at=now(), desk_takes_over=form.desk.data)
    say_goodbye(last_address, member)
    finish_session()
    flash(_("Your account is closed. What you wrote stays, without your name."), "success")
    return forget_pages(done(home()))
