"""Files that a feature serves itself, to whoever may have them at that moment: whole or in part."""

import mimetypes

from flask import Response, abort, request

from officine.core import storage

# As many bytes as one answer to a range holds: a player asks for the next ones by itself, and one
# who reads slowly keeps nobody else waiting.
MOST_OF_A_RANGE = 4 * 1024**2

# Kept by the browser, and asked for each time: what is withdrawn is gone at once.
ASKED_EACH_TIME = "private, no-cache"


def stream(key: str, *, kind: str = "", caching: str = ASKED_EACH_TIME) -> Response:
    """The file kept under ``key``, or the part of it that was asked for. Whether the viewer may
    have it is asked before.
    """
    found = storage.look(key) if storage.KEY.fullmatch(key) else None
    if found is None:
        abort(404)
    response = Response(mimetype=kind or mimetypes.guess_type(key)[0] or "application/octet-stream")
    response.set_etag(found.etag)
    response.accept_ranges = "bytes"
    response.headers["Cache-Control"] = caching
    # A file could carry a script if someone opened it by itself.
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    if request.if_none_match.contains(found.etag):
        response.status_code = 304
        return response

    start, end = 0, found.size
    asked = request.range if request.if_range.etag in (None, found.etag) else None
    if request.if_range.date is not None:
        asked = None
    if asked is not None and asked.units == "bytes" and len(asked.ranges) == 1:
        wanted = asked.range_for_length(found.size)
        if wanted is None:
            response.status_code = 416
            response.headers["Content-Range"] = f"bytes */{found.size}"
            return response
        start, end = wanted[0], min(wanted[1], wanted[0] + MOST_OF_A_RANGE)
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    response.content_length = end - start
    if request.method != "HEAD":
        response.response = storage.pieces(key, start, end)
    return response
