"""Answers for a browser and for htmx, from one template.

htmx 4 says ``HX-Request-Type: partial`` when it will put the answer into one element. Boosted
and history-restoring requests want the whole page, like a browser's.
"""

from typing import Any

from flask import (
    Flask,
    Response,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    session,
)
from flask import request as flask_request
from htmx_flask import Htmx
from htmx_flask.requests import HtmxAwareRequest, HtmxHeaders
from jinja2_fragments.flask import render_block

from officine.core.values import CleanValues

VARY = "HX-Request, HX-Request-Type"


class Htmx4Headers(HtmxHeaders):
    """The request headers of htmx 4."""

    @property
    def partial(self) -> bool:
        """Whether the answer goes into one element of the page."""
        return (
            bool(self)
            and self._headers.get("HX-Request-Type") == "partial"
            and not self.boosted
            and not self.history_restore_request
        )


class Request(HtmxAwareRequest):
    """A request that knows htmx 4, and leaves hidden controls at the door."""

    parameter_storage_class = CleanValues

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.htmx = Htmx4Headers(self.headers)


def init_app(app: Flask) -> None:
    """Teach the application's requests about htmx; answers vary by its headers."""
    Htmx(app)
    app.request_class = Request
    app.after_request(_vary)


def is_partial() -> bool:
    """Whether htmx asked for one piece of the page."""
    return bool(flask_request.htmx.partial)  # type: ignore[attr-defined]


def page(template: str, part: str | None = None, **context: Any) -> Response:
    """A template for a browser; only its block ``part`` for htmx."""
    if part and is_partial():
        return make_response(_piece(template, part, context))
    return make_response(render_template(template, **context))


def done(
    url: str, template: str | None = None, part: str | None = None, **context: Any
) -> Response:
    """After a change: the fresh block for htmx, a redirect (303) to ``url`` for a browser."""
    if is_partial():
        if template and part:
            return make_response(_piece(template, part, context))
        return hx_redirect(url)
    return redirect(url, code=303)  # type: ignore[return-value]


def hx_redirect(url: str) -> Response:
    """Send the whole page elsewhere when htmx asked for a piece."""
    response = make_response("", 200)
    response.headers["HX-Redirect"] = url
    return response


def _piece(template: str, part: str, context: dict[str, Any]) -> str:
    piece = render_block(template, part, **context)
    if "_flashes" in session:
        piece += render_template("_messages.html", messages=get_flashed_messages(True), oob=True)
    return piece


def _vary(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.update(VARY.split(", "))
    return response
