"""Groups over HTTP."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.groups import commands, policy, queries
from officine.blueprints.groups.forms import (
    CoverForm,
    GroupForm,
    InviteForm,
    ReasonForm,
    RemovalForm,
    RequestForm,
)
from officine.blueprints.groups.search import group_search
from officine.core.clock import now
from officine.core.context import with_query
from officine.core.htmx import done, is_partial, page
from officine.core.i18n import LANGUAGES, page_language
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.pictures import BadPicture, keep_picture, open_picture
from officine.core.session import viewer
from officine.lib.sectors import SECTORS
from officine.lib.text import clean_line
from officine.models import Group
from officine.models.group import JOININGS

groups = Blueprint("groups", __name__)

LONGEST_QUESTION = 200

MOST_GROUPS = "10 per day"
MOST_REQUESTS = "20 per day"
MOST_REQUESTS_TO_ONE = "3 per day"
MOST_INVITATIONS = "100 per day"
MOST_INVITATIONS_TO_ONE = "2 per day"
MOST_COVERS = "20 per hour"


@groups.get("/groups")
def index() -> Response:
    words = clean_line(request.args.get("q"))[:LONGEST_QUESTION]
    chosen = tuple(code for code in LANGUAGES if code in request.args.getlist("lang"))
    languages = chosen or tuple(viewer().reads)
    understood = LANGUAGES if chosen else languages
    found = group_search(viewer(), words, understood, is_partial()) if words else None
    ids = None if found is None else found.ids
    if found is not None and ids is None:
        ids = queries.groups_named(viewer(), words)
    wanted = queries.Wanted(
        languages=languages,
        sector=_one_of(SECTORS, "sector"),
        joining=_one_of(JOININGS, "joining"),
        order=_one_of(queries.ORDERS, "order") or queries.ORDERS[0],
        page=_page_number(),
        found=ids,
    )
    listed = queries.listed_groups(viewer(), wanted, now())
    left = max(0, listed.total - wanted.page * queries.PAGE)
    if not listed.groups and wanted.page > 1:
        abort(404)
    return page(
        "groups/index.html",
        part="groups",
        words=words,
        is_piece=is_partial(),
        wanted=wanted,
        listed=listed,
        left=left,
        no_pulse=queries.Pulse(),
        suggestion=found.suggestion if found else None,
        index_heals=found is not None and found.ids is None,
        may_propose=bool(policy.may_propose(viewer())),
        opens_at_once=policy.opens_at_once(viewer()),
    )


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
        return _moved(slug, "groups.show")
    number = _page_number()
    only = request.args.get("only", "")
    readable = queries.may_read_topics(viewer(), group)
    topics = forum_queries.topics_for(viewer(), group, number, only) if readable else None
    return page("groups/show.html", part="topics", **_group_page(group), topics=topics, only=only)


@groups.get("/groups/<slug>/people")
def people(slug: str) -> Any:
    group = queries.find_group(slug, viewer())
    if group is None:
        return _moved(slug, "groups.people")
    if not queries.may_read_topics(viewer(), group):
        abort(404)
    return _people_page(group, InviteForm(formdata=None))


@groups.get("/groups/<slug>/settings")
def edit(slug: str) -> Response:
    group = _group(slug)
    allow(policy.may_host(viewer(), group))
    form = GroupForm(obj=group)
    return page("groups/edit.html", group=group, form=form, cover_form=CoverForm())


@groups.post("/groups/<slug>/settings")
def save(slug: str) -> Any:
    group = _group(slug)
    allow(policy.may_host(viewer(), group))

    form = GroupForm()
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
    group = _group(slug)
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
            form=GroupForm(obj=group, formdata=None),
            cover_form=form,
        ), 422

    commands.set_cover(group, key)
    flash(_("The cover is up."), "success")
    return done(url_for(".show", slug=group.slug))


@groups.post("/groups/<slug>/members")
def join(slug: str) -> Any:
    group = _group(slug)
    if queries.membership_of(viewer(), group):
        return done(_after_joining(group))
    allow(policy.may_join(viewer(), group))

    commands.join(group, viewer(), at=now())
    flash(_("Welcome to “%(group)s”.", group=group.name), "success")
    return done(_after_joining(group))


@groups.post("/groups/<slug>/departures")
def leave(slug: str) -> Any:
    group = _group(slug)
    allow(policy.may_leave(viewer(), group))

    commands.leave(group, viewer())
    flash(_("You have left “%(group)s”.", group=group.name), "success")
    return done(url_for(".index"))


@groups.get("/groups/<slug>/requests/new")
def new_request(slug: str) -> Any:
    group = _group(slug)
    allow(policy.may_request(viewer(), group))
    return page("groups/request.html", group=group, form=RequestForm())


@groups.post("/groups/<slug>/requests")
def ask_to_join(slug: str) -> Any:
    group = _group(slug)
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
    group = _group(slug)
    allow(policy.may_host(viewer(), group))
    asked = queries.find_request(request_id, group) or abort(404)

    commands.accept_request(asked, by=viewer(), at=now())
    flash(_("%(person)s is in.", person=asked.member.name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.get("/groups/<slug>/requests/<int:request_id>/refusal")
def new_refusal(slug: str, request_id: int) -> Any:
    group = _group(slug)
    allow(policy.may_host(viewer(), group))
    asked = queries.find_request(request_id, group) or abort(404)
    return page("groups/refuse.html", group=group, asked=asked, form=ReasonForm())


@groups.post("/groups/<slug>/requests/<int:request_id>/refusal")
def refuse(slug: str, request_id: int) -> Any:
    group = _group(slug)
    allow(policy.may_host(viewer(), group))
    asked = queries.find_request(request_id, group) or abort(404)

    form = ReasonForm()
    if not form.validate():
        return page("groups/refuse.html", group=group, asked=asked, form=form), 422

    commands.refuse_request(asked, by=viewer(), at=now(), reason=form.reason.data)
    flash(_("%(person)s gets your answer.", person=asked.member.name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.post("/groups/<slug>/invitations")
def invite(slug: str) -> Any:
    group = _group(slug)
    allow(policy.may_invite(viewer(), group))

    form = InviteForm()
    form.validate()
    person = queries.find_person(form.handle.data or "")
    if person is None and not form.errors:
        form.handle.errors = [_("Nobody here has this @name.")]
    elif person and queries.membership_of(person, group):
        form.handle.errors = [_("%(person)s belongs to the group already.", person=person.name)]
    if form.handle.errors or person is None:
        return _people_page(group, form), 422
    if refused := too_often(
        (MOST_INVITATIONS, f"invitations:{viewer().id}"),
        (MOST_INVITATIONS_TO_ONE, f"invitations:{group.id}:{person.id}"),
    ):
        form.handle.errors = [refused]
        return _people_page(group, form), 429

    commands.invite(group, person, by=viewer(), at=now())
    flash(_("%(person)s has your invitation.", person=person.name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.post("/groups/<slug>/invitation/refusal")
def decline_invitation(slug: str) -> Any:
    group = _group(slug)
    invitation = queries.open_invitation(viewer(), group) or abort(404)

    commands.decline_invitation(invitation, at=now())
    flash(_("You have declined the invitation."), "success")
    return done(url_for(".index"))


@groups.post("/groups/<slug>/hosts/<handle>")
def make_host(slug: str, handle: str) -> Any:
    group = _group(slug)
    allow(policy.may_host(viewer(), group))
    membership = queries.find_membership(group, handle) or abort(404)

    commands.make_host(membership)
    flash(_("%(person)s is now a host.", person=membership.member.name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.get("/groups/<slug>/removals/<handle>")
def new_removal(slug: str, handle: str) -> Any:
    group = _group(slug)
    membership = queries.find_membership(group, handle) or abort(404)
    allow(policy.may_remove(viewer(), group, membership))
    return page("groups/remove.html", group=group, membership=membership, form=RemovalForm())


@groups.post("/groups/<slug>/removals/<handle>")
def remove(slug: str, handle: str) -> Any:
    group = _group(slug)
    membership = queries.find_membership(group, handle) or abort(404)
    allow(policy.may_remove(viewer(), group, membership))

    form = RemovalForm()
    if not form.validate():
        return page("groups/remove.html", group=group, membership=membership, form=form), 422

    name = membership.member.name
    commands.remove_member(
        membership, by=viewer(), at=now(), rule=form.rule.data, facts=form.reason.data
    )
    flash(_("%(person)s is no longer in the group, and reads why.", person=name), "success")
    return done(url_for(".people", slug=group.slug))


@groups.get("/groups/proposed")
def proposed() -> Response:
    allow(policy.may_decide(viewer()))
    return page("groups/proposed.html", proposals=queries.proposed_groups())


@groups.post("/groups/<slug>/opening")
def approve(slug: str) -> Any:
    group = _group(slug)
    allow(policy.may_decide(viewer()))

    commands.approve_group(group, at=now())
    flash(_("“%(group)s” is open.", group=group.name), "success")
    return done(url_for(".proposed"))


@groups.get("/groups/<slug>/declining")
def new_declining(slug: str) -> Any:
    group = _group(slug)
    allow(policy.may_decide(viewer()))
    return page("groups/decline.html", group=group, form=ReasonForm())


@groups.post("/groups/<slug>/declining")
def decline(slug: str) -> Any:
    group = _group(slug)
    allow(policy.may_decide(viewer()))
    if group.opened_at:
        abort(404)

    form = ReasonForm()
    if not form.validate():
        return page("groups/decline.html", group=group, form=form), 422

    commands.decline_group(group, by=viewer(), at=now(), facts=form.reason.data)
    flash(_("The proposer reads your reason."), "success")
    return done(url_for(".proposed"))


def _group(slug: str) -> Group:
    return queries.find_group(slug, viewer()) or abort(404)


def _moved(slug: str, endpoint: str) -> Any:
    """An address the group used to have leads to its present one."""
    present = queries.present_slug(slug, viewer()) or abort(404)
    return redirect(with_query(url_for(endpoint, slug=present)), 301)


def _group_page(group: Group) -> dict[str, Any]:
    # Who shows their groups to members only is not found here by visitors; hosts always are.
    members = [
        each
        for each in queries.members_of(group)
        if each.is_host or each.member.shows("groups", viewer())
    ]
    membership = next((each for each in members if each.member_id == viewer().id), None)
    host = viewer().is_staff or (membership is not None and membership.is_host)
    return {
        "group": group,
        "hosts": [each.member for each in members if each.is_host],
        "members": members,
        "member_faces": [
            (
                each.member.name,
                each.member.photo_url(72) if each.member.shows("photo", viewer()) else None,
            )
            for each in members[:5]
        ],
        "membership": membership,
        "is_host": host,
        "joining": _joining(group, membership is not None),
        "waiting": queries.requests_waiting(group) if host else [],
        "declining": queries.declining_of(group) if group.is_proposed else None,
        "pulse": queries.pulses([group.id], now()).get(group.id, queries.Pulse()),
    }


def _joining(group: Group, belongs: bool) -> str:
    """What the viewer can do to enter: join, request, asked, invited, closed, or nothing."""
    if belongs:
        return "member"
    if group.is_proposed:
        return "closed"
    if viewer().is_member and queries.open_invitation(viewer(), group):
        return "invited"
    if group.joining == "request" and queries.open_request(viewer(), group):
        return "asked"
    return {"open": "join", "request": "request", "invitation": "closed"}[group.joining]


def _people_page(group: Group, form: InviteForm) -> Response:
    return page("groups/people.html", part="people", invite_form=form, **_group_page(group))


def _after_joining(group: Group) -> str:
    """Back to the topic whose answer made somebody join, or to the group."""
    topic = request.form.get("topic", "")
    if topic.isdecimal() and len(topic) < 10:
        return url_for("forum.show", topic_id=int(topic), _anchor="answer")
    return url_for(".show", slug=group.slug)


def _one_of(known: Any, name: str) -> str:
    value = request.args.get(name, "")
    return value if value in known else ""


def _page_number() -> int:
    number = request.args.get("page", "1")
    return max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1
