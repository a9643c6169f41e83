"""Every page in a pseudo-language, where what is translated is marked and the rest shows; and
in each real language, where no English may be left.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib
import pytest
from babel import Locale
from babel.dates import get_timezone_location
from lxml.html import HtmlElement, fragment_fromstring
from sqlalchemy import String, select
from sqlalchemy.types import TypeEngine
from werkzeug.test import TestResponse

from officine.core.db import Model, db
from officine.core.i18n import OWN_NAMES, PseudoTranslations
from officine.core.mail import Mail
from officine.lib.markdown import plain
from officine.lib.timezones import TIMEZONES
from tests.busy_world import YESTERDAY, BusyWorld
from tests.crawler import Form, Opened, forms, walk
from tests.inspection import parsed
from tests.thorough import THOROUGH, share
from tests.translations import happenings
from tests.visits import Visit

ROOT = Path(__file__).parents[2]
STARTS = ["", "groups", "people", "companies", "sign-up", "sign-in", "settings", "search?q=bronze",
          "notifications", "desk", "style", "mail", "events", "interviews", "groups/new",
          "groups/proposed", "reset", "nothing-here",
          *(f"events/{YESTERDAY}{end}" for end in ("", "/met", "/feedback")),
          f"events/{YESTERDAY}/figures"]  # fmt: skip

UNREAD = {
    **dict.fromkeys(
        ("dist", "events.file", "files.show", "forum.picture", "health.alive", "health.ready",
         "site.favicon", "site.icon", "site.share", "sitemap.index", "sitemap.robots",
         "sitemap.show", "video.media", "interviews.cover", "attendance.door_worker",
         "site.manifest"), "a file, or for machines only"),
    **dict.fromkeys(
        ("calendars.member_feed", "calendars.personal_feed", "events.feed", "feeds.group",
         "captions.track", "interviews.chapters", "openness.statements_csv",
         "openness.statements_json"), "a feed or a file to take away: what people wrote"),
    **dict.fromkeys(
        ("accounts.sign_up_sent", "accounts.reset_sent", "accounts.confirmation_sent"),
        "shown to whom a form just sent there: tests/accounts"),
    **dict.fromkeys(
        ("entrance.open_door", "forum.post", "notifications.show", "texts.welcome"),
        "leads elsewhere"),
    **dict.fromkeys(
        ("captions.preview_replacement", "desk.fresh_queue", "forum.arrivals", "forum.names",
         "forum.news", "forum.quote", "notifications.bell", "search.suggestions"),
        "a piece of a page that is read"),
    "demo.letter_html": "a letter that is read",
    "style.error": "shows the errors, which are none of 200",
    "calendars.preview": "shown after another site was asked for its calendar",
    "feedback_by_link.show": "the questions of followup.feedback, for who has no account",
}  # fmt: skip
"""The addresses that nobody opens here, and why."""

TEMPLATES = ROOT / "templates"
LETTERS = [
    path.relative_to(TEMPLATES).as_posix()
    for path in (TEMPLATES / "mail").glob("*/*.html")
    if path.name[0] != "_"
]
UNWRITTEN = ["mail/desk/appeal_answered.html"]
"""For who reported something and appeals, of which tests/desk/test_appeals.py tells."""
FULL_WALKS = (None, "marta", "giulia")
ADDRESS = re.compile(r"https?://\S+|line:0 align:start")
OUR_LINK = re.compile(r"http://officine\.test/en/([^\s#>]*)")

SPOKEN = ("aria-label", "aria-roledescription", "title", "placeholder", "alt", "label")
SHOWN_BY_SCRIPTS = {
    f"data-{name}" for name in (
        "already", "alt", "broken", "close-word", "copied", "done", "failed", "found",
        "from-start", "go-on", "in", "kept", "kept-title", "left", "lost", "missing", "no-camera",
        "offline", "other", "other-title", "paused", "refused", "restored", "saved", "seen",
        "sending", "sent", "shown", "signed-out", "to-send", "too-large", "unknown",
        "unknown-title", "went-on",
    )
}  # fmt: skip
SILENT = {"script", "style", "code", "kbd", "svg"}
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Officine", "SOS", "IT", "EN", "ES", "Markdown", "JPEG", "PNG", "WebP", "CSV", "JSON",
         "ZIP", "Firefox", "Chrome", "Linux", "Windows", "https", "http", "officine", "test",
         "am", "pm", "people", "vtt", "srt"}  # fmt: skip


@pytest.fixture
def pseudo(app) -> Iterator[None]:
    """English pages speak the pseudo-language."""
    cache = app.extensions["babel"].instance.domain_instance.cache
    before = dict(cache)
    cache["en_GB", "messages"] = PseudoTranslations()
    yield
    cache.clear()
    cache.update(before)


@dataclass(frozen=True)
class Said:
    """A text that a person reads, or hears when it ``is_attribute``."""

    text: str
    is_attribute: bool = False


def spoken(element: HtmlElement) -> Iterator[Said]:
    """Every text of a page that a person reads or hears, in order."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    # What a member wrote, and long texts that exist once in each language, speak for themselves.
    if element.get("data-own-language") is not None or "prose" in element.get("class", "").split():
        return
    # So does what was changed in one; and no reader sees the names of these tracks.
    if "changes" in element.get("class", "").split() or element.get("kind") == "metadata":
        return
    # The names of time zones come from Unicode’s tables.
    if element.get("name") in ("timezone", "shift-timezone"):
        return
    if element.get("aria-hidden") == "true" or (element.get("lang") and element.tag != "html"):
        return
    for name, value in element.attrib.items():
        is_data = name.startswith("data-") and not name.startswith("data-hx-")
        is_sentence = is_data and re.search(r"[a-z] [a-z]", value)
        if (
            name in SPOKEN
            or name in SHOWN_BY_SCRIPTS
            or (is_sentence and not value.startswith(("/", "{")))
        ):
            yield Said(value, is_attribute=True)
    if element.find("mark") is not None:
        yield Said(element.text_content())
        return
    if element.tag == "meta" and element.get("name") == "description":
        yield Said(element.get("content", ""), is_attribute=True)
    if element.text and element.text.strip():
        yield Said(element.text)
    for child in element:
        yield from spoken(child)
        if child.tail and child.tail.strip():
            yield Said(child.tail)


