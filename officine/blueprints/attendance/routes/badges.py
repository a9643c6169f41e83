"""Badges for those who come and the guests they named."""

import re
from collections.abc import Sequence

from flask import Response
from flask_babel import gettext as _

from officine.blueprints.attendance import policy, queries
from officine.blueprints.attendance.queries import Row
from officine.blueprints.attendance.routes.blueprint import attendance, find_or_404, words_of
from officine.core.clock import now
from officine.core.config import ROOT
from officine.core.context import public_url
from officine.core.i18n import current_language, language_name
from officine.core.permission import allow
from officine.core.session import viewer
from officine.lib.badges import Badge, Fonts, draw_badges
from officine.lib.share_picture import ShareFonts
from officine.models import Event


@attendance.get("/events/<slug>/badges.pdf")
def badges(slug: str) -> Response:
    """To print and cut."""
    event = find_or_404(slug)
    allow(policy.may_look_after(viewer(), event))
    found = ShareFonts.found_in(ROOT / "static" / "dist")
    drawn = draw_badges(
        badges_of(event, queries.everybody(event)), title=words_of(event).title,
        language=current_language(), at=now(), fonts=Fonts(found.display, found.reading),
    )  # fmt: skip
    reply = Response(drawn, mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'inline; filename="{event.slug}-badges.pdf"'
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


def badges_of(event: Event, rows: Sequence[Row]) -> list[Badge]:
    """One for each who goes and each guest with a name, in the order in which they are looked for.
    A guest wears the code of whom they come with.
    """
    made = []
    for row in rows:
        it = row.registration
        if it.reply != "going":
            continue
        code = public_url("attendance.at_door", slug=event.slug, code=it.code)
        spoken = it.member.reads if it.member else (it.language,)
        made.append(Badge(it.shown_name, row.firm, _languages(spoken), code))
        for name in _names(it.guest_names)[: it.guests]:
            made.append(Badge(name, _("Guest of %(person)s", person=it.shown_name), "", code))
    return sorted(made, key=lambda badge: badge.name.casefold())


def _languages(codes: Sequence[str]) -> str:
    """Each by its own name: it is read by whoever speaks it."""
    return " · ".join(language_name(code, inside=code) for code in codes)


def _names(typed: str) -> list[str]:
    return [name.strip() for name in re.split(r"[,;\n]", typed) if name.strip()]
