"""The look and the small behaviours of every page, in a real browser."""

import pytest

from tests.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, enter_as

NARROW = {"width": 320, "height": 568}
TOPIC = "/it/topics/1"
NOWHERE = "/it/nowhere"
LOOKED_AT = {
    "visitor": (
        "/it/",
        "/es/groups",
        "/it/groups/export-e-dogane",
        TOPIC,
        "/en/people",
        "/en/people/emma-whitcombe",
        "/it/search?q=dogana",
        "/en/sign-up",
        "/es/sign-in",
        "/it/rules",
        NOWHERE,
        "/it/style",
        "/es/events",
        "/it/events?month=2026-12",
    ),
    "italian": (
        "/it/",
        TOPIC,
        "/it/groups/export-e-dogane/topics/new",
        "/it/people/marta-colombo",
        "/it/notifications",
        "/it/settings",
    ),
    "editor": ("/it/desk", "/it/desk/screening", "/it/topics/1/decisions/new"),
}
"""Pages of every kind, as those see them who meet them."""
ADDRESSES = [*LOOKED_AT["visitor"]]
WHAT_THEME_AND_SIZE_CHANGE = ("color-contrast", "target-size")
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize(
    ("size", "theme", "only"),
    [(DESKTOP, "light", ()), (PHONE, "dark", WHAT_THEME_AND_SIZE_CHANGE)],
    ids=["desktop-light", "phone-dark"],
)
@pytest.mark.parametrize("who", LOOKED_AT, ids=str)
def test_nothing_stands_in_the_way_of_anybody(open_browser, who, size, theme, only):
    page = open_browser("it", size, color_scheme=theme)
    if who != "visitor":
        enter_as(page, who)

    for address in LOOKED_AT[who]:
        answer = page.goto(address)
        assert answer is not None and answer.ok is (address != NOWHERE), address
        assert violations(page, only) == [], address


def test_the_narrowest_telephone_needs_no_sideways_scrolling(open_browser):
    page = open_browser("es", NARROW)

    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate(WIDER_THAN_THE_WINDOW) <= 0, address


def test_one_key_searches_and_another_lists_the_keys(open_browser):
    page = open_browser("en")
    page.goto("/en/groups")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "site-search"
    page.keyboard.type("n?")
    assert page.locator("#site-search").input_value() == "n?"

    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()


def test_j_and_k_move_through_a_list(open_browser):
    page = open_browser("it")
    page.goto("/it/groups")
    rows = page.locator("[data-row]")
    current = "document.activeElement.closest('[data-row]')?.querySelector('a').href"

    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert page.evaluate(current) == rows.nth(row).locator("a").first.evaluate("a => a.href")


def test_the_page_turns_dark_at_once_and_stays_so(open_browser):
    page = open_browser("it")
    page.goto("/it/groups")
    paper = "getComputedStyle(document.documentElement).backgroundColor"

    page.get_by_role("button", name="Pagina scura").click()
    page.get_by_role("button", name="Pagina chiara").wait_for()
    assert page.evaluate(paper) == "rgb(23, 20, 17)"

    page.reload()
    assert page.evaluate(paper) == "rgb(23, 20, 17)"


def test_the_theme_can_be_chosen_without_scripts(open_browser):
    page = open_browser("es", scripts=False)
    page.goto("/es/groups")

    page.get_by_role("button", name="Página oscura").click()

    assert page.url.endswith("/es/groups")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_what_was_typed_survives_a_lost_network_and_a_closed_page(open_browser):
    page = open_browser("it")
    page.goto("/it/style")
    field = page.locator("[data-draft]")

    field.fill("Perché l’IVA all’estero è così?")
    page.locator("[data-draft-state]", has_text="Bozza salvata").wait_for()
    page.goto("/it/groups")
    page.goto("/it/style")

    assert field.input_value() == "Perché l’IVA all’estero è così?"


def test_a_menu_closes_on_escape_and_gives_the_focus_back(open_browser):
    page = open_browser("it")
    page.goto("/it/groups")
    menu = page.locator(".languages")

    menu.locator("summary").click()
    assert menu.get_by_role("link", name="English").is_visible()
    page.keyboard.press("Escape")

    assert not menu.get_by_role("link", name="English").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_password_can_be_read_while_it_is_typed(open_browser):
    page = open_browser("it")
    page.goto("/it/sign-up")
    field = page.locator("input[type=password]").first
    name = field.get_attribute("id")

    page.locator(f"[data-show-password='{name}']").click()

    assert page.locator(f"#{name}").get_attribute("type") == "text"
