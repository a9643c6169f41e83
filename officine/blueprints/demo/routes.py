"""The demonstration's bar and its letter box. These pages exist in the demonstration only."""

from typing import Any

from flask import Blueprint, Response, abort, has_request_context, redirect, request, url_for

from officine.blueprints.accounts.commands import end_session, open_session
from officine.blueprints.demo import commands, queries
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.i18n import page_language
from officine.core.redirects import in_language, safe_next
from officine.core.session import begin_session, finish_session, viewer
from officine.lib.devices import device_of

demo = Blueprint("demo", __name__)

# A letter keeps its own styles, which no page of ours has, and can do nothing else; its links
# open in place of the page that shows it.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
)
OPEN_LINKS_OUTSIDE = '<base target="_top">'


@demo.post("/demo/enter")
def enter() -> Response:
    role = queries.find_role(request.form.get("key", "")) or abort(404)
    there = safe_next()
    if viewer().is_member:
        end_session(viewer().sign_in, at=now())
    finish_session()
    if role.key == queries.VISITOR:
        return redirect(there, 303)  # type: ignore[return-value]

    member = queries.find_player(role)
    if member is None and role.key == queries.NEWCOMER:
        member = commands.welcome_newcomer(language=page_language(), at=now())
    if member is None:
        abort(404)
    open_session(member, device=device_of(request.headers.get("User-Agent", "")), at=now())
    begin_session(member)
    if role.key != queries.NEWCOMER:
        there = in_language(there, member.interface_language)
    return redirect(there, 303)  # type: ignore[return-value]


@demo.get("/mail")
def letters() -> Response:
    to = request.args.get("to", "").strip().lower()
    number = max(1, min(request.args.get("page", 1, type=int), 10_000))
    found = queries.letters(to, number)
    return page(
        "demo/letters.html",
        "letters",
        letters=found[: queries.LETTERS_A_PAGE],
        more=url_for(".letters", to=to or None, page=number + 1)
        if len(found) > queries.LETTERS_A_PAGE
        else None,
        recipients=queries.recipients(),
        to=to,
    )


@demo.get("/mail/<int:letter_id>")
def letter(letter_id: int) -> Response:
    found = queries.find_letter(letter_id) or abort(404)
    return page("demo/letter.html", letter=found)


@demo.get("/mail/<int:letter_id>/html")
def letter_html(letter_id: int) -> Response:
    found = queries.find_letter(letter_id) or abort(404)
    response = Response(found.html.replace("<head>", "<head>" + OPEN_LINKS_OUTSIDE, 1))
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def demo_cast() -> list[dict[str, Any]]:
    """Those as whom the demonstration can be entered, for its bar."""
    if not has_request_context():
        return []
    handle = viewer().handle
    return [
        {
            "key": role.key,
            "label": role.label,
            "url": url_for("demo.enter"),
            "active": role.handle == handle,
            "current": role.handle == handle,
        }
        for role in queries.CAST
    ]
