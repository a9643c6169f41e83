"""The list of interviews."""

from flask import Response, abort

from officine.blueprints.interviews import queries
from officine.blueprints.interviews.routes.blueprint import interviews
from officine.core.asked import one_of, page_number
from officine.core.htmx import is_partial, page
from officine.core.i18n import LANGUAGES
from officine.core.reading import reading_order
from officine.lib.sectors import SECTORS


@interviews.get("/interviews")
def index() -> Response:
    """The published interviews, the latest first."""
    wanted = queries.Wanted(
        language=one_of(LANGUAGES, "spoken"),
        captions=one_of(LANGUAGES, "captions"),
        sector=one_of(SECTORS, "sector"),
        page=page_number(),
    )
    listed = queries.listed_interviews(wanted, reading_order())
    if not listed.interviews and wanted.page > 1:
        abort(404)
    return page(
        "interviews/index.html",
        part="interviews",
        is_piece=is_partial(),
        wanted=wanted,
        listed=listed,
        is_narrowed=bool(wanted.language or wanted.captions or wanted.sector),
        left=max(0, listed.total - wanted.page * queries.PAGE),
    )
