"""What people do in a browser, as steps a test can tell."""

import re
import time
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


class Hands:
    """How somebody works a page: by pointing at things."""

    def press(self, thing: Locator) -> None:
        """Press a button, follow a link, tick a box."""
        thing.click()

    def write(self, field: Locator, words: str) -> None:
        """Write into a field."""
        field.fill(words)

    def choose(self, field: Locator, value: str) -> None:
        """Choose one of a list."""
        field.select_option(value)


class Keyboard(Hands):
    """With the keyboard alone: what cannot be reached by it cannot be worked."""

    MOST_STEPS = 150
    IS_HERE = "(thing) => thing === document.activeElement"
    IN_MAIN = "document.querySelector('main').contains(document.activeElement)"

    def press(self, thing: Locator) -> None:
        """Reach it, and press the key that works it."""
        self._reach(thing)
        is_ticked = thing.evaluate("(it) => ['checkbox', 'radio'].includes(it.type)")
        thing.page.keyboard.press("Space" if is_ticked else "Enter")

    def write(self, field: Locator, words: str) -> None:
        """Reach it, and type in the place of what it holds."""
        self._reach(field)
        field.page.keyboard.press("Control+A")
        field.page.keyboard.type(words)
        expect(field).to_have_value(words)

    def choose(self, field: Locator, value: str) -> None:
        """Reach it, and type the beginning of the words."""
        self._reach(field)
        field.page.keyboard.type(field.locator(f"option[value='{value}']").inner_text()[:12])
        expect(field).to_have_value(value)

    def _reach(self, thing: Locator) -> None:
        """Go from one thing to the next with Tab, past the bars by the link that leads there."""
        page = thing.page
        expect(thing).to_be_visible()
        is_inside = thing.evaluate("(it) => document.querySelector('main').contains(it)")
        if is_inside and not page.evaluate(self.IN_MAIN):
            skip = page.locator("a.skip")
            self._step_to(skip)
            page.keyboard.press("Enter")
        self._step_to(thing)

    def _step_to(self, thing: Locator) -> None:
        for _ in range(self.MOST_STEPS):
            # Looked for each time: what the page asked of the server may have taken its place.
            if thing.evaluate(self.IS_HERE):
                return
            thing.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {thing}")


@dataclass
class Person:
    """Somebody in front of a browser."""

    page: Page
    language: str
    scripts: bool = True
    hands: Hands = field(default_factory=Hands)

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
        self.hands.press(thing.first)

    def enters_as(self, cast: str) -> None:
        """Enter the demonstration as one of its cast."""
        self.goes_to("")
        door = self.page.locator(f".demo button[value='{cast}']").first
        self.hands.press(door)
        expect(door).to_have_attribute("aria-current", "true")
        self.page.wait_for_load_state()

    def finds_group(self, words: str, name: str) -> None:
        """Find a group by a word in any of its forms, and open it."""
        self.goes_to("groups")
        box = self.page.locator("#q")
        self.hands.write(box, words)
        if not self.scripts:
            box.press("Enter")
        expect(self.page.locator("#groups h2").first).to_contain_text(words)
        link = self.page.locator("#groups").get_by_role("link", name=name, exact=True)
        expect(link).to_be_visible()
        self.hands.press(link)
        expect(self.page.locator("h1")).to_contain_text(name)

    def signs_up(self, name: str, email: str) -> None:
        """Join, and confirm by the link in the letter."""
        page = self.page
        self.hands.write(page.locator("#name"), name)
        self.hands.write(page.locator("#email"), email)
        self.hands.write(page.locator("#password"), "tornio verde lungo 1974")
        self.hands.press(page.locator("input[name=kind][value=entrepreneur]"))
        self.hands.press(page.locator("#consent"))
        self.hands.press(page.locator("main form button.is-main"))
        expect(page.locator("h1")).not_to_contain_text(self.says("Join Officine"))
        self.press_link_in_letter(email)
        self.hands.press(page.locator("main form button.is-main"))
        expect(page.locator(".face-link").first).to_be_attached()

    def press_link_in_letter(self, email: str) -> None:
        """Follow the link of the newest letter to an address."""
        page = self.page
        for _attempt in range(20):
            self.goes_to(f"mail?to={email}")
            if page.locator("ol.letters a").count():
                break
            time.sleep(0.3)
        self.hands.press(page.locator("ol.letters a").first)
        page.wait_for_url(re.compile(r"/mail/\d+"))
        match = re.search(r"/(?:it|en|es)/confirm/[\w.-]+", page.content())
        assert match, "the letter has a link"
        page.goto(match[0])

    def asks(self, title: str, text: str) -> str:
        """Write a new topic in the group that is open; gives its address."""
        page = self.page
        self.presses("New topic", within=page.locator("main"))
        self.hands.write(page.locator("#title"), title)
        self.hands.write(page.locator("textarea[name=text]"), text)
        self.hands.press(page.locator("main .composer button.is-main"))
        expect(page.locator("h1")).to_contain_text(title)
        return page.url

    def answers(self, text: str) -> None:
        """Write an answer in the topic that is open."""
        self.hands.write(self.page.locator("#answer-text"), text)
        self.hands.press(self.page.locator("main .composer button.is-main"))
        expect(self.page.locator("article.post").last).to_contain_text(text)

    def sees_new_message(self, text: str) -> None:
        """See what somebody else just wrote: it announces itself, and waits to be shown."""
        page = self.page
        if self.scripts:
            # Who sits before the page and waits does something now and then; it asks sooner then.
            page.keyboard.press("Shift")
            announced = page.locator("#news button, #news a").first
            expect(announced).to_be_visible(timeout=LIVE_WITHIN_MS)
            self.hands.press(announced)
        else:
            page.reload()
        expect(page.locator("article.post").last).to_contain_text(text)

    def opens_menu_of(self, post: Locator) -> None:
        """Open what else can be done with a message."""
        self.hands.press(post.locator("details.menu > summary").last)

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
        self.hands.choose(page.locator("[name=rule]").first, "advertising")
        self.hands.write(page.locator("textarea[name=facts]"), facts)
        self.hands.press(page.locator("main form button.is-main").last)
        page.wait_for_url(lambda url: "/decisions/" not in url)

    def presses_result(self, title: str) -> None:
        """Open what was found."""
        self.hands.press(self.page.locator("main").get_by_role("link", name=title).first)
        expect(self.page.locator("h1")).to_contain_text(title)
