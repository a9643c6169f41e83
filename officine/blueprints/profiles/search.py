"""Finding members by words."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from officine.core.index.interface import IndexUnavailable, Query
from officine.models.group import audiences_of

MOST = 500


@dataclass(frozen=True)
class FoundPeople:
    """The members that some words found, best first; ``ids`` is None while the index heals."""

    ids: tuple[int, ...] | None
    suggestion: str | None = None


def people_search(
    viewer: Any, text: str, languages: tuple[str, ...], unfinished: bool = False
) -> FoundPeople:
    """Find members by words, read in ``languages``, in what they show to the viewer."""
    query = Query(
        text=text,
        reads=languages,
        audiences=audiences_of(viewer),
        kinds=("person",),
        unfinished=unfinished,
        limit=MOST,
    )
    index = current_app.extensions.get("officine.index")
    if index is None:
        return FoundPeople(None)
    try:
        hits = index.search(query)
        suggestion = index.suggestion(query) if hits.unknown or not hits.hits else None
    except IndexUnavailable:
        return FoundPeople(None)
    return FoundPeople(
        tuple(dict.fromkeys(int(hit.id.split(":")[1]) for hit in hits.hits)), suggestion
    )
