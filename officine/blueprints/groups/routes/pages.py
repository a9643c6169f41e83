"""What the pages of a group are composed of, and where they are."""

from typing import Any

from flask import Response, abort, redirect, url_for

from officine.blueprints.groups import queries
from officine.blueprints.groups.forms import InviteForm
from officine.core.clock import now
from officine.core.context import with_query
from officine.core.htmx import page
from officine.core.session import viewer
from officine.models import Group


def find_or_404(slug: str) -> Group:
    return queries.find_group(slug, viewer()) or abort(404)


def moved(slug: str, endpoint: str) -> Any:
    """An address the group used to have leads to its present one."""
    present = queries.present_slug(slug, viewer()) or abort(404)
    return redirect(with_query(url_for(endpoint, slug=present)), 301)


def group_page(group: Group) -> dict[str, Any]:
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


def people_page(group: Group, form: InviteForm) -> Response:
    return page("groups/people.html", part="people", invite_form=form, **group_page(group))
