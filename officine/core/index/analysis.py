"""How documents and questions become terms, the same for every engine."""

import hashlib
import re
from dataclasses import dataclass

from officine.core.index.interface import Document
from officine.lib.words import (
    STEMMERS,
    STOP_WORDS,
    fold,
    folded_words,
    is_stop_word,
    likely_language,
    stem,
    stems,
    words,
)

LONGEST_QUESTION = 300
MOST_WORDS = 16
SHORTEST_BEGINNING = 3

# What the grammar of a language other than the question's makes of a word counts half.
FOREIGN = 0.5

_QUOTED = re.compile(r'"([^"]+)"|[“«]([^”»]+)[”»]')


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The three fields of a document: stems of title and body, and every word as it is."""

    title: list[str]
    body: list[str]
    exact: list[str]


def document_terms(document: Document) -> DocumentTerms:
    """Read a document in its own language."""
    return DocumentTerms(
        title=stems(document.title, document.language),
        body=stems(document.body, document.language),
        exact=folded_words(document.title) + folded_words(document.body),
    )


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word of a question: as typed, folded, and each stem it may have with that stem's worth.

    A beginning may go on in any way; it is taken for one when it is long enough to say something.
    """

    typed: str
    folded: str
    stems: dict[str, float]
    is_beginning: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What a query asks for: words that mean something, and phrases that must stand as quoted."""

    words: tuple[SoughtWord, ...]
    phrases: tuple[tuple[str, ...], ...]


def read_question(text: str, reads: tuple[str, ...], unfinished: bool = False) -> Question:
    """Understand a question in every language its asker reads.

    Grammar words tell which language the question is probably in, and are then left out. A
    question of nothing else is taken at its word.
    """
    text = text[:LONGEST_QUESTION]
    typed = {fold(word.text): word.text for word in words(text) if fold(word.text)}
    language = likely_language(typed, STOP_WORDS)

    last = list(typed)[-1] if typed and unfinished and text[-1:].isalnum() else ""
    if len(last) < SHORTEST_BEGINNING:
        last = ""
    meaningful = [
        folded for folded in typed if folded == last or not _is_grammar(folded, language, reads)
    ]
    sought = (meaningful or list(typed))[:MOST_WORDS]
    return Question(
        words=tuple(
            SoughtWord(
                typed=typed[folded],
                folded=folded,
                stems=_stems(folded, language, reads),
                is_beginning=folded == last,
            )
            for folded in sought
        ),
        phrases=tuple(
            phrase
            for quoted in _QUOTED.findall(text)
            if len(phrase := tuple(folded_words("".join(quoted)))) > 1
        ),
    )


def _is_grammar(folded: str, language: str | None, reads: tuple[str, ...]) -> bool:
    if language:
        return is_stop_word(folded, language)
    return all(is_stop_word(folded, each) for each in reads or STOP_WORDS)


def _stems(folded: str, language: str | None, reads: tuple[str, ...]) -> dict[str, float]:
    worth: dict[str, float] = {}
    for each in dict.fromkeys((*((language,) if language else ()), *(reads or STEMMERS))):
        value = FOREIGN if language and each != language else 1.0
        worth.setdefault(stem(folded, each), value)
    return worth


def fingerprint() -> str:
    """A short mark of how texts are read. An index made with another one is out of date."""
    marks = hashlib.sha256()
    for language in STEMMERS:
        marks.update(" ".join(sorted(STOP_WORDS[language])).encode())
        marks.update(" ".join(stems(_SAMPLE, language)).encode())
    return marks.hexdigest()[:12]


_SAMPLE = (
    """
L’impresa e le imprese dell’export: perché l’IVA all’estero è così alta? Città, virtù, caffè,
ricerchiamo fornitori, imprenditrici, dogane, consegne, pagamenti; dandogliela, lavorandoci.
The companies’ customs declarations were running late; invoicing, suppliers’ quotes, e-commerce,
generously organised relational databases and their policies. We don't.
Las reuniones, la reunión y los pequeños empresarios: exportación, aduanas, años, facturación
electrónica, dándoselo, vendiéndola, rápidamente, las ayudas públicas. ¿Qué?
Straße ﬃ İ perche\u0301 im\u00adpresa snake_case 1.234,56 ½ Ω — «»
"""
    + "x" * 60
)
