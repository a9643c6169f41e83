"""Following a report, and appealing against what was decided about it or about oneself."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _

from officine.blueprints.desk import commands, policy, queries
from officine.blueprints.desk.forms import AppealForm
from officine.blueprints.desk.routes.blueprint import desk
from officine.blueprints.desk.routes.decisions import decision_or_404, decision_page
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.i18n import page_language
from officine.core.limits import by_address, too_often
from officine.core.permission import Verdict, allow
from officine.core.session import viewer
from officine.models import Appeal, Report

MOST_APPEALS = "20 per hour"


@desk.get("/reports/<int(max=2147483647):report_id>")
def report(report_id: int) -> Response:
    return _report_page(_report(report_id), AppealForm(formdata=None))


@desk.post("/reports/<int(max=2147483647):report_id>/appeals")
def appeal_report(report_id: int) -> Any:
    report = _report(report_id)

    def act(text: str) -> Appeal:
        return commands.appeal_as_reporter(report, at=now(), text=text)

    return _take_appeal(
        policy.may_appeal_report(report, now()),
        lambda form: _report_page(report, form),
        act,
        back=url_for(".report", report_id=report.id, key=_key() or None),
    )


@desk.post("/decisions/<int(max=2147483647):decision_id>/appeals")
def appeal(decision_id: int) -> Any:
    decision = decision_or_404(decision_id)

    def act(text: str) -> Appeal:
        return commands.appeal_as_author(decision, by=viewer(), at=now(), text=text)

    return _take_appeal(
        policy.may_appeal(viewer(), decision, now()),
        lambda form: decision_page(decision, form),
        act,
        back=url_for(".decision", decision_id=decision.id, _anchor="appeal"),
    )


def _take_appeal(
    verdict: Verdict,
    again: Callable[[AppealForm], Response],
    act: Callable[[str], Appeal],
    *,
    back: str,
) -> Any:
    """Keep an appeal, once. ``again`` shows the page with the form as it came back, ``act`` keeps
    the words.
    """
    if verdict is not policy.ALREADY_APPEALED:
        allow(verdict)
        form = AppealForm()
        if not _in_order(form):
            return again(form), 422
        try:
            act(form.text.data)
        except commands.AlreadyAppealed:
            verdict = policy.ALREADY_APPEALED
    if verdict is policy.ALREADY_APPEALED:
        flash(str(verdict), "notice")
    else:
        flash(_("Your appeal has arrived. Another editor answers it within seven days."), "success")
    return done(back)


def _in_order(form: AppealForm) -> bool:
    """Whether an appeal can be taken. If not, the form says why."""
    if not form.validate():
        return False
    who = viewer().id or by_address()
    if refused := too_often((MOST_APPEALS, f"appeals:{who}")):
        form.text.errors = [refused]
        return False
    return True


def _key() -> str:
    return request.args.get("key", "")[:200]


def _report(report_id: int) -> Report:
    return queries.find_report(report_id, viewer(), _key()) or abort(404)


def _report_page(report: Report, form: AppealForm) -> Response:
    post, decision = report.post, report.decision
    reply = page(
        "desk/report.html",
        part="appealing",
        report=report,
        key=_key(),
        topic=queries.find_topic(post.topic_id, viewer()) if post else None,
        standard=queries.standard_of(decision, page_language()) if decision else ("", ""),
        appeal=queries.appeal_of_report(report.id),
        verdict=policy.may_appeal_report(report, now()),
        form=form,
    )
    if _key() and not is_partial():
        # Whoever has the address has the report: no index, no cache and no other site learns it.
        reply.headers["X-Robots-Tag"] = "noindex, nofollow"
        reply.headers["Referrer-Policy"] = "no-referrer"
        reply.headers["Cache-Control"] = "private, no-store"
    return reply