def unmarked(page: Iterator[Said]) -> Iterator[str]:
    """What of a page stands outside the marks; a sentence may have a link inside."""
    depth = 0
    for said in page:
        text, inside = outside_marks(said.text, 0 if said.is_attribute else depth)
        if not said.is_attribute:
            depth = inside
        if text.strip():
            yield " ".join(text.split())


def outside_marks(text: str, depth: int) -> tuple[str, int]:
    """The letters at depth zero, and the depth at the end."""
    kept = []
    for letter in text:
        if letter == "⟧":
            depth -= 1
        kept.append(letter if depth == 0 and letter not in "⟦⟧" else " ")
        if letter == "⟦":
            depth += 1
    return "".join(kept), depth


def written_by_people() -> re.Pattern[str]:
    """Everything that stands in the database: it is nobody’s to translate."""
    texts: set[str] = set()
    for table in Model.metadata.sorted_tables:
        columns = [column for column in table.columns if _is_text(column.type)]
        if columns:
            for row in db.session.execute(select(*columns)):
                texts |= {" ".join(str(value).split()) for value in row if value}
    texts |= {plain(text) for text in texts}
    texts |= {sentence for text in texts for sentence in re.split(r"(?<=[.?!]) ", text)}
    texts |= {name for text in texts for name in text.split() if name[:1].isupper()}
    longest_first = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest_first))


def _is_text(kind: TypeEngine[Any]) -> bool:
    return isinstance(kind, String) or isinstance(getattr(kind, "impl", None), String)


def dates() -> set[str]:
    """The words that dates are made of in English, and the names of places and languages."""
    locale = Locale.parse("en_GB")
    words = {*locale.languages.values(), *locale.territories.values(), *OWN_NAMES.values()}
    words |= {get_timezone_location(zone, locale, return_city=True) for zone in TIMEZONES}
    for kinds in (*locale.months.values(), *locale.days.values()):
        for names in kinds.values():
            words |= set(names.values())
    words |= {"ago", "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days",
              "min", "mins", "week", "weeks", "month", "months", "at", "and"}  # fmt: skip
    return {each for word in words for each in WORD.findall(word)} | NAMES


