"""From the bare address of the site to the reader's language; and how a choice is kept."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, request

from officine.core.i18n import LANGUAGES, page_language, preferred_language, remember_language
from officine.core.redirects import home
from officine.core.session import viewer

entrance = Blueprint("entrance", __name__)


@entrance.get("/")
def open_door() -> Response:
    member = viewer()
    language = member.interface_language if member.is_member else preferred_language()
    answer = redirect(home(language), 302)
    answer.vary.update(["Accept-Language", "Cookie"])
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer  # type: ignore[return-value]


@entrance.after_app_request
def keep_choice(response: Response) -> Response:
    """Whoever goes from a page to the same page in another language has chosen one.

    The switch is made of plain links, so the choice is read from where they came.
    """
    if request.method == "GET" and response.status_code == 200 and _has_switched():
        remember_language(response, page_language())
    return response


def _has_switched() -> bool:
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return False
    before, after = came_from.path.split("/", 2), request.path.split("/", 2)
    if len(before) < 3 or len(after) < 3 or before[1] == after[1]:
        return False
    return before[1] in LANGUAGES and after[1] in LANGUAGES and before[2] == after[2]
