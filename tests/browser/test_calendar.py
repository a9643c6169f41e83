"""The months of events, without a mouse."""

from playwright.sync_api import expect


def test_the_month_is_walked_by_keyboard_to_an_event(open_browser):
    page = open_browser("en")
    page.goto("/en/events?lang=it&lang=en&lang=es")
    page.get_by_role("link", name="Month", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**month=*")

    day = page.locator("td a.has-events").last
    for _ in range(120):
        page.keyboard.press("Tab")
        if day.evaluate("each => each === document.activeElement"):
            break
    expect(day).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**day=*")

    expect(page.locator("td a[aria-current=date]")).to_have_count(1)
    page.locator("#day + ol h3 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/events/*")
    expect(page.locator("h1")).to_be_visible()
