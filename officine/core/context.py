"""What every page of the site can name."""

from collections.abc import Callable, Container
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, current_app, g, has_request_context, request, url_for
from werkzeug.local import LocalProxy

from officine.core.i18n import LANGUAGES, OWN_NAMES, page_language
from officine.core.redirects import here
from officine.core.session import viewer

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def init_app(app: Flask, lazily: dict[str, Callable[[], Any]]) -> None:
    """Give the layout what it shows. Each of ``lazily`` is asked at most once a page, and only
    if the page names it.
    """

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            # Pages ask who is looking dozens of times; letters, which nobody looks at, never do.
            "viewer": viewer() if has_request_context() else LocalProxy(viewer),
            "lang": page_language(),
            "theme": theme(),
            "demo": current_app.config["DEMO"],
            "site_name": current_app.config["SITE_NAME"],
            "here": here(),
            "public_url": public_url,
            "filter_url": filter_url,
            **{
                name: _once(name, ask)
                for name, ask in {
                    "languages": _languages,
                    "alternates": _alternates,
                    "canonical": _canonical,
                    **lazily,
                }.items()
            },
        }


def public_host() -> str:
    """The name of this site, as its addresses carry it."""
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or ""


def public_url(endpoint: str, **values: Any) -> str:
    """The full public address of a page, for mails, feeds and other sites. It needs no request:
    the worker writes letters too.
    """
    anchor = values.pop("_anchor", None)
    current_app.inject_url_defaults(endpoint, values)
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}{f'#{anchor}' if anchor else ''}"


def filter_url(**changed: Any) -> str:
    """This page’s address with some of its filters changed; None or nothing takes one away."""
    query = request.args.to_dict(flat=False)
    query |= {name: [value] for name, value in changed.items()}
    kept = [(name, str(each)) for name, values in query.items() for each in values if each]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def theme() -> str:
    """Light, dark, or as the system says."""
    chosen = request.cookies.get(THEME_COOKIE, "auto") if request else "auto"
    return chosen if chosen in THEMES else "auto"


def address_in(language: str) -> str:
    """The address of this page in another language, its query kept but for the number of a page
    that a list in that language may not have.
    """
    if not request or not request.endpoint or request.routing_exception:
        return f"/{language}/"
    values = {**(request.view_args or {}), "lang": language}
    if not current_app.url_map.is_endpoint_expecting(request.endpoint, "lang"):
        return f"/{language}/"
    address = url_for(request.endpoint, **values)
    if request.method not in ("GET", "HEAD"):
        return address
    return with_query(address, but=() if _has_as_many_pages(language) else ("page",))


def with_query(address: str, but: Container[str] = ()) -> str:
    """An address with the query that this page was asked with, but for some of it.

    Written by hand: a list’s filter for languages is called `lang`, as the address’s first part.
    """
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in but]
    query = urlencode(kept)
    return f"{address}?{query}" if query else address


def _languages() -> list[dict[str, Any]]:
    return [
        {"code": code, "own_name": OWN_NAMES[code], "url_here": address_in(code)}
        for code in LANGUAGES
    ]


def _alternates() -> list[tuple[str, str]]:
    base = current_app.config["PUBLIC_URL"]
    pages = [(code, base + _plain_address(code)) for code in LANGUAGES]
    return [*pages, ("x-default", base + _plain_address(current_app.config["DEFAULT_LANGUAGE"]))]


def _canonical() -> str:
    return str(current_app.config["PUBLIC_URL"]) + _plain_address(page_language())


def _plain_address(language: str) -> str:
    """The address without filters; the number of a page stays where the language has as many."""
    if not request or not request.endpoint or request.routing_exception:
        return f"/{language}/"
    if not current_app.url_map.is_endpoint_expecting(request.endpoint, "lang"):
        return f"/{language}/"
    is_paged = request.args.get("page", "").isdigit() and _has_as_many_pages(language)
    kept = {"page": request.args["page"]} if is_paged else {}
    values: dict[str, Any] = {**(request.view_args or {}), "lang": language, **kept}
    return url_for(request.endpoint, **values)


def _has_as_many_pages(language: str) -> bool:
    """Whether the pages of this are the same in that language: those of one topic or group are;
    a list of all shows first what stands in the languages that its reader seems to read, of which
    the page’s own is one.
    """
    return language == page_language() or bool(request.view_args)


def _once(name: str, ask: Callable[[], Any]) -> LocalProxy[Any]:
    def value() -> Any:
        answers = g.setdefault("asked_once", {})
        if name not in answers:
            answers[name] = ask()
        return answers[name]

    return LocalProxy(value)
