"""The site's manifest, icons and share pictures, and light or dark."""

from collections.abc import Callable
from functools import lru_cache

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from officine.blueprints.forum.queries import find_reading
from officine.core.config import ROOT
from officine.core.context import THEME_COOKIE, THEMES
from officine.core.i18n import PREFIX
from officine.core.redirects import safe_next
from officine.core.session import Visitor
from officine.lib.icon import icon_ico, icon_png
from officine.lib.share_picture import ShareFonts, draw
from officine.models.group import is_known_to_all
from officine.models.interview import is_shown_to_all

site = Blueprint("site", __name__)

ICON_SIZES = (180, 192, 512)
ONE_DAY = 24 * 3600
ONE_YEAR = 365 * ONE_DAY
LONGEST_SHARED_TITLE = 200


@site.get(f"{PREFIX}/manifest.webmanifest")
def manifest() -> Response:
    """What a phone needs to keep the site among its apps."""
    home = url_for("site.manifest").rpartition("/")[0] + "/"
    answer = jsonify(
        id=home,
        name=current_app.config["SITE_NAME"],
        short_name=current_app.config["SITE_NAME"],
        description=_("Where small and medium companies ask, answer and meet."),
        lang=home.strip("/"),
        dir="ltr",
        start_url=home,
        scope="/",
        display="standalone",
        background_color="#FBF8F2",
        theme_color="#FBF8F2",
        categories=["business", "social"],
        icons=[
            {
                "src": url_for("site.icon", size=size),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in (192, 512)
            for purpose in ("any", "maskable")
        ],
        shortcuts=[
            {"name": _("Groups"), "url": f"{home}groups"},
            {"name": _("Search"), "url": f"{home}search"},
        ],
    )
    answer.mimetype = "application/manifest+json"
    return _kept(answer, ONE_DAY)


@site.get("/icon-<int:size>.png")
def icon(size: int) -> Response:
    """The app icon."""
    if size not in ICON_SIZES:
        abort(404)
    return _kept(Response(_icon(size), mimetype="image/png"), ONE_DAY)


@site.get("/favicon.ico")
def favicon() -> Response:
    """For what asks for it without reading the page."""
    return _kept(Response(_favicon(), mimetype="image/vnd.microsoft.icon"), ONE_DAY)


@site.get("/share/<token>.png")
def share(token: str) -> Response:
    """The picture that a shared link shows. Only titles that our own pages signed are drawn; that
    of something of our members while everyone may see it.
    """
    try:
        title, label, language, sos, noun, number = _signer().loads(token)
    except (BadSignature, ValueError):
        abort(404)
    if noun and not SHOWN[noun](number, title):
        abort(404)
    picture = _share(title, label, language, current_app.config["SITE_NAME"], bool(sos))
    answer = Response(picture, mimetype="image/png")
    if not noun:
        return _kept(answer, ONE_YEAR)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@site.post("/theme")
def choose_theme() -> Response:
    """Light, dark, or as the system says. A preference, kept in a cookie without a session."""
    theme = request.form.get("theme", "")
    if theme not in THEMES:
        abort(400)
    answer = redirect(safe_next("/"), 303)
    answer.set_cookie(
        THEME_COOKIE,
        theme,
        max_age=ONE_YEAR,
        samesite="Lax",
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer  # type: ignore[return-value]


@site.app_template_global()
def share_picture(
    title: str,
    label: str = "",
    language: str = "",
    sos: bool = False,
    of: tuple[str, int] = ("", 0),
) -> str:
    """The public address of the picture for a page: its title, where it belongs (a group, a
    company and a place), the language it is written in. That of a topic, a group or an interview,
    which ``of`` names, goes with it.
    """
    shown, place = (str(words)[:LONGEST_SHARED_TITLE] for words in (title, label))
    words = [shown, place, language, sos, *of]
    token = _signer().dumps(words)
    return str(current_app.config["PUBLIC_URL"]) + url_for("site.share", token=token)


def _is_title_of_topic(topic_id: int, title: str) -> bool:
    """Whether a topic has this title, and everyone may read it."""
    reading = find_reading(topic_id, Visitor())
    return bool(reading and reading.title and reading.title[:LONGEST_SHARED_TITLE] == title)


SHOWN: dict[str, Callable[[int, str], bool]] = {
    "topic": _is_title_of_topic,
    "group": lambda group_id, _title: is_known_to_all(group_id),
    "interview": lambda interview_id, _title: is_shown_to_all(interview_id),
}
"""Whose pictures are given only while everyone may see what they are of."""


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="share")


def _kept(answer: Response, seconds: int) -> Response:
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    return answer


@lru_cache(maxsize=8)
def _icon(size: int) -> bytes:
    return icon_png(size)


@lru_cache(maxsize=1)
def _favicon() -> bytes:
    return icon_ico()


@lru_cache(maxsize=64)
def _share(title: str, label: str, language: str, site_name: str, sos: bool) -> bytes:
    return draw(title, label, language, site_name, fonts=_fonts(), sos=sos)


@lru_cache(maxsize=1)
def _fonts() -> ShareFonts:
    return ShareFonts.found_in(ROOT / "static" / "dist")
