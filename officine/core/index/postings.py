"""What one generation of the index holds, segment by segment.

A segment never changes once written; only deletions are added to it. So what is read of it is
kept from one generation to the next, and a new post costs its readers one small segment.
"""

import errno
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from typing import Any, NamedTuple

from whoosh.query import Phrase
from whoosh.reading import IndexReader, TermNotFound
from whoosh.searching import Searcher

from officine.core.index.interface import IndexUnavailable

FIELDS = ("title", "body", "exact")

# A beginning of two letters has thousands of endings: so many are looked at, so many used.
ENDINGS_LOOKED_AT = 2000
ENDINGS_USED = 40

# So many terms, and so many sets of viewers, are kept in memory for each segment.
TERMS_KEPT = 1000
VIEWERS_KEPT = 32


class DamagedIndex(Exception):
    """The files of the index cannot be read."""


class Facts(NamedTuple):
    """What filters, lists and scores need to know of a document."""

    id: str
    kind: str
    language: str
    audience: str
    under: str
    group: str
    author: str
    at: int
    lengths: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a segment that hold a term, and how often each does."""

    documents: Sequence[int] = ()
    counts: Sequence[float] = ()


class Segment:
    """A part of the index that was written at once, without what was deleted since."""

    def __init__(self, reader: IndexReader, before: "Segment | None" = None) -> None:
        self._reader = reader
        with reading():
            self.id = str(reader.segment().segment_id())
            self.deleted = frozenset(reader.segment().deleted_docs())
            self.facts: list[Facts] = before.facts if before else _all_facts(reader)
        self.lengths: list[Sequence[int]] = before.lengths if before else _lengths(self.facts)
        self._terms: dict[tuple[str, str], Postings] = before._terms if before else {}
        self._audiences: dict[str, array[int]] = (
            before._audiences if before else _by_audience(self.facts)
        )
        self._visible: dict[frozenset[str], bytearray] = {}

    @property
    def size(self) -> int:
        """How many documents it has, deleted ones included."""
        return len(self.facts)

    def visible_to(self, audiences: frozenset[str]) -> bytearray:
        """For each document, 1 if a holder of these audience tokens may find it, else 0."""
        if audiences not in self._visible:
            visible = bytearray(self.size)
            for audience in audiences:
                for document in self._audiences.get(audience, ()):
                    visible[document] = 1
            for document in self.deleted:
                visible[document] = 0
            _keep(self._visible, audiences, visible, VIEWERS_KEPT)
        return self._visible[audiences]

    def postings(self, field: str, term: str) -> Postings:
        """Where a term stands."""
        key = (field, term)
        if key not in self._terms:
            _keep(self._terms, key, self._read_postings(field, term), TERMS_KEPT)
        return self._terms[key]

    def _read_postings(self, field: str, term: str) -> Postings:
        documents, counts = array("I"), array("f")
        with reading():
            try:
                matcher = self._reader.postings(field, term)
            except TermNotFound:
                return Postings()
            while matcher.is_active():
                documents.append(matcher.id())
                counts.append(matcher.weight())
                matcher.next()
        return Postings(documents, counts)

    def holding_phrase(self, words: Sequence[str]) -> set[int]:
        """The documents in which these words follow one another."""
        with reading():
            matcher = Phrase("exact", list(words)).matcher(Searcher(self._reader))
            return set(matcher.all_ids())

    def beginning_with(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Some words that begin so, each with the number of documents that hold it."""
        with reading():
            for term, info in islice(self._reader.iter_prefix("exact", prefix), ENDINGS_LOOKED_AT):
                yield term.decode(), info.doc_frequency()

    def resembling(self, word: str, edits: int) -> Iterator[str]:
        """The words within so many edits (a letter more, less or other)."""
        with reading():
            yield from self._reader.terms_within("exact", word, edits)


class Snapshot:
    """The whole index as it was at one moment."""

    def __init__(self, segments: Sequence[Segment], close: Callable[[], None]) -> None:
        self.segments = segments
        self.close = close
        self.size = sum(segment.size for segment in segments)
        self.document_count = self.size - sum(len(segment.deleted) for segment in segments)
        self._average = [
            sum(sum(segment.lengths[number]) for segment in segments) / (self.size or 1) or 1.0
            for number in range(len(FIELDS))
        ]

    @classmethod
    def of(cls, reader: IndexReader, before: "Snapshot | None" = None) -> "Snapshot":
        """What a reader sees, reusing what an earlier snapshot knows of the same segments."""
        known = {segment.id: segment for segment in before.segments} if before else {}
        with reading():
            readers = [
                leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all() and leaf.segment()
            ]
            ids = [str(leaf.segment().segment_id()) for leaf in readers]
        segments = [Segment(leaf, known.get(id)) for leaf, id in zip(readers, ids, strict=True)]
        return cls(segments, reader.close)

    def average_length(self, field: str) -> float:
        """How many terms of a field a document has on average."""
        return self._average[FIELDS.index(field)]

    def frequency(self, field: str, term: str) -> int:
        """In how many documents a term stands."""
        return sum(len(segment.postings(field, term).documents) for segment in self.segments)

    def endings(self, prefix: str) -> list[str]:
        """The most common words that begin so."""
        counts: Counter[str] = Counter()
        for segment in self.segments:
            for word, count in segment.beginning_with(prefix):
                counts[word] += count
        return nlargest(ENDINGS_USED, counts, key=lambda word: (counts[word], word))

    def resembling(self, word: str, edits: int) -> set[str]:
        """The words within so many edits of one."""
        return {like for segment in self.segments for like in segment.resembling(word, edits)}


# The machine refuses; the files are as they were.
_REFUSALS = {
    errno.EACCES,
    errno.EDQUOT,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.ENOSPC,
    errno.EPERM,
    errno.EROFS,
}


@contextmanager
def reading() -> Iterator[None]:
    """Whatever else Whoosh stumbles over in its own files is damage to them."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _REFUSALS:
            raise IndexUnavailable(f"The search index cannot be used: {error}.") from error
        raise DamagedIndex(repr(error)) from error


def _all_facts(reader: IndexReader) -> list[Facts]:
    shared: dict[str, str] = {}

    def once(text: str) -> str:
        # Most documents share their kind, language, audience and group: keep each text once.
        return shared.setdefault(text, text)

    facts = []
    for number in range(reader.doc_count_all()):
        id, kind, language, audience, under, group, author, at, lengths = reader.stored_fields(
            number
        )["facts"]
        facts.append(
            Facts(
                id,
                once(kind),
                once(language),
                once(audience),
                once(under),
                once(group),
                once(author),
                at,
                lengths,
            )
        )
    return facts


def _lengths(facts: Sequence[Facts]) -> list[Sequence[int]]:
    return [array("I", (each.lengths[number] for each in facts)) for number in range(len(FIELDS))]


def _by_audience(facts: Sequence[Facts]) -> dict[str, "array[int]"]:
    documents: dict[str, array[int]] = {}
    for number, each in enumerate(facts):
        documents.setdefault(each.audience, array("I")).append(number)
    return documents


def _keep(kept: dict[Any, Any], key: Any, value: Any, most: int) -> None:
    while len(kept) >= most:
        del kept[next(iter(kept))]
    kept[key] = value
