"""The feed of what was put into the calendar last (RSS), for whoever reads in a feed reader."""

from email.utils import format_datetime

from flask import Response, render_template, request

from officine.blueprints.events import queries
from officine.blueprints.events.routes.blueprint import events
from officine.core.clock import now
from officine.core.i18n import page_language


@events.get("/events.xml")
def feed() -> Response:
    """The public events to come, those published last first, in the page’s language."""
    rows = queries.newest_public(page_language(), now())
    changed_at = max((row.event.changed_at for row in rows), default=None)
    text = render_template(
        "events/feed.xml", rows=rows, changed_at=changed_at, rfc822=format_datetime
    )
    answer = Response(text, mimetype="application/rss+xml")
    # What is taken back must be gone at the next question: readers ask each time, and get a 304.
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]
