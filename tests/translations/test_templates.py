"""No template says a sentence of its own, in whatever branch: pages, pieces, letters, errors."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import nodes

from tests.translations.test_pages import NAMES, SHOWN_BY_SCRIPTS, SILENT, SPOKEN, WORD

TEMPLATES = Path(__file__).parents[2] / "templates"
TRANSLATED = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
CAPITAL = re.compile(r"^[^\W\d_a-z][^\W\d_A-Z]+")
TWO_WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")
HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"

SPECIMENS = TEMPLATES / "style" / "show.html"
"""Shows how texts of all lengths and languages look."""
FOR_MACHINES = re.compile(
    r"(main|small|good|danger)( (big|wide|small|plain|good))+|input changed delay:\d+ms(, search)?"
    r"|closest form|light dark|\w+Field|<span lang=\"%s\">"
)
"""Classes of buttons and pages, what htmx waits for and takes along, kinds of fields."""
ATTRIBUTE = re.compile(r'\s[a-z-]+="[^"<>]*"')
"""One that a macro gives stands in the macro outside a tag."""
ALLOWED = NAMES | {"AGCOM", "thumbnails", "line", "align", "start"}
"""Names; that of a track no reader sees; and the words that WebVTT has for places."""


class Said(HTMLParser):
    """What stands in a template for a person to read or to hear."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT or tag in ("itunes:type", "itunes:episodetype", "itunes:explicit"):
            self.silent.append(tag)
        for name, value in attrs:
            is_shown = name.startswith("data-") and CAPITAL.match(value or "")
            if value and (name in SPOKEN or is_shown):
                self.texts.append(value)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(ATTRIBUTE.sub("", data))


def blocks_for_machines(tree: nodes.Template) -> set[nodes.Node]:
    """What says of which kind a page is, or how it is reached."""
    return {
        output
        for block in tree.find_all(nodes.Block)
        if block.name in ("og_type", "page_class")
        for output in block.find_all(nodes.Output)
    }


def written(tree: nodes.Template) -> str:
    """What a template holds besides its expressions."""
    silent = blocks_for_machines(tree)
    return "".join(
        each.data if isinstance(each, nodes.TemplateData) else HOLE
        for output in tree.find_all(nodes.Output)
        if output not in silent
        for each in output.nodes
    ).replace(f"<{HOLE}", "<x")


def constants(node: nodes.Node) -> Iterator[str]:
    """The texts in its expressions, but for those that are translated, and for keys."""
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in TRANSLATED:
        node = nodes.List([keyword.value for keyword in node.kwargs])
    if isinstance(node, nodes.Pair):
        node = nodes.List([node.value])
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for child in node.iter_child_nodes():
        yield from constants(child)


def texts(path: Path, tree: nodes.Template) -> list[str]:
    """What a template says, without what surrounds it."""
    if path.suffix == ".txt":
        return [re.sub(rf"{HOLE}#\w+", "", written(tree))]
    page = Said()
    page.feed(written(tree))
    page.close()
    return page.texts


def test_no_template_says_a_sentence_that_cannot_be_translated(app):
    left: dict[str, list[str]] = {}
    paths = [path for path in TEMPLATES.rglob("*.*") if path != SPECIMENS]
    assert len(paths) > 300
    for path in paths:
        tree = app.jinja_env.parse(path.read_text("utf-8"))
        said = texts(path, tree)
        words = [word for text in said for word in WORD.findall(text) if word not in ALLOWED]
        words += [
            text for text in constants(tree)
            if (CAPITAL.match(text) or TWO_WORDS.search(text)) and not FOR_MACHINES.fullmatch(text)
        ]  # fmt: skip
        if words:
            left[str(path.relative_to(TEMPLATES))] = words
    assert left == {}


def test_what_templates_give_scripts_to_show_is_read_in_the_walk():
    given = re.compile(r'\s(data-[a-z-]+)="\{\{ ?(?:_|n?p?gettext)\(')
    names = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in given.findall(path.read_text("utf-8"))
    }

    assert names
    assert names - SHOWN_BY_SCRIPTS == set()


@pytest.mark.parametrize(
    "source",
    [
        "<p>{% if viewer %}Forgotten{% else %}{{ _('Said') }}{% endif %}</p>",
        "<b title='Forgotten {{ name }}'></b>",
        "<b data-word='Forgotten'></b>",
        "{{ button('Forgotten') }}",
        "{{ _('Said %(what)s', what='Forgotten') }}",
    ],
)
def test_a_template_that_forgets_to_translate_is_noticed(app, source):
    tree = app.jinja_env.parse(source)

    found = [*constants(tree), *texts(Path("x.html"), tree)]
    assert [word for text in found for word in WORD.findall(text)] == ["Forgotten"]
