"""What players load."""

from flask import Response, abort, request

from officine.blueprints.captions import queries
from officine.blueprints.captions.routes.blueprint import captions
from officine.blueprints.captions.routes.files import note_of
from officine.core.i18n import LANGUAGES
from officine.core.session import viewer
from officine.lib.captions import write_webvtt


@captions.get("/interviews/<slug>/captions/<language>.vtt")
def track(slug: str, language: str) -> Response:
    """The captions in a language, for whoever may see the interview at this moment."""
    if language not in LANGUAGES:
        abort(404)
    found = queries.find_public_track(slug, language, viewer()) or abort(404)
    cues = [cue.caption for cue in queries.with_words(queries.lines_of(found))]
    response = Response(
        write_webvtt(cues, note=note_of(found)), content_type="text/vtt; charset=utf-8"
    )
    # Asked for again each time: what is withdrawn is gone at once, what is the same is not sent.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Language"] = language
    response.add_etag()
    response.make_conditional(request)
    return response
