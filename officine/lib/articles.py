"""Markdown as the editorial desk writes it: pages of the house, with sections one can link to."""

import re
from collections.abc import Iterable
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

ANCHOR = re.compile(r"\s*\{#([a-z][a-z0-9-]*)\}\s*$")
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "ol": {"start"}}


def render_article(text: str, anchors: Iterable[str] = ()) -> str:
    """HTML of a page of the house: sections from the second level, no pictures, no HTML.

    A title that ends with ``{#word}`` can be linked to by that word, if it is one of ``anchors``
    and the first to use it.
    """
    html = _parser().render(text, {"anchors": set(anchors)})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True})
    parser.enable(["linkify", "table"])
    parser.disable("image")
    parser.core.ruler.push("sections", _sections)
    return parser


def _sections(state: StateCore) -> None:
    """The page has its own title: sections begin at the second level, none below the fourth."""
    free: set[str] = set(state.env.get("anchors", ()))
    for token, inside in zip(state.tokens, state.tokens[1:] + state.tokens[:1], strict=True):
        if token.type not in ("heading_open", "heading_close"):
            continue
        token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
        if token.type == "heading_open" and inside.children:
            last = inside.children[-1]
            if found := ANCHOR.search(last.content):
                last.content = ANCHOR.sub("", last.content)
                if found[1] in free:
                    free.remove(found[1])
                    token.attrSet("id", found[1])
