"""Reading a decision."""

from flask import Response, abort

from officine.blueprints.desk import policy, queries
from officine.blueprints.desk.forms import AppealForm
from officine.blueprints.desk.routes.blueprint import desk
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.i18n import page_language
from officine.core.session import viewer
from officine.models import Decision
from officine.models.decision import HIDING


@desk.get("/decisions/<int(max=2147483647):decision_id>")
def decision(decision_id: int) -> Response:
    return decision_page(decision_or_404(decision_id), AppealForm(formdata=None))


def decision_or_404(decision_id: int) -> Decision:
    """The decision of this number, for whom it affects and the desk."""
    decision = queries.find_decision(decision_id) or abort(404)
    if not policy.may_read_decision(viewer(), decision):
        abort(404)
    return decision


def decision_page(decision: Decision, form: AppealForm) -> Response:
    """A decision with all its reasons, and the way to appeal."""
    is_mine = decision.affected_id == viewer().id
    return page(
        "desk/decision.html",
        part="appealing",
        decision=decision,
        post=queries.post_decided(decision, viewer()),
        topic=queries.topic_decided(decision, viewer()),
        question=queries.question_decided(decision),
        group=queries.group_decided(decision),
        by_team=decision.by is None or decision.by.is_staff,
        reports=queries.reports_answered_by(decision) if viewer().is_staff else [],
        standard=queries.standard_of(decision, page_language()),
        appeal=queries.appeal_of_author(decision),
        taken_back=queries.taken_back_by(decision),
        verdict=policy.may_appeal(viewer(), decision, now()),
        is_mine=is_mine,
        is_about_post=decision.measure in (*HIDING, "approve", "show"),
        form=form,
    )
