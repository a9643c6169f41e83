"""Atom feeds, for whoever reads in a feed reader."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from officine.blueprints.feeds import queries

feeds = Blueprint("feeds", __name__)

A_FEW_MINUTES = 600


@feeds.get("/groups/<slug>/feed")
def group(slug: str) -> Any:
    """The newest topics of a public group."""
    found = queries.find_group(slug) or abort(404)
    entries = queries.newest_topics(found)
    changed_at = max((entry.changed_at for entry in entries), default=found.created_at)
    answer = Response(
        render_template("feeds/group.xml", group=found, entries=entries, changed_at=changed_at),
        mimetype="application/atom+xml",
    )
    answer.headers["Cache-Control"] = f"public, max-age={A_FEW_MINUTES}"
    answer.add_etag()
    return answer.make_conditional(request)
