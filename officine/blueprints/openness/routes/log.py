"""The public log of moderation over HTTP."""

from flask import Response, request

from officine.blueprints.openness.queries.log import Wanted, log_page
from officine.blueprints.openness.queries.subjects import MEASURES_TOLD
from officine.blueprints.openness.routes.blueprint import openness
from officine.blueprints.openness.routes.tables import kind_names
from officine.core.asked import one_of, page_number
from officine.core.htmx import page
from officine.core.i18n import LANGUAGES
from officine.models.decision import RULES


@openness.get("/moderation")
def log() -> Response:
    """What was decided, newest first."""
    wanted = Wanted(
        rule=one_of(RULES, "rule"),
        measure=one_of(MEASURES_TOLD, "measure"),
        language=one_of(LANGUAGES, "lang"),
        page=page_number(),
    )
    return page(
        "openness/log.html",
        listed=log_page(wanted),
        wanted=wanted,
        kinds=kind_names(),
        is_filtered=any(request.args.get(name) for name in ("rule", "measure", "lang")),
    )
