"""What of a group can be found, in which language, for whose eyes; and the finding."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from officine.core.index.interface import IndexUnavailable, Query
from officine.models.group import audiences_of

MOST = 500


@dataclass(frozen=True)
class FoundGroups:
    """The groups that some words found, best first; ``ids`` is None while the index heals."""

    ids: tuple[int, ...] | None
    suggestion: str | None = None


def group_search(
    viewer: Any, text: str, languages: tuple[str, ...], unfinished: bool = False
) -> FoundGroups:
    """Find groups by words, read in ``languages``. What the viewer may not know of is not
    among them; the caller asks SQL once more.
    """
    query = Query(
        text=text,
        reads=languages,
        audiences=audiences_of(viewer),
        kinds=("group",),
        unfinished=unfinished,
        limit=MOST,
    )
    index = current_app.extensions["officine.index"]
    try:
        hits = index.search(query)
        suggestion = index.suggestion(query) if hits.unknown or not hits.hits else None
    except IndexUnavailable:
        return FoundGroups(None)
    return FoundGroups(tuple(int(hit.id.partition(":")[2]) for hit in hits.hits), suggestion)
