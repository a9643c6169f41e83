"""What people do in a browser, as steps a test can tell."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polib
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
LIVE_WITHIN_MS = 20_000
FOUND_WITHIN_SECONDS = 8


@cache
def _catalogue(language: str) -> dict[tuple[str, str], str]:
    path = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
    return {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in polib.pofile(path)}


def said(language: str, english: str, context: str = "") -> str:
    """A sentence of the site as its pages say it in a language."""
    return _catalogue(language)[context, english]


@dataclass
class Person:
    """Somebody in front of a browser."""

    page: Page
    language: str
    scripts: bool = True
    press: Callable[[Locator], None] = field(default=lambda thing: thing.click())
    """How they work a button or a link: by mouse, or by keyboard."""

    def says(self, english: str, context: str = "") -> str:
        """A sentence in their language."""
        return said(self.language, english, context)

    def goes_to(self, path: str) -> None:
        """Open a page in their language."""
        self.page.goto(f"/{self.language}/{path}")

    def hears_of(self, words: str) -> None:
        """Open the notifications again until the worker has written one with these words."""
        main = self.page.locator("main")
        for _each in range(20):
            self.goes_to("notifications")
            if words in main.inner_text():
                return
            self.page.wait_for_timeout(500)
        expect(main).to_contain_text(words)

    def presses(self, english: str, context: str = "", within: Locator | None = None) -> None:
        """Press the button or follow the link with these words."""
        words = self.says(english, context)
        place = within or self.page
        thing = place.get_by_role("button", name=words).or_(place.get_by_role("link", name=words))
        self.press(thing.first)

    def enters_as(self, cast: str) -> None:
        """Enter the demonstration as one of its cast."""
        self.goes_to("")
        self.page.locator(f".demo button[value='{cast}']").first.click()
        self.page.wait_for_load_state()

    def finds_group(self, words: str, name: str) -> None:
        """Find a group by a word in any of its forms, and open it."""
        self.goes_to("groups")
        box = self.page.locator("#q")
        box.fill(words)
        if not self.scripts:
            box.press("Enter")
        link = self.page.locator("#groups").get_by_role("link", name=name, exact=True)
        expect(link).to_be_visible()
        self.press(link)
        expect(self.page.locator("h1")).to_contain_text(name)

    def signs_up(self, name: str, email: str) -> None:
        """Join, and confirm by the link in the letter."""
        page = self.page
        page.locator("#name").fill(name)
        page.locator("#email").fill(email)
        page.locator("#password").fill("tornio verde lungo 1974")
        page.locator("input[name=kind][value=entrepreneur]").check()
        page.locator("#consent").check()
        self.press(page.locator("main form button.is-main"))
        expect(page.locator("h1")).not_to_contain_text(self.says("Join Officine"))
        self.press_link_in_letter(email)
        self.press(page.locator("main form button.is-main"))
        expect(page.locator(".face-link").first).to_be_attached()

    def press_link_in_letter(self, email: str) -> None:
        """Follow the link of the newest letter to an address."""
        page = self.page
        for _attempt in range(20):
            self.goes_to(f"mail?to={email}")
            if page.locator("ol.letters a").count():
                break
            time.sleep(0.3)
        page.locator("ol.letters a").first.click()
        match = re.search(r"/(?:it|en|es)/confirm/[\w.-]+", page.content())
        assert match, "the letter has a link"
        page.goto(match[0])

    def asks(self, title: str, text: str) -> str:
        """Write a new topic in the group that is open; gives its address."""
        page = self.page
        self.press(page.locator("main").get_by_role("link", name=self.says("New topic")).first)
        page.locator("#title").fill(title)
        page.locator("textarea[name=text]").fill(text)
        self.press(page.locator("main .composer button.is-main"))
        expect(page.locator("h1")).to_contain_text(title)
        return page.url

    def answers(self, text: str) -> None:
        """Write an answer in the topic that is open."""
        self.page.locator("#answer-text").fill(text)
        self.press(self.page.locator("main .composer button.is-main"))
        expect(self.page.locator("article.post").last).to_contain_text(text)

    def sees_new_message(self, text: str) -> None:
        """See what somebody else just wrote: it announces itself, and waits to be shown."""
        page = self.page
        if self.scripts:
            # Who sits before the page and waits does something now and then; it asks sooner then.
            page.keyboard.press("Shift")
            announced = page.locator("#news button, #news a").first
            expect(announced).to_be_visible(timeout=LIVE_WITHIN_MS)
            self.press(announced)
        else:
            page.reload()
        expect(page.locator("article.post").last).to_contain_text(text)

    def opens_menu_of(self, post: Locator) -> None:
        """Open what else can be done with a message."""
        self.press(post.locator("details.menu > summary").last)

    def marks_useful(self, text: str) -> None:
        """Say which message solved the matter."""
        post = self.page.locator("article.post", has_text=text)
        self.opens_menu_of(post)
        self.presses("This is the useful answer", within=post)
        expect(self.page.locator("article.post .flag")).to_be_visible()

    def finds(self, words: str, title: str) -> None:
        """Find something by searching; what is new is there within seconds."""
        deadline = time.monotonic() + FOUND_WITHIN_SECONDS
        link = self.page.locator("main").get_by_role("link", name=title)
        while True:
            self.goes_to(f"search?q={words}")
            if link.count() or time.monotonic() > deadline:
                break
            time.sleep(0.4)
        expect(link.first).to_be_visible()

    def hides(self, topic: str, text: str, facts: str) -> None:
        """As an editor, hide a message with a reason."""
        page = self.page
        page.goto(re.sub(r"/(it|en|es)/", f"/{self.language}/", topic))
        post = page.locator("article.post", has_text=text)
        self.opens_menu_of(post)
        self.presses("Hide it", within=post)
        page.locator("[name=rule]").first.select_option("advertising")
        page.locator("textarea[name=facts]").fill(facts)
        self.press(page.locator("main form button.is-main").last)
        page.wait_for_url(lambda url: "/decisions/" not in url)

    def presses_result(self, title: str) -> None:
        """Open what was found."""
        self.press(self.page.locator("main").get_by_role("link", name=title).first)
        expect(self.page.locator("h1")).to_contain_text(title)