@dataclass
class Findings:
    """What was read in the pseudo-language, and what of it nobody can translate."""

    reached: set[str] = field(default_factory=set)
    forms: dict[str, tuple[Visit, Form]] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    theirs: re.Pattern[str] = field(default_factory=written_by_people)
    allowed: set[str] = field(default_factory=dates)

    def read(self, texts: Iterable[str], where: str) -> None:
        """Keep the texts in which a word is neither translated nor somebody’s own."""
        for text in set(texts) - self.seen:
            self.seen.add(text)
            left = self.theirs.sub(" ", ADDRESS.sub("", text)) if WORD.search(text) else ""
            if words := [word for word in WORD.findall(left) if word not in self.allowed]:
                self.left.setdefault(text[:80], f"{where}: {words}")

    def open(self, page: Opened, browser: Visit) -> None:
        """Read a page, and keep its forms."""
        if page.reply.status_code == 200:
            self.reached.add(page.endpoint)
        if page.reply.mimetype == "text/html" and page.endpoint != "style.show":
            self.read(unmarked(spoken(page.tree)), page.url)
            for form in forms(page.tree, page.url):
                self.forms.setdefault(form.action.partition("?")[0], (browser, form))

    def answer(self, reply: TestResponse, browser: Visit, where: str) -> None:
        """Read what is said of a form: in its page, or at the top of the next one."""
        if reply.mimetype == "text/html" and reply.status_code in (409, 422):
            self.read(unmarked(spoken(parsed(reply.text))), where)
        with browser.client.session_transaction() as session:
            flashed = [str(text) for _kind, text in session.pop("_flashes", [])]
        self.read(unmarked(Said(text, is_attribute=True) for text in flashed), where)


def test_nobody_reads_a_sentence_that_cannot_be_translated(app, world, visit, settle, pseudo):
    """One long test: what is read by whom depends on all that has happened before."""
    busy, starts, written = happenings.let_happen(app, world, visit, settle)
    everything = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    found = Findings()
    for letter in db.session.scalars(select(Mail)):
        said = [letter.subject, *letter.text.split("\n\n")]
        found.read(unmarked(Said(text, is_attribute=True) for text in said), letter.key)
        found.read(unmarked(spoken(parsed(letter.html))), letter.key)
        starts += OUR_LINK.findall(letter.text)

    for name, here in happenings.walks(busy).items():
        browser = visit(getattr(busy.world, name) if name else None)
        # The first three see everything; the others only what is shown to nobody else.
        known = () if name in FULL_WALKS else found.reached
        here += starts if name is None else []
        here += [] if known else STARTS
        for page in walk(app, browser, [f"/en/{start}" for start in here], known):
            found.open(page, browser)
    assert sorted(everything - found.reached - set(UNREAD)) == []
    assert sorted(found.reached & set(UNREAD)) == []
    assert sorted(set(LETTERS) - written) == UNWRITTEN

    typed = [(action, *form) for action, form in found.forms.items() if form[1].typed]
    assert len(typed) > 60
    for place, (action, browser, form) in enumerate(typed):
        found.answer(browser.post(action, **dict.fromkeys(form.typed, "")), browser, action)
        if place in share(range(len(typed)), 0):
            fields = form.given | dict.fromkeys(form.typed, "7" * 6001)
            found.answer(browser.post(action, **fields), browser, f"{action}, far too long")
    assert found.left == {}


@pytest.mark.parametrize("lang", ["it", "es"])
def test_no_english_is_left_on_a_page_in_another_language(app, world, visit, lang):
    BusyWorld.created(world)
    catalogue = polib.pofile(ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po")
    english = {
        " ".join(text.split())
        for entry in catalogue
        for text, here in ((entry.msgid, entry.msgstr), (entry.msgid_plural, ""))
        if text and text != here and "%(" not in text
    }
    # Some are words of this language too: of “Dates”, in Italian, there remains “Date”.
    english -= {
        text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())
    }

    known: set[str] = set()
    for who in (world.giulia, world.marta, None):
        starts = [f"/{lang}/{start}" for start in STARTS]
        # Where all set out, each reads; what lies beyond, who comes there first.
        for page in walk(app, visit(who), starts, () if THOROUGH else frozenset(known)):
            known.add(page.endpoint)
            if page.reply.mimetype == "text/html":
                left = [
                    said.text
                    for said in spoken(page.tree)
                    if " ".join(said.text.split()) in english
                ]
                assert left == [], page.url
    assert len(known) > 60


def test_a_page_that_forgets_to_translate_is_noticed(pseudo):
    tree = fragment_fromstring("<p>⟦Said⟧ <b>Forgotten</b></p>")

    assert list(unmarked(spoken(tree))) == ["Forgotten"]
