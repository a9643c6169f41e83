"""The pictures in posts, for whoever may read the post."""

from flask import Response, abort
from flask.blueprints import BlueprintSetupState

from officine.blueprints.forum import queries
from officine.blueprints.forum.routes.blueprint import forum
from officine.core.session import viewer
from officine.core.streaming import stream


@forum.record
def serve_pictures(state: BlueprintSetupState) -> None:
    """Pictures have an address without a language."""
    state.app.add_url_rule("/files/posts/<name>", "forum.picture", picture)


def picture(name: str) -> Response:
    """A picture that a member put into a post; the browser asks for it each time, so that it is
    gone as soon as the post is.
    """
    key = f"posts/{name}"
    if not queries.may_see_picture(key, viewer()):
        abort(404)
    return stream(key, kind="image/webp")
