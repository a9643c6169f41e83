"""Groups that wait for the editorial desk."""

from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.groups import commands, policy, queries
from officine.blueprints.groups.forms import ReasonForm
from officine.blueprints.groups.routes.blueprint import groups
from officine.blueprints.groups.routes.pages import find_or_404
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer


@groups.get("/groups/proposed")
def proposed() -> Response:
    allow(policy.may_decide(viewer()))
    return page("groups/proposed.html", proposals=queries.proposed_groups())


@groups.post("/groups/<slug>/opening")
def approve(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_decide(viewer()))

    commands.approve_group(group, by=viewer(), at=now())
    flash(_("“%(group)s” is open.", group=group.name), "success")
    return done(url_for(".proposed"))


@groups.get("/groups/<slug>/declining")
def new_declining(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_decline(viewer(), group))
    return page("groups/decline.html", group=group, form=ReasonForm())


@groups.post("/groups/<slug>/declining")
def decline(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_decline(viewer(), group))

    form = ReasonForm()
    if not form.validate():
        return page("groups/decline.html", group=group, form=form), 422

    commands.decline_group(group, by=viewer(), at=now(), facts=form.reason.data)
    flash(_("The proposer reads your reason."), "success")
    return done(url_for(".proposed"))
