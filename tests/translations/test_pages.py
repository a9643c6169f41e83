"""Every page in a pseudo-language, where what is translated is marked and the rest shows; and
in each real language, where no English may be left.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
import pytest
from babel import Locale
from babel.dates import get_timezone_location
from lxml.html import HtmlElement, fragment_fromstring
from sqlalchemy import String, select
from sqlalchemy.types import TypeEngine

from officine.core.db import Model, db
from officine.core.i18n import OWN_NAMES, PseudoTranslations
from officine.lib.markdown import plain
from officine.lib.timezones import TIMEZONES
from tests.busy_world import YESTERDAY, BusyWorld
from tests.crawler import walk

ROOT = Path(__file__).parents[2]
STARTS = ["", "groups", "people", "companies", "sign-up", "sign-in", "settings", "search?q=bronze",
          "notifications", "desk", "style", "mail", "events", "interviews", "groups/new",
          "groups/proposed", "reset", "nothing-here",
          *(f"events/{YESTERDAY}{end}" for end in ("", "/met", "/feedback")),
          f"events/{YESTERDAY}/figures"]  # fmt: skip

SPOKEN = ("aria-label", "aria-roledescription", "title", "placeholder", "alt", "label")
SILENT = {"script", "style", "code", "kbd", "svg"}
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Officine", "SOS", "IT", "EN", "ES", "Markdown", "JPEG", "PNG", "WebP", "CSV", "JSON",
         "ZIP", "Firefox", "Chrome", "Linux", "Windows", "https", "http", "officine", "test",
         "am", "pm", "people"}  # fmt: skip


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
    # The names of time zones come from Unicode’s tables.
    if element.get("name") in ("timezone", "shift-timezone"):
        return
    if element.get("aria-hidden") == "true" or (element.get("lang") and element.tag != "html"):
        return
    for name, value in element.attrib.items():
        is_data = name.startswith("data-") and not name.startswith("data-hx-")
        is_sentence = is_data and re.search(r"[a-z] [a-z]", value)
        if name in SPOKEN or (is_sentence and not value.startswith(("/", "{"))):
            yield Said(value, is_attribute=True)
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
              "week", "weeks", "month", "months", "at", "and"}  # fmt: skip
    return {each for word in words for each in WORD.findall(word)} | NAMES


@pytest.mark.parametrize("name", [None, "marta", "emma", "giulia"])
def test_no_page_says_a_sentence_that_cannot_be_translated(app, world, visit, pseudo, name):
    busy = BusyWorld.created(world)
    who = getattr(busy.world, name) if name else None
    pages = list(walk(app, visit(who), [f"/en/{start}" for start in STARTS]))
    theirs, allowed = written_by_people(), dates()
    assert len(pages) > 15

    left: dict[str, str] = {}
    for page in pages:
        if page.reply.mimetype == "text/html" and page.endpoint != "style.show":
            for text in unmarked(spoken(page.tree)):
                words = [w for w in WORD.findall(theirs.sub(" ", text)) if w not in allowed]
                if words:
                    left.setdefault(text[:80], f"{page.url}: {words}")
    assert left == {}


@pytest.mark.parametrize("lang", ["it", "es"])
@pytest.mark.parametrize("name", [None, "marta", "giulia"])
def test_no_english_is_left_on_a_page_in_another_language(app, world, visit, lang, name):
    busy = BusyWorld.created(world)
    catalogue = polib.pofile(ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po")
    english = {
        " ".join(text.split())
        for entry in catalogue
        for text, here in ((entry.msgid, entry.msgstr), (entry.msgid_plural, ""))
        if text and text != here and " " in text and "%(" not in text
    }
    who = getattr(busy.world, name) if name else None

    for page in walk(app, visit(who), [f"/{lang}/{start}" for start in STARTS]):
        if page.reply.mimetype == "text/html":
            left = [
                said.text for said in spoken(page.tree) if " ".join(said.text.split()) in english
            ]
            assert left == [], page.url


def test_a_page_that_forgets_to_translate_is_noticed(pseudo):
    tree = fragment_fromstring("<p>⟦Said⟧ <b>Forgotten</b></p>")

    assert list(unmarked(spoken(tree))) == ["Forgotten"]
