"""Writing a message: names, pictures, quotations, a preview, and nothing lost on the way."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import enter_as
from tests.browser.people import LIVE_WITHIN_MS

PASTE = """(field) => {
  const bytes = Uint8Array.from(atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg=="
  ), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], "tornio.png", { type: "image/png" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


def test_a_message_is_written_with_all_that_helps(open_browser: Callable[..., Page]) -> None:
    page = open_browser("it")
    enter_as(page, "italian")
    page.goto("/it/topics/2")
    field = page.locator("#answer-text")
    offered = page.locator("text-expander [role=option]")

    # A name is completed from the keyboard.
    field.press_sequentially("Lo chiedo a @emm")
    expect(offered).to_have_text(re.compile("Emma"), timeout=LIVE_WITHIN_MS)
    field.press("Enter")
    expect(field).to_have_value(re.compile(r"^Lo chiedo a @emma-whitcombe"))

    # A picture is pasted, and its description waits to be typed over.
    field.evaluate(PASTE)
    expect(field).to_have_value(re.compile(r"!\[[^\]]+\]\(/\S+\)"))
    page.keyboard.type("il tornio")
    expect(field).to_have_value(re.compile(r"!\[il tornio\]\("))

    # What somebody wrote is quoted into the text.
    page.locator("article.post").first.locator("[data-quotation]").click()
    expect(field).to_have_value(re.compile(r"^> ", re.MULTILINE))

    # The server shows how it will look.
    page.get_by_role("button", name="Anteprima").click()
    preview = page.locator("#answer-text-preview")
    expect(preview.get_by_role("img", name="il tornio")).to_be_attached()
    expect(preview.get_by_role("link", name="Emma Whitcombe")).to_be_visible()
    expect(preview.locator("blockquote")).to_be_visible()

    # Whoever goes away finds it again; a site that cannot be reached takes nothing away.
    written = field.input_value()
    expect(page.locator("[data-draft-state]")).to_contain_text("Bozza salvata")
    page.reload()
    expect(field).to_have_value(written)
    page.context.set_offline(True)
    page.locator("main .composer button.is-main").click()
    expect(page.locator("#messages")).to_contain_text("Quello che hai scritto è ancora qui")
    expect(field).to_have_value(written)
    page.context.set_offline(False)

    # What was sent is no draft any more.
    page.locator("main .composer button.is-main").click()
    expect(page.locator("article.post").last.get_by_role("img", name="il tornio")).to_be_attached()
    expect(field).to_have_value("")
    page.reload()
    expect(field).to_have_value("")


def test_an_answer_that_comes_late_offers_no_other_names(open_browser: Callable[..., Page]) -> None:
    page = open_browser("it")
    enter_as(page, "italian")
    page.goto("/it/topics/2")
    field, waiting = page.locator("#answer-text"), []
    page.route("**/names?*", lambda route: waiting.append(route))

    field.press_sequentially("@em")
    while len(waiting) < 2:
        page.wait_for_timeout(20)
    for route in reversed(waiting):
        with page.expect_response(route.request.url):
            route.continue_()

    page.wait_for_timeout(100)
    expect(page.locator("text-expander [role=option]")).to_have_text(re.compile("Emma"))
