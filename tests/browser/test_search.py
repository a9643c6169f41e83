"""Search in a real browser: while one types, with the keyboard alone, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, enter_as


@pytest.mark.parametrize(("size", "field"), [(DESKTOP, "#site-search"), (PHONE, "#q")])
def test_results_come_while_one_types(open_browser, size, field):
    page = open_browser("it", size)
    page.goto("/it/search")

    page.locator(field).press_sequentially("dogan", delay=40)

    expect(page.locator("h1")).to_have_text(re.compile(r"\d+ risultati per «dogan»"))
    expect(page.locator("#results mark").first).to_have_text(re.compile("dogan", re.IGNORECASE))
    expect(page.locator("#found")).to_have_text(re.compile(r"\d+ risultati"))
    expect(page.locator("#kinds .number").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == field[1:]
    assert page.url.endswith("/it/search?q=dogan")
    assert page.evaluate("document.querySelectorAll('h1').length") == 1


def test_going_back_from_a_hit_finds_the_results_again(open_browser):
    page = open_browser("it")
    page.goto("/it/search")
    page.locator("#site-search").press_sequentially("dogana", delay=40)
    expect(page.locator("h1")).to_have_text(re.compile("«dogana»"))

    page.locator(".topic-row a").first.click()
    page.wait_for_url("**/topics/**")
    page.go_back()

    expect(page.locator("h1")).to_have_text(re.compile("«dogana»"))
    expect(page.locator("#results mark").first).to_be_visible()


def test_search_and_its_filters_work_without_scripts(open_browser):
    page = open_browser("it", PHONE, scripts=False)
    page.goto("/it/search")

    page.locator("#q").fill("l'export ingilterra")
    page.locator("#q").press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("per «l'export inghilterra»"))
    expect(page.locator(".did-you-mean")).to_contain_text("Abbiamo corretto")

    page.locator("#kinds a", has_text="Discussioni").click()
    assert "kind=topic" in page.url
    assert page.locator(".topic-row").count() >= 1


def test_with_the_keyboard_alone_from_the_field_to_a_result(open_browser):
    page = open_browser("es")
    page.goto("/es/groups")

    page.keyboard.press("/")
    page.keyboard.type("reunion empresas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/search?q=reunion+empresas")
    page.keyboard.press("j")

    assert page.evaluate("!!document.activeElement.closest('#results [data-row]')")


@pytest.mark.parametrize(
    ("language", "typed", "group"),
    [
        ("it", "dogane l'export", "Export e dogane"),
        ("en", "casting", "Metal & castings"),
        ("es", "energia industrias", "Energía e industria"),
    ],
)
def test_a_visitor_finds_a_group_by_words_in_other_forms(open_browser, language, typed, group):
    page = open_browser(language)
    page.goto(f"/{language}/groups")

    page.locator("#q").press_sequentially(typed, delay=30)

    expect(page.locator(".group-row .title").first).to_contain_text(group)


def test_who_stands_on_a_result_stays_on_it_when_newer_results_come(open_browser):
    page = open_browser("en")
    enter_as(page, "english", "en")
    page.goto("/en/groups")
    box = page.locator("#q")
    # Where one row was, another may come, with a button of its own.
    group = page.locator("#groups").get_by_role("link", name="Metal & castings", exact=True)
    group.evaluate("(it) => it.closest('.group-list').append(it.closest('li'))")

    box.fill("castings")
    group.focus()
    expect(page.locator("#groups h2")).to_contain_text("castings")

    expect(group).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Metal & castings")


def test_after_more_rows_have_come_one_stands_on_the_first_of_them(open_browser):
    page = open_browser("en")
    enter_as(page, "english", "en")
    page.goto("/en/people?lang=it&lang=en&lang=es")
    rows = page.locator("#people-list > li:not(.pager)")
    shown = rows.count()

    page.locator("#people-list-more a").focus()
    page.keyboard.press("Enter")

    expect(rows.nth(shown).locator("a").first).to_be_focused()
