"""Following a person, a company or a sector."""

from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _

from officine.blueprints.production import policy, queries
from officine.blueprints.production.commands import interests
from officine.blueprints.production.routes.blueprint import production
from officine.core.clock import now
from officine.core.db import db
from officine.core.htmx import done
from officine.core.permission import allow
from officine.core.redirects import safe_next
from officine.core.session import viewer
from officine.lib.sectors import SECTORS
from officine.models import Company, Member


@production.post("/interests")
def follow() -> Any:
    """Hear of what is published about something, or no more."""
    allow(policy.may_follow(viewer()))
    noun, name = request.form.get("noun", ""), request.form.get("name", "")
    if noun not in queries.NOUNS or not _exists(noun, name):
        abort(404)
    if request.form.get("wanted") == "no":
        interests.unfollow(noun, name, by=viewer())
        flash(_("You do not follow it any more."), "success")
    else:
        interests.follow(noun, name, by=viewer(), at=now())
        flash(_("You hear when an interview about it is published."), "success")
    return done(safe_next())


def _exists(noun: str, name: str) -> bool:
    if noun == "sector":
        return name in SECTORS
    if not name.isdecimal() or len(name) > 9:
        return False
    if noun == "company":
        return db.session.get(Company, int(name)) is not None
    member = db.session.get(Member, int(name))
    return member is not None and member.left_at is None
