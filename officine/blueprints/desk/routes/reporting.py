"""Saying that something breaks a rule or the law, and reading what came of it."""

from typing import Any

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _

from officine.blueprints.desk import commands, policy, queries
from officine.blueprints.desk.forms import RULE_MEANINGS, ReportForm
from officine.blueprints.desk.routes.blueprint import desk, post_or_404
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Post

MOST_REPORTS = "20 per hour"


@desk.get("/posts/<int(max=2147483647):post_id>/reports/new")
def report_post(post_id: int) -> Any:
    if earlier := queries.report_of(viewer(), post_id):
        return redirect(url_for(".report", report_id=earlier.id), 303)
    post = post_or_404(post_id)
    allow(policy.may_report(viewer(), post))
    return _report_page(post, ReportForm())


@desk.post("/posts/<int(max=2147483647):post_id>/reports")
def file_report(post_id: int) -> Any:
    post = post_or_404(post_id)
    allow(policy.may_report(viewer(), post))

    form = ReportForm()
    if not form.validate():
        return _report_page(post, form), 422
    if refused := too_often((MOST_REPORTS, f"reports:{viewer().id}")):
        form.explanation.errors = [refused]
        return _report_page(post, form), 422 if is_partial() else 429

    try:
        report = commands.report_post(
            post,
            by=viewer(),
            at=now(),
            rule=form.rule.data,
            explanation=form.explanation.data or "",
        )
    except commands.AlreadyReported as earlier:
        flash(_("You had reported this message already."), "notice")
        return done(url_for(".report", report_id=earlier.report.id))
    flash(_("Thank you. An editor reads it, and you hear what was decided."), "success")
    return done(url_for(".report", report_id=report.id))


@desk.get("/reports/<int(max=2147483647):report_id>")
def report(report_id: int) -> Response:
    report = queries.find_report(report_id, viewer()) or abort(404)
    post = report.post
    return page(
        "desk/report.html",
        report=report,
        topic=queries.find_topic(post.topic_id, viewer()) if post else None,
    )


def _report_page(post: Post, form: ReportForm) -> Response:
    return page("desk/report_post.html", part="reporting", post=post, form=form,
                meanings=RULE_MEANINGS)  # fmt: skip
