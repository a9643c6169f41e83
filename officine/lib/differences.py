"""What changed between two versions of a text."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

# Beyond this many words the texts are compared line by line: comparing takes the product of both.
MOST_WORDS = 1500
# Beyond this many lines they are told one after the other.
MOST_LINES = 1500


class Piece(NamedTuple):
    """A stretch of text that stayed, was taken out, or came in."""

    kind: Literal["same", "out", "in"]
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Both texts as one row of pieces, in the order in which they are read."""
    old, new = _parts(before), _parts(after)
    if max(len(old), len(new)) > 2 * MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
        if max(len(old), len(new)) > MOST_LINES:
            old, new = [before], [after]
    return list(_pieces(old, new))


def _parts(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Piece("out", "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece("in", "".join(new[new_from:new_to]))
