"""Finding rows of one kind by words, for the lists that have a box of their own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from officine.core.index.highlights import as_written
from officine.core.index.interface import Hits, IndexUnavailable, Query
from officine.core.index.keeping import heal_soon, the_index

MOST = 500


@dataclass(frozen=True)
class Found:
    """The rows that some words found, best first; `ids` is None while the index heals."""

    ids: tuple[int, ...] | None
    suggestion: str | None = None
    """What may have been meant, where a word is in nothing the asker may find."""

    @property
    def heals(self) -> bool:
        """Whether the index could not be asked."""
        return self.ids is None

    def ids_or(self, named: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
        """The rows or, while the index heals, those that the database names."""
        return named() if self.ids is None else self.ids


def find_rows(
    kind: str,
    text: str,
    *,
    reads: tuple[str, ...],
    audiences: frozenset[str],
    unfinished: bool,
    texts_of: Callable[[Iterable[int]], Iterable[str]],
) -> Found:
    """Find rows of a kind. `texts_of` gives their words as people wrote them, for the spelling
    of a suggestion. The caller asks the database once more who may see them.
    """
    query = Query(
        text=text,
        reads=reads,
        audiences=audiences,
        kinds=(kind,),
        unfinished=unfinished,
        limit=MOST,
    )
    index = the_index()
    try:
        hits = index.search(query)
        suggestion = index.suggestion(query) if hits.unknown or not hits.hits else None
        if suggestion:
            meant = _rows(index.search(replace(query, text=suggestion)))
            suggestion = as_written(suggestion, texts_of(meant[:20]))
    except IndexUnavailable:
        heal_soon()
        return Found(None)
    return Found(_rows(hits), suggestion)


def _rows(hits: Hits) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(hit.id.split(":")[1]) for hit in hits.hits))
