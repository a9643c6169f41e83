"""The text of a cue: its tags, its escapes, who speaks.

The tokenizer and the tree follow “WebVTT cue text parsing rules” of the W3C’s WebVTT, so that we
see what a browser sees; `text_problems` adds what the same document asks of authors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from officine.lib.captions.cues import Problem, clock

SPACE = "\t\n\f\r "
KNOWN = ("c", "i", "b", "u", "ruby", "rt", "v", "lang")
_MARKED_SPACES = {"\xa0": "&nbsp;", "\u200e": "&lrm;", "\u200f": "&rlm;"}


@dataclass(slots=True)
class Token:
    """A piece of cue text, as the tokenizer gives it."""

    kind: Literal["text", "start", "end", "time"]
    value: str
    classes: tuple[str, ...] = ()
    annotation: str = ""
    line: int = 0
    is_closed: bool = True
    raw: str = ""


@dataclass(slots=True)
class Node:
    """A node of the tree: `text` and `time` are leaves, the rest are elements."""

    kind: str
    value: str = ""
    classes: tuple[str, ...] = ()
    annotation: str = ""
    language: str = ""
    children: list["Node"] = field(default_factory=list)


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a cue text, in order."""
    position, line = 0, 0
    while position < len(text):
        if text[position] != "<":
            end = text.find("<", position)
            end = len(text) if end < 0 else end
            raw = text[position:end]
            yield Token("text", unescape(raw), line=line, raw=raw)
        else:
            end = text.find(">", position)
            is_closed = end >= 0
            end = len(text) if end < 0 else end
            raw = text[position + 1 : end]
            yield _tag(raw, line, is_closed)
            end += is_closed
        line += text.count("\n", position, end)
        position = end


def _tag(raw: str, line: int, is_closed: bool) -> Token:
    if raw.startswith("/"):
        return Token("end", raw[1:], line=line, is_closed=is_closed, raw=raw)
    if raw[:1].isascii() and raw[:1].isdigit():
        return Token("time", raw, line=line, is_closed=is_closed, raw=raw)
    match = re.match(r"([^.\t\n\f ]*)((?:\.[^.\t\n\f ]*)*)([\t\n\f ]?)(.*)", raw, re.DOTALL)
    assert match is not None
    name, classes, _space, annotation = match.groups()
    return Token(
        "start",
        name,
        tuple(each for each in classes.split(".")[1:] if each),
        " ".join(part for part in re.split(r"[\t\n\f\r ]+", unescape(annotation)) if part),
        line=line,
        is_closed=is_closed,
        raw=raw,
    )


def tree(text: str, language: str = "") -> Node:
    """The cue text as a tree, as a browser reads it: what is unknown or out of place is left."""
    root = Node("root", language=language)
    path, languages = [root], [language]
    for token in tokens(text):
        here = path[-1]
        if token.kind == "text":
            if token.value:
                here.children.append(Node("text", token.value))
        elif token.kind == "time":
            if (moment := timestamp(token.value)) is not None:
                here.children.append(Node("time", str(moment)))
        elif token.kind == "start":
            if token.value not in KNOWN or (token.value == "rt" and here.kind != "ruby"):
                continue
            if token.value == "lang":
                languages.append(token.annotation)
            annotation = token.annotation if token.value in ("v", "lang") else ""
            node = Node(token.value, "", token.classes, annotation, languages[-1])
            here.children.append(node)
            path.append(node)
        elif token.value == here.kind and token.value in KNOWN:
            if token.value == "lang":
                languages.pop()
            path.pop()
        elif token.value == "ruby" and here.kind == "rt":
            path = path[:-2]
    return root


