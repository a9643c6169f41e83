"""A question's words, marked where they stand in what was found."""

from collections.abc import Iterable
from functools import cached_property

from markupsafe import Markup, escape

from officine.core.index.analysis import Question, read_question
from officine.lib.words import Word, fold, stem, words

SNIPPET = 160
LONGEST_TEXT = 50_000

# What does not stand beside an ellipsis.
_LOOSE = " .,;:–—-"


class Marker:
    """Marks the words of one question, in whichever of their forms they stand."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._answers: dict[tuple[str, str], bool] = {}

    @classmethod
    def for_question(cls, text: str, reads: tuple[str, ...], unfinished: bool = False) -> "Marker":
        """A marker for a question as it was typed."""
        return cls(read_question(text, reads, unfinished))

    def mark(self, text: str, language: str) -> Markup:
        """The text as HTML, each word that was asked for in `<mark>`."""
        return _marked(text, self._found(text, language))

    def snippet(self, text: str, language: str, length: int = SNIPPET) -> Markup:
        """The part of the text that says most of what was asked, its words marked.

        About `length` characters; an ellipsis stands where the text goes on.
        """
        text = " ".join(text[:LONGEST_TEXT].split())
        start, end = _window(text, self._found(text, language), length)
        before = "…" if start else ""
        after = "…" if end < len(text) else ""
        part = text[start:end].lstrip(_LOOSE) if before else text[start:end]
        part = part.rstrip(_LOOSE) if after else part
        return Markup(before) + self.mark(part, language) + Markup(after)

    def finds(self, text: str, language: str) -> bool:
        """Whether any word that was asked for stands in the text."""
        return bool(self._found(text, language))

    def worth(self, text: str, language: str) -> int:
        """How many different words that were asked for stand in the text."""
        return len({stem(fold(word.text), language) for word in self._found(text, language)})

    def _found(self, text: str, language: str) -> list[Word]:
        return [word for word in words(text) if self._is_asked(word.text, language)]

    def _is_asked(self, word: str, language: str) -> bool:
        # The same words stand in every text of a page.
        key = (word, language)
        if key not in self._answers:
            self._answers[key] = self._fits(word, language)
        return self._answers[key]

    def _fits(self, word: str, language: str) -> bool:
        folded = fold(word)
        return (
            folded in self._forms
            or stem(folded, language) in self._stems
            or any(folded.startswith(beginning) for beginning in self._beginnings)
        )

    @cached_property
    def _forms(self) -> set[str]:
        return {word.folded for word in self._question.words}

    @cached_property
    def _stems(self) -> set[str]:
        return {stem for word in self._question.words for stem in word.stems}

    @cached_property
    def _beginnings(self) -> list[str]:
        return [word.folded for word in self._question.words if word.is_beginning]


def as_written(question: str, texts: Iterable[str]) -> str:
    """The question with each word spelt as it stands in one of the texts, accents included.

    The index knows words without their accents; what was found knows them as people write them.
    """
    spellings: dict[str, str] = {}
    for text in texts:
        for word in words(text[:LONGEST_TEXT]):
            spellings.setdefault(fold(word.text), word.text.lower())
    parts, end = [], 0
    for word in words(question):
        spelling = word.text
        if fold(word.text) == word.text:
            spelling = spellings.get(word.text, word.text)
        parts += [question[end : word.start], spelling]
        end = word.end
    return "".join([*parts, question[end:]])


def _marked(text: str, found: list[Word]) -> Markup:
    parts: list[str] = []
    end = 0
    for start, stop in _joined(text, found):
        parts += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*parts, escape(text[end:])])


def _joined(text: str, found: list[Word]) -> list[tuple[int, int]]:
    """Where the marks begin and end; words parted by white space alone share one."""
    spans: list[tuple[int, int]] = []
    for word in found:
        if spans and text[spans[-1][1] : word.start].isspace():
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return spans


def _window(text: str, found: list[Word], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    first, last = _densest(found, length)
    # What is left of the length stands on both sides, so that the words have their context.
    start = max(0, first - (length - (last - first)) // 2)
    start = min(start, len(text) - length)
    end = start + length
    return _word_start(text, start, first), _word_end(text, end, last)


def _densest(found: list[Word], length: int) -> tuple[int, int]:
    """The stretch of at most `length` characters with the most different words asked for."""
    best, stretch = (0, 0), (0, 0)
    for position, first in enumerate(found):
        inside = [word for word in found[position:] if word.end - first.start <= length]
        worth = (len({fold(word.text) for word in inside}), len(inside))
        if worth > best:
            best, stretch = worth, (first.start, inside[-1].end)
    return stretch


def _word_start(text: str, start: int, latest: int) -> int:
    if start == 0 or text[start - 1].isspace():
        return start
    space = text.find(" ", start, latest)
    return space + 1 if space >= 0 else start


def _word_end(text: str, end: int, earliest: int) -> int:
    if end >= len(text) or text[end].isspace():
        return min(end, len(text))
    space = text.rfind(" ", earliest, end)
    return space if space >= 0 else end
