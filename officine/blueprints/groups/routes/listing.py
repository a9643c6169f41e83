"""The list of groups."""

from flask import Response, abort

from officine.blueprints.groups import policy, queries
from officine.blueprints.groups.routes.blueprint import groups
from officine.blueprints.groups.search import group_search
from officine.core.asked import asked_languages, asked_words, one_of, page_number
from officine.core.clock import now
from officine.core.htmx import is_partial, page
from officine.core.i18n import LANGUAGES
from officine.core.session import viewer
from officine.lib.sectors import SECTORS
from officine.models.group import JOININGS


@groups.get("/groups")
def index() -> Response:
    words = asked_words()
    chosen = asked_languages()
    languages = chosen or tuple(viewer().reads)
    understood = LANGUAGES if chosen else languages
    found = group_search(viewer(), words, understood, is_partial()) if words else None
    wanted = queries.Wanted(
        languages=languages,
        sector=one_of(SECTORS, "sector"),
        joining=one_of(JOININGS, "joining"),
        order=one_of(queries.ORDERS, "order") or queries.ORDERS[0],
        page=page_number(),
        found=found.ids_or(lambda: queries.groups_named(viewer(), words)) if found else None,
    )
    listed = queries.listed_groups(viewer(), wanted, now())
    left = max(0, listed.total - wanted.page * queries.PAGE)
    if not listed.groups and wanted.page > 1:
        abort(404)
    return page(
        "groups/index.html",
        part="groups",
        words=words,
        is_piece=is_partial(),
        wanted=wanted,
        listed=listed,
        left=left,
        no_pulse=queries.Pulse(),
        suggestion=found.suggestion if found else None,
        index_heals=bool(found and found.heals),
        may_propose=bool(policy.may_propose(viewer())),
        opens_at_once=policy.opens_at_once(viewer()),
    )
