"""A walk through the site, link by link, that opens each kind of page once."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from tests.inspection import parsed
from tests.query_counts import endpoint_of
from tests.visits import Visit

TYPED = {"text", "search", "email", "url", "tel", "password", "hidden", "number", None}


@dataclass
class Opened:
    """A page that the walk opened."""

    endpoint: str
    url: str
    reply: TestResponse

    @property
    def tree(self) -> HtmlElement:
        """The page, parsed."""
        return parsed(self.reply.text)


def walk(
    app: Flask, visit: Visit, starts: list[str], known: Container[str] = ()
) -> Iterator[Opened]:
    """Open the starting addresses and, of everything they link to, each endpoint once, but those
    that are known already.
    """
    waiting = list(dict.fromkeys(starts))
    opened: set[str] = set()
    fetched: set[str] = set()
    while waiting:
        url = waiting.pop(0)
        endpoint = endpoint_of(app, url)
        if (
            endpoint is None
            or url in fetched
            or (url not in starts and (endpoint in opened or endpoint in known))
        ):
            continue
        reply = visit.get(url)
        opened.add(endpoint)
        fetched.add(url)
        if 300 <= reply.status_code < 400:
            waiting.append(urlsplit(reply.location).path)
            continue
        page = Opened(endpoint, url, reply)
        yield page
        if reply.mimetype == "text/html" and reply.status_code == 200:
            waiting += [link for link in links(page.tree) if _same_language(link, url)]


def links(tree: HtmlElement) -> list[str]:
    """Where a page leads."""
    return [a.get("href", "") for a in tree.iter("a") if a.get("href", "").startswith("/")]


@dataclass
class Form:
    """A form as a page offers it."""

    action: str
    typed: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)


def forms(tree: HtmlElement, url: str) -> list[Form]:
    """The forms of a page that send something."""
    found = []
    for element in tree.iter("form"):
        if (element.get("method") or "get").lower() != "post":
            continue
        form = Form(element.get("action") or url)
        for control in element.iter():
            name = control.get("name")
            if not name or name == "csrf_token":
                continue
            if control.tag == "textarea" or (
                control.tag == "input" and control.get("type") in TYPED
            ):
                form.typed.append(name)
            elif control.tag == "input" and control.get("type") in ("radio", "checkbox"):
                form.given.setdefault(name, control.get("value") or "y")
            elif control.tag == "select":
                options = [option.get("value") or "" for option in control.iter("option")]
                form.given[name] = options[0] if options else ""
            elif control.tag == "button":
                form.given.setdefault(name, control.get("value") or "")
        found.append(form)
    return found


def _same_language(link: str, url: str) -> bool:
    return link.split("/")[1:2] == url.split("/")[1:2]
