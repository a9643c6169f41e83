"""A group: proposing or opening it, its page, what it says of itself."""

from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.groups import commands, policy, queries
from officine.blueprints.groups.forms import CoverForm, GroupForm
from officine.blueprints.groups.routes.blueprint import groups
from officine.blueprints.groups.routes.pages import find_or_404, group_page, moved
from officine.core.asked import page_number
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import page_language
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.pictures import BadPicture, keep_picture, open_picture
from officine.core.session import viewer

MOST_GROUPS = "10 per day"
MOST_COVERS = "20 per hour"


@groups.get("/groups/new")
def new() -> Response:
    allow(policy.may_propose(viewer()))
    form = GroupForm(language=page_language())
    return page("groups/new.html", form=form, opens_at_once=policy.opens_at_once(viewer()))


@groups.post("/groups")
def create() -> Any:
    allow(policy.may_propose(viewer()))
    at_once = policy.opens_at_once(viewer())

    form = GroupForm()
    if not form.validate():
        return page("groups/new.html", form=form, opens_at_once=at_once), 422
    if refused := too_often((MOST_GROUPS, f"groups:{viewer().id}")):
        form.name.errors = [refused]
        return page("groups/new.html", form=form, opens_at_once=at_once), 429

    act = commands.open_group if at_once else commands.propose_group
    group = act(by=viewer(), at=now(), language=form.language.data, **form.description())
    if at_once:
        flash(_("The group is open. Write the first topic."), "success")
    else:
        flash(_("Thank you. The editorial team reads your proposal and writes to you."), "success")
    return done(url_for(".show", slug=group.slug))


@groups.get("/groups/<slug>")
def show(slug: str) -> Any:
    group = queries.find_group(slug, viewer())
    if group is None:
        return moved(slug, "groups.show")
    number = page_number()
    only = request.args.get("only", "")
    readable = queries.may_read_topics(viewer(), group)
    topics = forum_queries.topics_for(viewer(), group, number, only) if readable else None
    return group_page(group, topics=topics, only=only)


@groups.get("/groups/<slug>/settings")
def edit(slug: str) -> Response:
    group = find_or_404(slug)
    allow(policy.may_host(viewer(), group))
    form = GroupForm(obj=group).keep_to(queries.possible_readers(group))
    return page("groups/edit.html", group=group, form=form, cover_form=CoverForm())


@groups.post("/groups/<slug>/settings")
def save(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_host(viewer(), group))

    form = GroupForm().keep_to(queries.possible_readers(group))
    # The language stays: the posts are written in it.
    form.language.data = group.language
    if not form.validate():
        return page("groups/edit.html", group=group, form=form, cover_form=CoverForm()), 422

    commands.edit_group(group, **form.description())
    if queries.declining_of(group):
        commands.propose_again(group, at=now())
        flash(_("Saved, and proposed again to the editorial team."), "success")
    else:
        flash(_("Saved."), "success")
    return done(url_for(".show", slug=group.slug))


@groups.post("/groups/<slug>/cover")
def save_cover(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_host(viewer(), group))

    form = CoverForm()
    if request.form.get("remove"):
        commands.set_cover(group, None)
        return done(url_for(".edit", slug=group.slug))
    try:
        if not form.cover.data:
            raise BadPicture(_("Choose a picture first."))
        if refused := too_often((MOST_COVERS, f"covers:{viewer().id}")):
            raise BadPicture(refused)
        key = keep_picture(open_picture(form.cover.data.stream), "covers")
    except BadPicture as problem:
        form.cover.errors = [str(problem)]
        return page(
            "groups/edit.html",
            group=group,
            form=GroupForm(obj=group, formdata=None).keep_to(queries.possible_readers(group)),
            cover_form=form,
        ), 422

    commands.set_cover(group, key)
    flash(_("The cover is up."), "success")
    return done(url_for(".show", slug=group.slug))
