"""What machines ask for: where they may go, and what there is to find in each language."""

from flask import Blueprint, Response, abort, current_app, render_template, url_for

from officine.blueprints.sitemap import queries
from officine.core.i18n import LANGUAGES

sitemap = Blueprint("sitemap", __name__)

AN_HOUR = 3600

# Nothing here is secret: these pages ask for an account, or are different for everybody.
NOT_FOR_MACHINES = ("desk", "settings", "notifications", "search", "demo", "mail")


@sitemap.get("/robots.txt")
def robots() -> Response:
    """Where crawlers are welcome."""
    closed = [f"Disallow: /{lang}/{place}" for lang in LANGUAGES for place in NOT_FOR_MACHINES]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {_public('sitemap.index')}", ""]
    return _kept("\n".join(lines), "text/plain")


@sitemap.get("/sitemap.xml")
def index() -> Response:
    """The maps, one or more a language."""
    numbers = range(1, queries.pages_count() + 1)
    maps = [_public("sitemap.show", code=code, page=n) for code in LANGUAGES for n in numbers]
    return _kept(render_template("sitemap/index.xml", maps=maps), "application/xml")


@sitemap.get("/sitemap-<any(it, en, es):code>-<int:page>.xml")
def show(code: str, page: int) -> Response:
    """The pages of one language, each with its addresses in the others."""
    if not 1 <= page <= queries.pages_count():
        abort(404)
    entries = [
        {
            "address": _address(place, code),
            "alternates": [(each, _address(place, each)) for each in LANGUAGES],
            "default": _address(place, current_app.config["DEFAULT_LANGUAGE"]),
            "changed_at": place.changed_at,
        }
        for place in queries.places(page)
    ]
    return _kept(render_template("sitemap/show.xml", entries=entries), "application/xml")


def _address(place: queries.Place, language: str) -> str:
    return _public(place.endpoint, **place.values, lang=language)


def _public(endpoint: str, **values: object) -> str:
    return str(current_app.config["PUBLIC_URL"]) + url_for(endpoint, **values)  # type: ignore[arg-type]


def _kept(text: str, kind: str) -> Response:
    answer = Response(text, mimetype=kind)
    answer.headers["Cache-Control"] = f"public, max-age={AN_HOUR}"
    return answer
