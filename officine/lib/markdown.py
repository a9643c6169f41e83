"""Markdown, as members write it: rendered and sanitised once, when it is kept.

CommonMark (markdown-it-py) with bare links and tables, no HTML, and ``@handle`` for people. What
comes out passes nh3, so that no later change of the grammar can let a script through.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MENTION = re.compile(r"(?<![\w@/.])@([a-z0-9][a-z0-9-]{1,38}[a-z0-9])(?![\w@])")

MOST_CELLS = 5000

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "img", "li",
    "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "code": {"class"},
}


def render(text: str, mentioned: Mapping[str, str] | None = None) -> str:
    """HTML of a member's text.

    ``mentioned`` gives, for each handle that exists, the name to show; other handles stay text.
    Links lead out with ``rel="nofollow ugc noopener"``. Pictures only from this site.
    """
    html = _parser().render(text, {"mentioned": mentioned or {}})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )


def handles_in(text: str) -> list[str]:
    """The handles that a text names after an @, each once, in order. Code is not searched."""
    found: dict[str, None] = {}
    for block in _parser().parse(text, {"mentioned": {}}):
        for token in block.children or ():
            if token.type == "text":
                found.update(dict.fromkeys(MENTION.findall(token.content)))
    return list(found)


def plain(text: str) -> str:
    """The words of a Markdown text, without its marks: for excerpts and for search."""
    words: list[str] = []
    for block in _parser().parse(text, {"mentioned": {}}):
        if block.type in ("fence", "code_block"):
            words.append(block.content)
        for token in block.children or ():
            if token.type in ("text", "code_inline") or token.type == "image":
                words.append(token.content)
            elif token.type in ("softbreak", "hardbreak"):
                words.append(" ")
        if block.nesting == -1:
            words.append("\n")
    return re.sub(r"\s*\n\s*", "\n", "".join(words)).strip()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True})
    parser.enable(["linkify", "table", "strikethrough"])
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.push("mentions", _mentions)
    parser.core.ruler.push("small_headings", _small_headings)
    parser.core.ruler.push("own_pictures", _own_pictures)
    return parser


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, unless it could become so large that making and showing it costs seconds: a few
    letters are enough to ask for thousands of empty cells.
    """
    header = state.src[state.bMarks[start] : state.eMarks[start]]
    if (header.count("|") + 1) * (end - start) > MOST_CELLS:
        return False
    return table(state, start, end, silent)


def _small_headings(state: StateCore) -> None:
    """The page has its own title; a post’s headings begin at the third level."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


def _own_pictures(state: StateCore) -> None:
    """A picture from another host would tell it who reads: it becomes a link."""
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        children: list[Token] = []
        for token in block.children:
            if token.type == "image" and not str(token.attrGet("src")).startswith("/files/"):
                children += _link(str(token.attrGet("src")), token.content or "…", "")
            else:
                if token.type == "image":
                    token.attrSet("loading", "lazy")
                children.append(token)
        block.children = children


def _mentions(state: StateCore) -> None:
    mentioned: Mapping[str, str] = state.env.get("mentioned", {})
    if not mentioned:
        return
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        children: list[Token] = []
        in_link = 0
        for token in block.children:
            in_link += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            if token.type == "text" and not in_link:
                children += _with_mentions(token.content, mentioned)
            else:
                children.append(token)
        block.children = children


def _with_mentions(text: str, mentioned: Mapping[str, str]) -> list[Token]:
    tokens: list[Token] = []
    end = 0
    for match in MENTION.finditer(text):
        name = mentioned.get(match[1])
        if name is None:
            continue
        tokens.append(_text(text[end : match.start()]))
        # The address has no language: it leads each reader to the person in theirs.
        tokens += _link(f"/people/{match[1]}", f"@{name}", "mention")
        end = match.end()
    tokens.append(_text(text[end:]))
    return tokens


def _link(address: str, text: str, css_class: str) -> list[Token]:
    attributes: dict[str, Any] = {"href": address}
    if css_class:
        attributes["class"] = css_class
    return [
        Token("link_open", "a", 1, attrs=attributes),
        _text(text),
        Token("link_close", "a", -1),
    ]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
