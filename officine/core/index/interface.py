"""What a search engine must do for Officine, and the words in which it is asked.

The rest of the product knows only this file. Another engine takes Whoosh's place by keeping
these promises under its own scheme in `open_index`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, Protocol
from urllib.parse import urlsplit

KINDS = ("topic", "interview", "event", "group", "person", "company")


@dataclass(frozen=True, kw_only=True)
class Document:
    """One thing that can be found.

    `audience` is one token, such as "public", "members", "group:7" or "member:3": whoever
    holds it may find the document. What nobody may find is not a document.

    `under` names what a list shows in its place: every post of a topic stands under that
    topic, which is listed once however many of its posts fit.
    """

    id: str
    kind: str
    language: str
    title: str
    body: str
    audience: str
    under: str = ""
    group: str = ""
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question, as somebody who holds `audiences` and reads `reads` asks it.

    `unfinished` says that the last word may still be growing under the typist's fingers.
    `limit` is the number of hits wanted of each kind in each language, so that none crowds out
    another.
    """

    text: str
    reads: tuple[str, ...]
    audiences: frozenset[str]
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    group: str = ""
    author: str = ""
    since: datetime | None = None
    unfinished: bool = False
    limit: int = 200


class Other(NamedTuple):
    """A document that answers too, under the same roof as a better one."""

    id: str
    language: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers, with its next best neighbours under the same roof: the best in each
    other language among them.
    """

    id: str
    kind: str
    language: str
    score: float
    others: tuple[Other, ...] = ()

    @property
    def all(self) -> tuple[Other, ...]:
        """It and its neighbours, best first."""
        return (Other(self.id, self.language), *self.others)


@dataclass(frozen=True)
class Hits:
    """What was found, best first, at most the query's limit of each kind in each language.

    `totals` counts each kind in full, `in_language` what of each kind answers in each language.
    `unknown` are the words of the question that stand in nothing the asker may find.
    """

    hits: tuple[Hit, ...] = ()
    totals: dict[str, int] = field(default_factory=dict)
    in_language: dict[tuple[str, str], int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Hit, ...]:
        """The hits of one kind, best first."""
        return tuple(hit for hit in self.hits if hit.kind == kind)


@dataclass(frozen=True)
class Health:
    """How the index is: whether it answers, how much it holds, and why not if it does not.

    `leftovers` are documents that were replaced or taken out and still take room.
    """

    state: Literal["ready", "missing", "damaged"]
    documents: int = 0
    leftovers: int = 0
    reason: str = ""

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"


class IndexUnavailable(Exception):
    """The index is missing or damaged; the worker is about to make it anew."""


Changes = tuple[Iterable[Document], Iterable[str]]


class SearchIndex(Protocol):
    """One searchable index. Only the worker writes to it; everybody reads."""

    def search(self, query: Query) -> Hits:
        """Find, with permission applied inside. Raises IndexUnavailable."""

    def suggestion(self, query: Query) -> str | None:
        """The question with its unknown words corrected to ones the asker may find."""

    def write(self, documents: Iterable[Document], deletions: Iterable[str] = ()) -> None:
        """Put documents in the place of those with the same id, and take others out, at once.

        Raises IndexUnavailable.
        """

    def update(self, changes: Callable[[], Changes]) -> None:
        """Write what `changes` gives when it is this process’s turn to write, so that what was
        read first is never written last. Raises IndexUnavailable.
        """

    def rebuild(
        self,
        documents: Iterable[Document],
        changed_meanwhile: Callable[[], Changes] | None = None,
        only_if_missing: bool = False,
    ) -> None:
        """Make the index anew beside the old one, which answers until the new one is whole.

        `changed_meanwhile` is asked at the end, while nobody else can write, for what changed
        since `documents` was begun. With `only_if_missing`, nothing is done if another process
        has just done it.
        """

    def health(self) -> Health:
        """How the index is."""

    def close(self) -> None:
        """Let go of open files."""


def open_index(url: str) -> SearchIndex:
    """The index that a setting names: `whoosh:///path/of/a/folder`, or `memory:` (tests)."""
    scheme = urlsplit(url).scheme
    if scheme in ("whoosh", "memory"):
        from officine.core.index.whoosh_engine import WhooshIndex

        return WhooshIndex.at(url)
    raise ValueError(f"no search engine for {scheme}:")
