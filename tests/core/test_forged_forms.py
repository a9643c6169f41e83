"""A form that another site sent, or that lost its token, changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFError
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter

from tests.inspection import look
from tests.visits import HTMX

WITHOUT_A_TOKEN = {
    "site.choose_theme",
    "demo.enter",
    "notifications.stop",
    "notifications.resume",
    "guests.answer",
    "guests.sign",
    "guests.take_back",
}
"""All that needs none: a preference that harms nobody, the door of the demonstration, where anybody
is whoever they like, and what only the secret address of a letter opens.
"""
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


def changing_rules(app: Flask) -> Iterator[tuple[str, str, str]]:
    """The name, the method and an address of all that changes something."""
    for rule in app.url_map.iter_rules():
        values = {name: a_value(rule._converters[name]) for name in rule.arguments}
        for method in sorted(CHANGING & (rule.methods or set())):
            yield rule.endpoint, method, rule.build(values)[1]


def a_value(converter: BaseConverter) -> Any:
    """Something that may stand in an address."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else "x"


@pytest.fixture
def short_answer(app, monkeypatch) -> tuple[str, int]:
    """What a form without its token hears, in place of a whole page."""
    answer = ("forged", 400)
    monkeypatch.setitem(app.error_handler_spec[None][400], CSRFError, lambda _error: answer)
    return answer


def test_all_that_changes_something_wants_the_token_of_its_page(app, short_answer):
    rules = list(changing_rules(app))
    browser = app.test_client()

    let_through = {
        name
        for name, method, url in rules
        if (reply := browser.open(url, method=method))
        and (reply.text, reply.status_code) != short_answer
    }

    assert len(rules) > 150
    assert let_through == WITHOUT_A_TOKEN


def test_a_form_without_its_token_is_told_so_in_the_language_of_the_page(world, app):
    reply = app.test_client().post("/it/groups", data={"name": "Seta"})

    assert reply.status_code == 400
    look(reply.text, whole=True, url="/it/groups")
    assert "Forse la pagina da cui arrivi è rimasta aperta" in reply.text
    assert "Quello che avevi scritto" in reply.text
    assert "CSRF" not in reply.text


def test_under_htmx_one_sentence_tells_all_of_it(world, app):
    reply = app.test_client().post("/it/groups", data={"name": "Seta"}, headers=HTMX)
    sentence = reply.text.partition("data-what>")[2].partition("</p>")[0]

    assert reply.status_code == 400
    assert "rimasta aperta troppo a lungo" in sentence
    assert "Quello che hai scritto è ancora qui" in sentence
    assert "ricarica la pagina" in sentence
