"""What the pages of a group are composed of, and where they are."""

from typing import Any

from flask import Response, abort, redirect, url_for

from officine.blueprints.events.queries import next_events
from officine.blueprints.groups import policy, queries
from officine.blueprints.groups.forms import InviteForm
from officine.core.clock import now
from officine.core.context import with_query
from officine.core.htmx import page
from officine.core.reading import reading_order
from officine.core.session import viewer
from officine.models import Group, Member
from officine.models.group import look_in
from officine.models.removal import standing_removals

FACES = 5
MOST_EVENTS = 3


def find_or_404(slug: str) -> Group:
    """The group at an address, if the viewer may know that it exists."""
    return queries.find_group(slug, viewer()) or abort(404)


def moved(slug: str, endpoint: str) -> Any:
    """An address the group used to have leads to its present one."""
    present = queries.present_slug(slug, viewer()) or abort(404)
    return redirect(with_query(url_for(endpoint, slug=present)), 301)


def group_page(group: Group, **context: Any) -> Response:
    """A group with its topics, and beside them what it is about and who is in it."""
    members = queries.shown_members(group, viewer(), queries.PEOPLE)
    return page(
        "groups/show.html",
        part="topics",
        hosts=[each.member for each in members if each.is_host],
        member_faces=[_face(each.member) for each in members[:FACES]],
        joining=_joining(group),
        declining=queries.declining_of(group) if group.is_proposed else None,
        next_events=next_events(viewer(), reading_order(), now(), limit=MOST_EVENTS, group=group),
        pulse=queries.pulses([group.id], now()).get(group.id, queries.Pulse()),
        **_looking_after(group),
        **context,
    )


def people_page(group: Group, form: InviteForm, number: int = 1) -> Response:
    """A group’s members, a page of the list at a time; for its hosts also who asks to enter and who
    was removed.
    """
    start = (number - 1) * queries.PEOPLE
    members = queries.shown_members(group, viewer(), queries.PEOPLE, start)
    if not members and number > 1:
        abort(404)
    total = queries.shown_members_count(group, viewer())
    looking_after = _looking_after(group)
    return page(
        "groups/people.html",
        part="people",
        invite_form=form,
        members=members,
        total=total,
        left=max(0, total - start - len(members)),
        number=number,
        removed=standing_removals(group) if looking_after["is_host"] else [],
        **looking_after,
    )


def _looking_after(group: Group) -> dict[str, Any]:
    look_in(group, by=viewer())
    is_host = bool(policy.may_host(viewer(), group))
    waiting = queries.requests_waiting(group) if is_host else []
    return {"group": group, "is_host": is_host, "waiting": waiting}


def _face(member: Member) -> tuple[str, str | None]:
    return member.name, member.photo_url(72) if member.shows("photo", viewer()) else None


def _joining(group: Group) -> str:
    """What the viewer can do to enter: join, request, asked, invited, closed, or come back when
    they were removed; nothing when they belong.
    """
    if queries.membership_of(viewer(), group):
        return "member"
    if group.is_proposed:
        return "closed"
    if queries.open_invitation(viewer(), group):
        return "invited"
    comes_back = policy.asks_to_come_back(viewer(), group)
    if (comes_back or group.joining == "request") and queries.open_request(viewer(), group):
        return "asked"
    if comes_back:
        return "removed"
    return {"open": "join", "request": "request", "invitation": "closed"}[group.joining]
