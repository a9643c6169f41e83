"""Entering a group: at once, by request or by invitation; and leaving it."""

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _

from officine.blueprints.groups import commands, policy, queries
from officine.blueprints.groups.forms import InviteForm, ReasonForm, RequestForm
from officine.blueprints.groups.routes.blueprint import groups
from officine.blueprints.groups.routes.pages import find_or_404, people_page
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Group, JoinRequest

MOST_REQUESTS = "20 per day"
MOST_REQUESTS_TO_ONE = "3 per day"
MOST_INVITATIONS = "100 per day"
MOST_INVITATIONS_TO_ONE = "2 per day"


@groups.post("/groups/<slug>/members")
def join(slug: str) -> Any:
    group = find_or_404(slug)
    if queries.membership_of(viewer(), group):
        return done(_after_joining(group))
    allow(policy.may_join(viewer(), group))

    commands.join(group, viewer(), at=now())
    flash(_("Welcome to “%(group)s”.", group=group.name), "success")
    return done(_after_joining(group))


@groups.post("/groups/<slug>/departures")
def leave(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_leave(viewer(), group))

    commands.leave(group, viewer())
    flash(_("You have left “%(group)s”.", group=group.name), "success")
    return done(url_for(".index"))


@groups.get("/groups/<slug>/requests/new")
def new_request(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_request(viewer(), group))
    return page("groups/request.html", group=group, form=RequestForm())


@groups.post("/groups/<slug>/requests")
def ask_to_join(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_request(viewer(), group))

    form = RequestForm()
    if not form.validate():
        return page("groups/request.html", group=group, form=form), 422
    if refused := too_often(
        (MOST_REQUESTS, f"join-requests:{viewer().id}"),
        (MOST_REQUESTS_TO_ONE, f"join-requests:{viewer().id}:{group.id}"),
    ):
        form.text.errors = [refused]
        return page("groups/request.html", group=group, form=form), 429

    commands.request_to_join(group, viewer(), text=form.text.data or "", at=now())
    flash(_("The hosts have your request. We tell you as soon as they answer."), "success")
    return done(url_for(".show", slug=group.slug))


@groups.post("/groups/<slug>/requests/<int:request_id>/acceptance")
def accept(slug: str, request_id: int) -> Any:
    group, asked = _asked(slug, request_id)

    commands.accept_request(asked, by=viewer(), at=now())
    flash(_("%(person)s is in.", person=asked.member.name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.get("/groups/<slug>/requests/<int:request_id>/refusal")
def new_refusal(slug: str, request_id: int) -> Any:
    group, asked = _asked(slug, request_id)
    return page("groups/refuse.html", group=group, asked=asked, form=ReasonForm())


@groups.post("/groups/<slug>/requests/<int:request_id>/refusal")
def refuse(slug: str, request_id: int) -> Any:
    group, asked = _asked(slug, request_id)

    form = ReasonForm()
    if not form.validate():
        return page("groups/refuse.html", group=group, asked=asked, form=form), 422

    commands.refuse_request(asked, by=viewer(), at=now(), reason=form.reason.data)
    flash(_("%(person)s gets your answer.", person=asked.member.name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.post("/groups/<slug>/invitations")
def invite(slug: str) -> Any:
    group = find_or_404(slug)
    allow(policy.may_invite(viewer(), group))

    form = InviteForm()
    form.validate()
    person = queries.find_person(form.handle.data or "")
    if person is None and not form.errors:
        form.handle.errors = [_("Nobody here has this @name.")]
    elif person and queries.membership_of(person, group):
        form.handle.errors = [_("%(person)s belongs to the group already.", person=person.name)]
    if form.handle.errors or person is None:
        return people_page(group, form), 422
    if refused := too_often(
        (MOST_INVITATIONS, f"invitations:{viewer().id}"),
        (MOST_INVITATIONS_TO_ONE, f"invitations:{group.id}:{person.id}"),
    ):
        form.handle.errors = [refused]
        return people_page(group, form), 429

    commands.invite(group, person, by=viewer(), at=now())
    flash(_("%(person)s has your invitation.", person=person.name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.post("/groups/<slug>/invitation/refusal")
def decline_invitation(slug: str) -> Any:
    group = find_or_404(slug)
    invitation = queries.open_invitation(viewer(), group) or abort(404)

    commands.decline_invitation(invitation, at=now())
    flash(_("You have declined the invitation."), "success")
    return done(url_for(".index"))


def _asked(slug: str, request_id: int) -> tuple[Group, JoinRequest]:
    """A request to join, for those who may answer it."""
    group = find_or_404(slug)
    allow(policy.may_host(viewer(), group))
    return group, queries.find_request(request_id, group) or abort(404)


def _after_joining(group: Group) -> str:
    """Back to the topic whose answer made somebody join, or to the group."""
    topic = request.form.get("topic", "")
    if topic.isdecimal() and len(topic) < 10:
        return url_for("forum.show", topic_id=int(topic), _anchor="answer")
    return url_for(".show", slug=group.slug)
