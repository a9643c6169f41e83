"""What a person reads when something does not work."""

import structlog
from flask import (
    Flask,
    Response,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from flask import url_for as flask_url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect

from officine.core.db import db
from officine.core.htmx import hx_redirect, is_partial
from officine.core.i18n import LANGUAGES, preferred_language
from officine.core.permission import NotAllowed
from officine.core.redirects import here

log = structlog.get_logger(__name__)

PAGES = {400, 403, 404, 405, 413, 422, 429, 500, 503}


def init_app(app: Flask) -> None:
    """Explain every error in the person's language."""
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def error_page(code: int, reason: str = "", decision_id: int | None = None) -> Response:
    """The page for a status; `reason` says more, in a sentence for the person, and a decision,
    if there is one, says why.
    """
    name = code if code in PAGES else (400 if code < 500 else 500)
    words = render_template(f"errors/{name}.html", reason=reason, decision_id=decision_id)
    return make_response(words, code)


def _not_allowed(error: NotAllowed) -> Response:
    if not error.refusal.sign_in:
        return error_page(403, str(error.refusal), error.refusal.decision_id)
    flash(str(error.refusal), "notice")
    url = flask_url_for("accounts.sign_in", next=here())
    return hx_redirect(url) if is_partial() else redirect(url, 303)  # type: ignore[return-value]


def _stale_form(_error: CSRFError) -> Response:
    if not request.htmx:  # type: ignore[attr-defined]
        return error_page(400)
    # All that the page that is already open shows, with what was typed in it.
    return error_page(400, _(
        "The page has perhaps been open for too long, so nothing was sent. What you typed is still "
        "here: copy it, load the page again and send it."
    ))  # fmt: skip


def _not_found(error: NotFound) -> Response:
    """An address without a language leads to the page in the reader's."""
    first = request.path.split("/", 2)[1]
    if request.method == "GET" and first not in LANGUAGES and request.url_rule is None:
        lang = preferred_language()
        if _exists(f"/{lang}{request.path}"):
            query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
            return redirect(f"/{lang}{request.path}{query}", 302)  # type: ignore[return-value]
    return error_page(404)


def _exists(path: str) -> bool:
    try:
        current_app.url_map.bind("localhost").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = error_page(code)
    for name, value in error.get_headers():
        if name in ("Retry-After", "Allow"):
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    if current_app.testing:
        raise error
    log.exception("unexpected error")
    db.session.rollback()
    if request.path in ("/healthz", "/readyz"):
        return make_response(jsonify(status="error"), 500)
    return error_page(500)
