"""Who belongs to a group: its hosts and the other members."""

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.groups import commands, policy, queries
from officine.blueprints.groups.forms import InviteForm, RemovalForm
from officine.blueprints.groups.routes.blueprint import groups
from officine.blueprints.groups.routes.pages import find_or_404, moved, people_page
from officine.core.asked import page_number
from officine.core.clock import now
from officine.core.fields import SHOWN_ONLY
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer


@groups.get("/groups/<slug>/people")
def people(slug: str) -> Any:
    group = queries.find_group(slug, viewer())
    if group is None:
        return moved(slug, "groups.people")
    if not queries.may_read_topics(viewer(), group):
        abort(404)
    return people_page(group, InviteForm(formdata=None, meta=SHOWN_ONLY), page_number())


@groups.post("/groups/<slug>/hosts/<handle>")
def make_host(slug: str, handle: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_host(viewer(), group))
    membership = queries.find_membership(group, handle) or abort(404)

    commands.make_host(membership)
    flash(_("%(person)s is now a host.", person=membership.member.name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.get("/groups/<slug>/removals/<handle>")
def new_removal(slug: str, handle: str) -> Any:
    group = find_or_404(slug)
    membership = queries.find_membership(group, handle) or abort(404)
    allow(policy.may_remove(viewer(), group, membership))
    return page("groups/remove.html", group=group, membership=membership, form=RemovalForm())


@groups.post("/groups/<slug>/removals/<handle>")
def remove(slug: str, handle: str) -> Any:
    group = find_or_404(slug)
    membership = queries.find_membership(group, handle) or abort(404)
    allow(policy.may_remove(viewer(), group, membership))

    form = RemovalForm()
    if not form.validate():
        return page("groups/remove.html", group=group, membership=membership, form=form), 422

    name = membership.member.name
    try:
        commands.remove_member(
            membership, by=viewer(), at=now(), rule=form.rule.data, facts=form.reason.data
        )
    except commands.HostStays:
        allow(policy.HOST_STAYS)
    flash(_("%(person)s is no longer in the group, and reads why.", person=name), "success")
    return done(url_for(".people", slug=group.slug))
