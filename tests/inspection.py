"""What must hold for every page, whoever fetched it."""

import re
from collections import Counter
from functools import lru_cache

from lxml.html import HtmlElement, HTMLParser, document_fromstring
from markupever import HtmlOptions, Parser

LABELLED = {"input", "select", "textarea"}
FRAGMENT = "<!doctype html><html lang='en'><title>x</title><body>{}</body></html>"
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image"}
FORBIDDEN_ATTRIBUTES = ("style", "onclick", "onload", "onerror", "onsubmit", "data-hx-on")


# What a reader sees changes from page to page; what is inspected lies in the tags. Of a text only
# whether there is any, and what might be a broken reference; of the values only those that name
# something, and whether the others are empty.
REFERENCES = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+);", re.IGNORECASE)
TEXT = re.compile(r">\s*[^<&\s][^<&]*<")
VALUE = re.compile(
    r"(\s(?:href|value|content|title|datetime|src|srcset|action|alt|aria-label|placeholder"
    r'|data-[\w-]+))="[^"]+"'
)
_sound: set[int] = set()


def look(html: str, *, whole: bool, url: str) -> None:
    """Inspect a page unless one of the very same structure was found sound in this process."""
    shape = hash((whole, VALUE.sub(r"\1", TEXT.sub(">x<", REFERENCES.sub("x", html)))))
    if shape not in _sound:
        inspect(html, whole=whole, url=url)
        _sound.add(shape)


def inspect(html: str, *, whole: bool, url: str) -> HtmlElement:
    """Look at a page, or at a piece of one; fail with what is wrong. Gives its tree."""
    source = html if whole else FRAGMENT.format(html)
    errors = broken(source)
    assert not errors, f"{url}: broken HTML: {errors[:3]}"
    root = parsed(source)
    _ids_are_unique(root, url)
    _fields_are_labelled(root, url)
    _nothing_is_inline(root, url)
    _pictures_speak(root, url)
    if whole:
        _is_a_page(root, url)
    return root


def broken(html: str) -> list[str]:
    """What a browser has to mend in a page, in the words of the HTML standard’s parser."""
    parser = Parser(HtmlOptions())
    parser.process(html)
    parser.finish()
    return [str(error) for error in parser.errors()]


@lru_cache(maxsize=8)
def parsed(html: str) -> HtmlElement:
    """The tree of a page that is not broken. Kept for a while: whoever walks through the site
    reads in it what was just inspected.
    """
    return document_fromstring(html, HTMLParser(remove_comments=True, huge_tree=True))


def _ids_are_unique(root: HtmlElement, url: str) -> None:
    counted = Counter(element.get("id") for element in root.iter() if element.get("id"))
    twice = [name for name, times in counted.items() if times > 1]
    assert not twice, f"{url}: ids that stand twice: {twice}"


def _fields_are_labelled(root: HtmlElement, url: str) -> None:
    labels = {label.get("for") for label in root.iter("label")}
    inside = {id(field) for label in root.iter("label") for field in label.iter()}
    for field in root.iter():
        if field.tag not in LABELLED or field.get("type") in NEEDS_NO_LABEL:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        assert named or field.get("id") in labels or id(field) in inside, (
            f"{url}: a field without a label: {field.attrib}"
        )


def _nothing_is_inline(root: HtmlElement, url: str) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        inline = [name for name in FORBIDDEN_ATTRIBUTES if element.get(name) is not None]
        assert not inline, f"{url}: <{element.tag}> carries {inline}"
        if element.tag == "script":
            data = element.get("type", "") in ("application/ld+json", "application/json")
            assert element.get("src") or data, f"{url}: a script stands in the page"
        assert element.tag != "style", f"{url}: a style sheet stands in the page"


def _pictures_speak(root: HtmlElement, url: str) -> None:
    for picture in root.iter("img"):
        assert picture.get("alt") is not None, f"{url}: a picture without alt: {picture.attrib}"


def _is_a_page(root: HtmlElement, url: str) -> None:
    assert root.get("lang"), f"{url}: the page has no language"
    headings = list(root.iter("h1"))
    assert len(headings) == 1, f"{url}: {len(headings)} first-level headings"
    title = root.find(".//title")
    assert title is not None and (title.text or "").strip(), f"{url}: no title"
    assert len(list(root.iter("main"))) == 1, f"{url}: one main part"