def timestamp(text: str) -> int | None:
    """A WebVTT timestamp that fills the whole text, in milliseconds."""
    match = re.fullmatch(r"(?:(\d{1,9}):)?([0-5]\d):([0-5]\d)\.(\d{3})", text, re.ASCII)
    if match is None:
        return None
    hours, minutes, seconds, ms = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def escaped(text: str) -> str:
    """Plain words as cue text."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for space, name in _MARKED_SPACES.items():
        text = text.replace(space, name)
    return text


def written(node: Node) -> str:
    """A tree as cue text, each tag closed and each sign escaped."""
    if node.kind == "text":
        return escaped(node.value)
    if node.kind == "time":
        return f"<{clock(int(node.value))}>"
    inside = "".join(written(child) for child in node.children)
    if node.kind == "root":
        return inside
    annotation = f" {escaped(node.annotation)}" if node.annotation else ""
    return f"<{'.'.join((node.kind, *node.classes))}{annotation}>{inside}</{node.kind}>"


def settle_markup(text: str) -> str:
    """Cue text in the one spelling that we keep: tags closed, signs escaped, no empty lines."""
    settled = written(tree(text))
    return "\n".join(line for line in settled.splitlines() if line.strip())


def words_of(text: str) -> str:
    """What is read on the screen, line by line, without tags."""
    if _is_plain(text):
        return text
    return "".join(node.value for node in _texts(tree(text)))


def _is_plain(text: str) -> bool:
    """Whether nothing in it stands for anything else, as in most cues."""
    return "<" not in text and "&" not in text


def _texts(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.kind == "text":
            yield child
        elif child.kind != "rt":
            yield from _texts(child)


def editable(text: str) -> str:
    """Cue text as one likes to edit it: signs stand for themselves where that is understood."""
    easier = text.replace("&gt;", ">")
    parts = easier.split("&amp;")
    result = parts[0]
    for part in parts[1:]:
        bare = "&" + part
        result += bare if unescape(bare) == "&" + unescape(part) else "&amp;" + part
    return result


def spoken_by(text: str) -> tuple[str, str]:
    """Who speaks a cue, and its words, where one voice without classes holds all of it."""
    root = tree(text)
    held = [node for node in root.children if node.kind != "text" or node.value.strip(SPACE)]
    if len(held) == 1 and held[0].kind == "v" and not held[0].classes and held[0].annotation:
        inside = Node("root", children=held[0].children)
        if not any(node.kind == "v" for node in _all(inside)):
            return held[0].annotation, written(inside)
    return "", written(root)


def _all(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _all(child)


def with_voice(speaker: str, text: str) -> str:
    """The words of a cue with who speaks them."""
    return f"<v {escaped(speaker)}>{text}</v>" if speaker else text


def voices(text: str) -> list[tuple[str, str]]:
    """The stretches of a cue by who speaks them: pairs of a name and plain words."""
    if _is_plain(text):
        return [("", text)] if text.strip() else []
    stretches: list[tuple[str, str]] = []

    def walk(node: Node, speaker: str) -> None:
        for child in node.children:
            if child.kind == "text":
                if stretches and stretches[-1][0] == speaker:
                    stretches[-1] = (speaker, stretches[-1][1] + child.value)
                else:
                    stretches.append((speaker, child.value))
            elif child.kind != "rt":
                walk(child, child.annotation if child.kind == "v" else speaker)

    walk(tree(text), "")
    return [(speaker, words) for speaker, words in stretches if words.strip()]


def text_problems(
    text: str, line: int = 0, starts_ms: int | None = None, ends_ms: int | None = None
) -> tuple[list[Problem], list[Problem]]:
    """What is wrong with a cue text, and what is worth saying, with the line in the file."""
    pieces = list(tokens(text))
    proof = _Proof(line, starts_ms, ends_ms)
    for token in pieces:
        proof.read(token)
    # The end of a voice may be left out when it holds the whole cue.
    first = next((each for each in pieces if each.raw.strip(SPACE)), None)
    for token in proof.path:
        if token is not first or token.value != "v":
            proof.object_to(token, "tag-unclosed")
    return proof.problems, proof.remarks


class _Proof:
    """A reader who goes through a cue text piece by piece, and notes what is wrong with it."""

    def __init__(self, line: int, starts_ms: int | None, ends_ms: int | None) -> None:
        self.line, self.starts_ms, self.ends_ms = line, starts_ms, ends_ms
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.path: list[Token] = []
        """The tags that are open."""
        self.last = starts_ms

    def read(self, token: Token) -> None:
        if token.kind == "text":
            self._words(token)
        elif not token.is_closed:
            self.object_to(token, "tag-open")
        elif token.kind == "time":
            self._moment(token)
        elif token.kind == "start":
            self._start(token)
        else:
            self._end(token)

    def object_to(self, token: Token, key: str) -> None:
        self.problems.append(Problem(self.line + token.line, key, f"<{token.raw}>"))

    def _words(self, token: Token) -> None:
        for at, each in enumerate(token.raw.split("\n"), start=self.line + token.line):
            if "-->" in each:
                self.problems.append(Problem(at, "arrow", each.strip()))
            if _has_bare_ampersand(each):
                self.remarks.append(Problem(at, "ampersand", each.strip()))

    def _moment(self, token: Token) -> None:
        moment = timestamp(token.value)
        if moment is None:
            self.object_to(token, "time-inside")
            return
        outside = (self.starts_ms is not None and moment <= self.starts_ms) or (
            self.ends_ms is not None and moment >= self.ends_ms
        )
        if outside or (self.last is not None and moment <= self.last):
            self.object_to(token, "time-outside")
        self.last = moment

    def _start(self, token: Token) -> None:
        if token.value not in KNOWN:
            self.object_to(token, "tag-unknown")
            return
        is_named = token.value in ("v", "lang")
        if is_named and not token.annotation:
            self.object_to(token, "tag-nameless")
        if not is_named and token.annotation:
            self.object_to(token, "tag-extra")
        if token.value == "rt" and (not self.path or self.path[-1].value != "ruby"):
            self.object_to(token, "tag-place")
            return
        self.path.append(token)

    def _end(self, token: Token) -> None:
        inside = self.path[-1].value if self.path else ""
        if inside and inside == token.value:
            self.path.pop()
        elif token.value == "ruby" and inside == "rt":
            del self.path[-2:]
        else:
            self.object_to(token, "tag-stray" if token.value in KNOWN else "tag-unknown")


def _has_bare_ampersand(text: str) -> bool:
    return any(
        unescape(match[0]) == match[0] or not match[0].endswith(";")
        for match in re.finditer(r"&(?:[#\w]*;?)", text)
    )


def replaced(text: str, find: str, by: str, *, any_case: bool = True) -> str:
    """The cue text with some words in the place of others; tags stay as they are."""
    pattern = re.compile(re.escape(find), re.IGNORECASE if any_case else 0)
    root = tree(text)
    for leaf in _texts(root):
        leaf.value = pattern.sub(lambda _match: by, leaf.value)
    return settle_markup(written(root))


def divided(text: str, at: int) -> tuple[str, str]:
    """The cue text cut in two before a letter of its words, counted as `words_of` gives them;
    tags are closed and opened again.
    """
    first, second = tree(text), tree(text)
    _keep(first, 0, at)
    _keep(second, at, len(words_of(text)))
    return settle_markup(written(first).strip()), settle_markup(written(second).strip())


def _keep(root: Node, begin: int, end: int) -> None:
    place = 0
    for leaf in _texts(root):
        length = len(leaf.value)
        leaf.value = leaf.value[max(0, begin - place) : max(0, end - place)]
        place += length
    _prune(root)


def _prune(node: Node) -> None:
    for child in node.children:
        _prune(child)
    node.children = [child for child in node.children if child.value or child.children]
