"""Finding companies by words."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from officine.core.index.interface import IndexUnavailable, Query
from officine.models.group import audiences_of

MOST = 500


@dataclass(frozen=True)
class FoundCompanies:
    """The companies that some words found, best first; ``ids`` is None while the index heals."""

    ids: tuple[int, ...] | None
    suggestion: str | None = None


def company_search(
    viewer: Any, text: str, languages: tuple[str, ...], unfinished: bool = False
) -> FoundCompanies:
    """Find companies by words, read in ``languages``."""
    query = Query(
        text=text,
        reads=languages,
        audiences=audiences_of(viewer),
        kinds=("company",),
        unfinished=unfinished,
        limit=MOST,
    )
    index = current_app.extensions.get("officine.index")
    if index is None:
        return FoundCompanies(None)
    try:
        hits = index.search(query)
        suggestion = index.suggestion(query) if hits.unknown or not hits.hits else None
    except IndexUnavailable:
        return FoundCompanies(None)
    return FoundCompanies(
        tuple(dict.fromkeys(int(hit.id.split(":")[1]) for hit in hits.hits)), suggestion
    )
