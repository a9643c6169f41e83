"""The files of an event, for whoever may see it at this moment."""

from flask import Response, abort
from flask.blueprints import BlueprintSetupState

from officine.blueprints.events import queries
from officine.blueprints.events.routes.blueprint import events
from officine.core.session import viewer
from officine.core.streaming import ASKED_EACH_TIME, stream
from officine.models.event_file import FOLDER, file_url

AN_HOUR = "public, max-age=3600"
"""What everyone may see anyway."""


events.add_app_template_global(file_url, "event_file")


@events.record
def serve_files(state: BlueprintSetupState) -> None:
    """Files have an address without a language."""
    state.app.add_url_rule(f"/{FOLDER}/<int:event_id>/<path:name>", "events.file", file)


def file(event_id: int, name: str) -> Response:
    """A picture, a partner’s mark, slides."""
    event, key = queries.find_file(event_id, name, viewer()) or abort(404)
    everyone = event.is_shown and event.audience == "public"
    response = stream(key, caching=AN_HOUR if everyone else ASKED_EACH_TIME)
    if key.endswith(".pdf"):
        response.headers["Content-Disposition"] = "attachment"
    return response
