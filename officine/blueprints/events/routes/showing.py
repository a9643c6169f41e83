"""The page of an event."""

from typing import Any

from flask import Response, abort

from officine.blueprints.attendance import policy as attendance_policy
from officine.blueprints.attendance.queries import my_registrations
from officine.blueprints.events import policy, queries
from officine.blueprints.events.routes.blueprint import events
from officine.blueprints.events.routes.linked_data import linked_data
from officine.blueprints.followup import policy as followup_policy
from officine.blueprints.followup.queries import companions, presence
from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.planning import policy as planning_policy
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.reading import asked_language, reading_order
from officine.core.session import viewer
from officine.models import Event
from officine.models.translation import best_text, is_out_of_date


@events.get("/events/<slug>")
def show(slug: str) -> Response:
    """When, where, who and what; then what is talked about, and what came of it."""
    event = find(slug)
    at = now()
    text = best_text(event, (asked_language("text"), *reading_order()))
    if text is None:
        abort(404)
    mine = my_registrations(viewer(), [event.id]).get(event.id)
    going = queries.going_counts([event.id]).get(event.id, 0)
    group = queries.holder_of(event, viewer())
    topic = _topic(event)
    there = presence(viewer(), event, at)
    may_organise = bool(planning_policy.may_organise(viewer(), event))
    return page(
        "events/show.html",
        event=event,
        text=text,
        at=at,
        is_outdated=is_out_of_date(event, text),
        group=group,
        mine=mine,
        going=going,
        there=there,
        companions=companions(viewer(), event) if there else [],
        people=[] if there else queries.people_going(event, viewer()),
        room=queries.revealed_room(viewer(), event, mine),
        other_dates=queries.other_dates(event, viewer(), at),
        organisers=[it.member for it in event.organisers if it.member.left_at is None],
        topic=topic,
        may_discuss=topic is None
        and bool(
            policy.may_discuss_in(viewer(), event, group)
            if group
            else policy.may_choose_place(viewer(), event)
        ),
        interviews=queries.interviews_among(event, viewer()),
        may_organise=may_organise,
        may_look_after=bool(attendance_policy.may_look_after(viewer(), event)),
        may_read_figures=event.is_over(at)
        and bool(followup_policy.may_read_figures(viewer(), event)),
        may_edit=may_organise and event.state != "cancelled",
        reader_zone=viewer().timezone,
        linked_data=linked_data(event, text),
    )


def find(slug: str) -> Event:
    """The event at an address; what the viewer may not see does not exist."""
    return queries.find_event(slug, viewer()) or abort(404)


def _topic(event: Event) -> Any:
    """Where it is talked about, as a row of a list, if the viewer may read there."""
    rows = forum_queries.topics_numbered([event.topic_id], viewer()) if event.topic_id else []
    return rows[0] if rows else None
