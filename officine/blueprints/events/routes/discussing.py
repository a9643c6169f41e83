"""Where an event is talked about: an ordinary topic of a group.

Any member begins it in the group that holds the event; elsewhere who organises it chooses the
group. It is never one whose readers may not know of the event.
"""

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.events import commands, policy, queries
from officine.blueprints.events.forms import DiscussionForm
from officine.blueprints.events.routes.blueprint import events
from officine.blueprints.events.routes.showing import find
from officine.blueprints.forum import commands as forum_commands
from officine.blueprints.forum import policy as forum_policy
from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.groups import commands as groups_commands
from officine.blueprints.groups import policy as groups_policy
from officine.blueprints.groups import queries as groups_queries
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Event, Group

# Counted together with the topics and messages that are written in the forum itself.
MOST_TOPICS = "10 per hour"
MOST_POSTS = "30 per 10 minutes"


@events.get("/events/<slug>/discussion")
def discussion(slug: str) -> Any:
    """Begin to talk about an event, or go where people do."""
    event = find(slug)
    if there := _there(event):
        return done(there)
    groups = _groups(event)
    return _page(event, groups, DiscussionForm(_choices(groups), formdata=None))


@events.post("/events/<slug>/discussion")
def begin_discussion(slug: str) -> Any:
    """Open the topic."""
    event = find(slug)
    if there := _there(event):
        return done(there)
    groups = _groups(event)
    form = DiscussionForm(_choices(groups))
    if not form.validate():
        return _page(event, groups, form), 422
    group = next(each for each in groups if each.slug == form.group.data)
    if refused := too_often(
        (MOST_TOPICS, f"topics:{viewer().id}"), (MOST_POSTS, f"posts:{viewer().id}")
    ):
        form.text.errors = [refused]
        return _page(event, groups, form), 429

    _let_write(group)
    try:
        commands.claim_discussion(event)
    except commands.AlreadyDiscussed:
        return done(_there(event) or url_for(".show", slug=event.slug))
    title = next(text.title for text in event.texts if text.language == event.language)
    topic = forum_commands.open_topic(
        group, by=viewer(), title=title, text=form.text.data or "", at=now()
    )
    commands.discuss_in(event, topic)
    flash(_("The discussion is open in “%(group)s”.", group=group.name), "success")
    return done(url_for("forum.show", topic_id=topic.id, slug=topic.slug))


def _page(event: Event, groups: list[Group], form: DiscussionForm) -> Any:
    title = next(text.title for text in event.texts if text.language == event.language)
    return page("events/discussion.html", event=event, title=title, groups=groups, form=form)


def _there(event: Event) -> str | None:
    """The address of the discussion, if the viewer may read it; None where there is none yet."""
    if event.topic_id is None:
        return None
    topic = forum_queries.find_topic(event.topic_id, viewer()) or abort(404)
    return url_for("forum.show", topic_id=topic.id, slug=topic.slug)


def _groups(event: Event) -> list[Group]:
    """Where the viewer may begin the discussion: in the group that holds the event, or where
    they write. Refused where there is none.
    """
    held = queries.holder_of(event, viewer())
    if held is not None and policy.keeps_secret(held, event):
        allow(policy.may_discuss_in(viewer(), event, held))
        return [held]
    allow(policy.may_choose_place(viewer(), event))
    mine = [
        groups_queries.find_group(each.slug, viewer())
        for each in forum_queries.groups_to_write_in(viewer())
    ]
    groups = [each for each in mine if each and policy.keeps_secret(each, event)]
    if not groups:
        allow(policy.TOO_OPEN)
    return groups


def _choices(groups: list[Group]) -> list[tuple[str, str]]:
    return [(group.slug, group.name) for group in groups]


def _let_write(group: Group) -> None:
    """Who writes in a group belongs to it; an open one takes them in by the same step."""
    membership = groups_queries.membership_of(viewer(), group)
    verdict = forum_policy.may_open(viewer(), group, membership)
    if verdict is not forum_policy.JOIN_FIRST:
        allow(verdict)
        return
    allow(groups_policy.may_join(viewer(), group))
    groups_commands.join(group, viewer(), at=now())
    flash(_("You are now a member of %(group)s.", group=group.name), "success")
