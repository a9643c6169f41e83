"""Whom one met."""

from typing import Any

from flask import Response, abort, request, url_for

from officine.blueprints.followup import commands, policy, queries
from officine.blueprints.followup.routes.blueprint import find_or_404, followup, words_of
from officine.core.asked import asked_words
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.redirects import safe_next
from officine.core.session import viewer


@followup.get("/events/<slug>/met")
def met(slug: str) -> Response:
    """Who else was there, to say whom one met."""
    event = find_or_404(slug)
    there = queries.presence(viewer(), event, now())
    allow(policy.may_remember(viewer(), event, there, now()))
    words = asked_words()
    return page(
        "followup/met.html",
        part="companions",
        event=event,
        text=words_of(event),
        companions=queries.companions(viewer(), event, words),
        words=words,
        may_say_how=bool(there and there.registration_id and event.is_over(now())),
    )


@followup.post("/events/<slug>/met/<handle>")
def tick(slug: str, handle: str) -> Any:
    """Say that one met somebody, or no more."""
    event = find_or_404(slug)
    there = queries.presence(viewer(), event, now())
    allow(policy.may_tick(viewer(), event, there, now()))
    other = queries.find_companion(handle, event, viewer()) or abort(404)
    if request.form.get("met") == "yes":
        commands.tick(event, other, by=viewer(), at=now())
    else:
        commands.untick(event, other, by=viewer())
    back = safe_next(url_for(".met", slug=slug)).partition("#")[0]
    return done(
        f"{back}#met-{handle}",
        "followup/ticked.html",
        part="companion",
        event=event,
        person=queries.companion(other, event, viewer()),
    )
