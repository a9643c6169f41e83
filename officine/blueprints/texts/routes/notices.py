"""What members put away: an announcement, the welcome."""

from typing import Any

from flask import Response, abort, url_for

from officine.blueprints.texts import commands, queries
from officine.blueprints.texts.routes.blueprint import texts
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.i18n import page_language
from officine.core.permission import SIGN_IN_FIRST, allow
from officine.core.redirects import safe_next
from officine.core.session import viewer


@texts.post("/announcements/<int:document_id>/dismissal")
def put_away(document_id: int) -> Any:
    allow(viewer().is_member or SIGN_IN_FIRST)
    text = queries.find_text(document_id)
    if text is None or text.document.kind != "announcement":
        abort(404)

    commands.put_away(document_id, by=viewer(), at=now())
    return Response("") if is_partial() else done(safe_next() or url_for("home.show"))


@texts.get("/welcome")
def welcome() -> Response:
    """What the team says to newcomers; here it can be read again."""
    allow(viewer().is_member or SIGN_IN_FIRST)
    text = queries.find_text_called("welcome", "welcome") or abort(404)
    return page("texts/welcome.html", edition=text.edition(page_language()))


@texts.post("/welcome/dismissal")
def put_welcome_away() -> Any:
    allow(viewer().is_member or SIGN_IN_FIRST)
    commands.put_welcome_away(viewer(), at=now())
    return Response("") if is_partial() else done(url_for("home.show"))
