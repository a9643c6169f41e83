"""What may be meant, under the box at the top of every page, while one types."""

from typing import Any

from flask import redirect, render_template, url_for

from officine.blueprints.search import queries
from officine.blueprints.search.routes.blueprint import PACE, search
from officine.blueprints.search.routes.rows import Row, checks, rows_of
from officine.blueprints.search.routes.showing import wanted_here
from officine.core.htmx import is_partial
from officine.core.index.interface import IndexUnavailable
from officine.core.index.keeping import heal_soon
from officine.core.limits import limiter
from officine.core.session import viewer

FEWEST_LETTERS = 2
MOST = 7
MOST_OF_A_KIND = 3
LOOKED_AT = 20
"""Of a kind in each language: more than are shown, lest the database hide the best."""
ORDER = ("group", "topic", "person", "company", "interview", "event")


@search.get("/search/suggestions")
@limiter.limit(PACE)
def suggestions() -> Any:
    """A few of what is found, each a link; for a browser without scripts, the page of results."""
    wanted = wanted_here()
    if not is_partial():
        return redirect(url_for(".show", q=wanted.text or None))
    rows = _best(wanted) if len(wanted.text) >= FEWEST_LETTERS else []
    return render_template("search/_suggestions.html", rows=rows, words=wanted.text)


def _best(wanted: queries.Wanted) -> list[tuple[str, Row]]:
    try:
        answer = queries.answer_to(viewer(), wanted, checks(), most=LOOKED_AT)
    except IndexUnavailable:
        heal_soon()
        return []
    marker = queries.marker_for(answer, wanted)
    rows = []
    for kind in ORDER:
        hits = [hit for hit in answer.hits if hit.kind == kind][:MOST_OF_A_KIND]
        rows += [(kind, row) for row in rows_of(kind, hits, marker)]
    return rows[:MOST]
