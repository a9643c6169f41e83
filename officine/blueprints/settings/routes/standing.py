"""What was decided about a member, what they reported and appealed against: for them alone."""

from flask import Response

from officine.blueprints.desk import queries as desk
from officine.blueprints.settings.routes.blueprint import me, settings
from officine.core.clock import now
from officine.core.htmx import page


@settings.get("/settings/standing")
def standing() -> Response:
    member, moment = me(), now()
    return page(
        "settings/standing.html",
        standing=desk.standing_of(member),
        sanctions=desk.sanctions_in_force(member, moment),
        decisions=desk.own_decisions(member, moment),
        reports=desk.reports_by(member),
        appeals=desk.appeals_by(member),
    )
