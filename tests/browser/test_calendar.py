"""The months of events, without a mouse."""

from datetime import date

from playwright.sync_api import Locator, expect


def day_of(link: Locator) -> date:
    """The day to which a link of the month leads."""
    return date.fromisoformat(link.get_attribute("data-day") or "")


def test_the_month_is_walked_by_keyboard_to_an_event(open_browser):
    page = open_browser("en")
    page.goto("/en/events?lang=it&lang=en&lang=es")
    page.get_by_role("link", name="Month", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**month=*")

    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.day"):
            break
    expect(page.locator("td a[data-day][tabindex='0']")).to_have_count(1)
    month = page.locator("[data-calendar]").get_attribute("data-calendar")
    page.keyboard.press("PageDown")
    page.wait_for_url(lambda url: "#day-" in url and month not in url)
    page.wait_for_function("document.activeElement.dataset.day")
    page.keyboard.press("PageUp")
    page.wait_for_url(f"**#day-{month}-*")
    page.wait_for_function("document.activeElement.dataset.day")

    day = page.locator("td a.has-events").last
    left = day_of(day) - day_of(page.locator(":focus"))
    weeks = int(left.days / 7)
    for _ in range(abs(weeks)):
        page.keyboard.press("ArrowDown" if weeks > 0 else "ArrowUp")
    for _ in range(abs(left.days - weeks * 7)):
        page.keyboard.press("ArrowRight" if left.days > 0 else "ArrowLeft")
    expect(day).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**day=*")

    expect(page.locator("td a[aria-current=date]")).to_have_count(1)
    page.locator("#day + ol h3 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/events/*")
    expect(page.locator("h1")).to_be_visible()
