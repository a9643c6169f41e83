"""Reading a decision."""

from flask import Response, abort

from officine.blueprints.desk import notices, policy, queries
from officine.blueprints.desk.routes.blueprint import desk
from officine.core.htmx import page
from officine.core.session import viewer


@desk.get("/decisions/<int(max=2147483647):decision_id>")
def decision(decision_id: int) -> Response:
    decision = queries.find_decision(decision_id) or abort(404)
    if not policy.may_read_decision(viewer(), decision):
        abort(404)
    return page(
        "desk/decision.html",
        decision=decision,
        post=queries.post_decided(decision, viewer()),
        topic=queries.topic_decided(decision, viewer()),
        group=queries.group_decided(decision),
        by_team=decision.by is None or decision.by.is_staff,
        reports=queries.reports_answered_by(decision) if viewer().is_staff else [],
        desk_address=notices.desk_address(),
        is_mine=decision.affected_id == viewer().id,
    )
