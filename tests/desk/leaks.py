"""Whether a word that nobody may read stands anywhere: every page that can be fetched is asked."""

import re
from collections.abc import Iterable, Iterator

from flask import Flask
from werkzeug.test import TestResponse

from officine.core.i18n import PREFIX
from officine.models import Post, Topic
from tests.visits import Visit
from tests.world import World

# Addresses that only take part in signing in and out, need a secret one does not guess, or answer
# with a picture or a program, in which no word is found.
LEFT_OUT = re.compile(r"^(demo|dist|files|health)\b|token|\.(png|ico|js)$")
# A search of the page’s own, beside the one at the top of each; or no whole page.
ASKS_FOR_WORDS = re.compile(r'id="q"|\A(?!.*<main)', re.DOTALL)


def addresses(app: Flask, world: World, topics: list[Topic], posts: list[Post]) -> list[str]:
    """Every address that answers a GET, filled in with what there is to see."""
    values: dict[str, list[object]] = {
        "lang": ["it"],
        "topic_id": [topic.id for topic in topics],
        "post_id": [post.id for post in posts],
        "handle": [world.davide.handle, world.marta.handle],
        "name": ["it"],
    }
    slugs: dict[str, list[object]] = {
        "groups": [world.export.slug],
        "companies": [world.companies["tessuti"].slug],
        "topics": [topic.slug for topic in topics],
    }
    found = set()
    with app.test_request_context("/it/"):
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or LEFT_OUT.search(f"{rule.endpoint} {rule.rule}"):
                continue
            known = values | {"slug": slugs.get(rule.rule.removeprefix(PREFIX).split("/")[1], [])}
            if not rule.arguments <= known.keys():
                continue
            filled: list[dict[str, object]] = [{}]
            for name in rule.arguments:
                filled = [each | {name: value} for each in filled for value in known[name]]
            for each in filled:
                built = rule.build(each, append_unknown=False)
                if built:
                    found.update(built[1] + query for query in _queries(rule.arguments))
    return sorted(found)


def _queries(arguments: set[str]) -> tuple[str, ...]:
    if "topic_id" in arguments:
        return ("?after=0",)
    return ("", "?only=sos") if "slug" in arguments else ("",)


def leaking(browser: Visit, urls: Iterable[str], words: tuple[str, ...]) -> Iterator[str]:
    """The addresses that say one of the words, and where words can be looked for, those that say
    it to who looks for it.
    """
    for url in urls:
        reply = _fetched(browser, url)
        if _says(reply, words, own=url):
            yield url
        if "?" not in url and ASKS_FOR_WORDS.search(reply.get_data().decode(errors="replace")):
            for asked in (f"{url}?q={word}" for word in words):
                if _says(_fetched(browser, asked), words, own=asked):
                    yield asked


def _fetched(browser: Visit, url: str) -> TestResponse:
    reply = browser.client.get(url)
    assert reply.status_code < 500, url
    return reply


def _says(reply: TestResponse, words: tuple[str, ...], *, own: str) -> bool:
    text = reply.get_data().decode(errors="replace") + str(reply.headers.get("Location", ""))
    # What the reader asked for comes back in the links to other languages and in the search
    # field; those are their own words.
    text = text.replace(own.partition("?")[0].rpartition("/")[2] or own, "")
    for word in words:
        text = re.sub(rf'value="{word}"|q(=|%3D){word}|[“«]{word}[”»]|Cerca: {word}', "", text)
    return any(word in text for word in words)
