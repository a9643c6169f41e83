"""The whole way of a newcomer, from a search without an account to an answer that helps."""

import secrets
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.people import Hands, Keyboard, Person


@dataclass(frozen=True)
class Story:
    """The same story, as it is told in each language."""

    looked_for: str
    group: str
    cast: str
    name: str
    title: str
    question: str
    answer: str
    searched: str
    facts: str


STORIES = {
    "it": Story(
        "imballo", "Export e dogane", "italian", "Nicolò D’Àngelo",
        "Perché l’IVA all’estero non si detrae? È così anche per l’hotel?",
        "C’è chi dice «sì», chi “no”: qual è la verità? L’hotel è a Lione, così com’è.",
        "La chiedi a rimborso: c’è tempo fino al 30 settembre.",
        "detrarre", "È un’offerta che nessuno ha chiesto.",
    ),
    "es": Story(
        "facturas", "Energía e industria", "spanish", "Begoña Ibáñez Núñez",
        "¿Por qué la energía reactiva nos sale tan cara? ¿Cómo lo lleváis?",
        "¡Ojo! La penalización llegó con el último año; ¿alguien usó condensadores?",
        "Sí: con una batería de condensadores la bajamos a cero.",
        "reactivas", "Es una oferta que nadie había pedido.",
    ),
    "en": Story(
        "casting", "Metal & castings", "english", "Siobhán O’Neill",
        "Who’s tried a “lost-foam” pattern for one-offs? What’s the catch?",
        "We’re at £140 a pattern — isn’t that dear? It’s only a dozen pieces.",
        "We have: the catch is shrinkage, so add two per cent.",
        "patterns", "Nobody had asked for this offer.",
    ),
}  # fmt: skip


def live_through(open_browser, language, size, *, scripts=True, hands=None) -> None:
    """Live the story through, with three browsers and an editor’s. The one who helps sits before
    a screen of the other size.
    """
    story, token = STORIES[language], secrets.token_hex(4)
    other_size = DESKTOP if size is PHONE else PHONE

    def person(tongue=language, size=size):
        page = open_browser(tongue, size, scripts=scripts)
        return Person(page, tongue, scripts, hands or Hands())

    newcomer, stranger, editor = person(), person(), person("it")
    helper = person(size=other_size)
    title = f"{story.title} ({token})"

    newcomer.finds_group(story.looked_for, story.group)
    newcomer.presses("Sign up and join")
    newcomer.signs_up(story.name, f"{token}@example.org")
    newcomer.finds_group(story.looked_for, story.group)
    newcomer.presses("Join the group")
    expect(newcomer.page.locator(".group-head .member-mark")).to_be_visible()
    topic = newcomer.asks(title, story.question)
    expect(newcomer.page.locator("article.post").first).to_contain_text(story.question)

    helper.enters_as(story.cast)
    helper.page.goto(topic)
    helper.answers(f"{story.answer} ({token})")

    newcomer.sees_new_message(story.answer)
    newcomer.marks_useful(story.answer)

    stranger.finds(f"{story.searched} {token}", title)
    stranger.presses_result(title)
    expect(stranger.page.locator("article.post .flag")).to_be_visible()

    editor.enters_as("editor")
    editor.hides(topic, story.answer, story.facts)
    stranger.page.reload()
    expect(stranger.page.locator("main")).not_to_contain_text(story.answer)

    helper.hears_of(title)
    helper.page.goto(topic)
    expect(helper.page.locator("main")).to_contain_text(story.facts)
    expect(helper.page.locator("main")).to_contain_text(
        helper.says("Advertising where nobody asked for it")
    )


@pytest.mark.parametrize(("language", "size"), [("it", PHONE), ("es", DESKTOP), ("en", PHONE)])
def test_a_newcomer_asks_is_answered_and_is_found(open_browser, language, size):
    live_through(open_browser, language, size)


@pytest.mark.parametrize(("language", "size"), [("es", PHONE), ("it", DESKTOP)])
def test_a_newcomer_asks_is_answered_and_is_found_without_scripts(open_browser, language, size):
    live_through(open_browser, language, size, scripts=False)


def test_a_newcomer_asks_is_answered_and_is_found_by_keyboard_alone(open_browser):
    live_through(open_browser, "en", DESKTOP, hands=Keyboard())
