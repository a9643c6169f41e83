"""The editorial desk over HTTP."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from officine.blueprints.desk import commands, notices, policy, queries
from officine.blueprints.desk.forms import (
    RULE_MEANINGS,
    CaseForm,
    DecisionForm,
    ReasonForm,
    ReportForm,
)
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.i18n import LANGUAGES
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.lib.markdown import plain
from officine.lib.text import excerpt
from officine.models import Decision, Post, Topic
from officine.models.decision import RULES

desk = Blueprint("desk", __name__)

MOST_REPORTS = "20 per hour"


# Reporting


@desk.get("/posts/<int(max=2147483647):post_id>/reports/new")
def report_post(post_id: int) -> Any:
    if earlier := queries.report_of(viewer(), post_id):
        return redirect(url_for(".report", report_id=earlier.id), 303)
    post = _post(post_id)
    allow(policy.may_report(viewer(), post))
    return _report_page(post, ReportForm())


@desk.post("/posts/<int(max=2147483647):post_id>/reports")
def file_report(post_id: int) -> Any:
    post = _post(post_id)
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
    return page(
        "desk/report.html",
        report=report,
        topic=queries.find_topic(report.post.topic_id, viewer()),
    )


# The queue


@desk.get("/desk")
def index() -> Response:
    allow(policy.may_decide(viewer()))
    cases = _cases()
    if not cases:
        return page("desk/index.html", **_queue(cases), post=None)
    return _case_page(cases[0].post_id, cases)


@desk.get("/desk/posts/<int(max=2147483647):post_id>")
def case(post_id: int) -> Any:
    allow(policy.may_decide(viewer()))
    cases = _cases()
    if queries.open_reports(post_id):
        return _case_page(post_id, cases, opened=True)
    decision = queries.last_decision_on(post_id) or abort(404)
    return redirect(url_for(".decision", decision_id=decision.id), 303)


# Deciding about a post


@desk.get("/posts/<int(max=2147483647):post_id>/decisions/new")
def decide_post(post_id: int) -> Any:
    post = _post(post_id)
    allow(policy.may_decide_post(viewer(), post))
    if post.hiding:
        return page("desk/show.html", post=post, form=ReasonForm())
    if queries.open_reports(post.id):
        return redirect(url_for(".case", post_id=post.id), 303)
    return _hide_page(post, DecisionForm())


@desk.post("/posts/<int(max=2147483647):post_id>/letter")
def letter(post_id: int) -> Response:
    """The letter that the decision would send, while the editor writes its reason."""
    post = _post(post_id)
    allow(policy.may_decide_post(viewer(), post))
    return page("desk/_letter.html", **_letter(post))


@desk.post("/posts/<int(max=2147483647):post_id>/hidings")
def hide(post_id: int) -> Any:
    post = _post(post_id)
    allow(policy.may_decide_post(viewer(), post))

    form = DecisionForm()
    if not form.validate() or "preview" in request.form:
        return _hide_page(post, form), _status(form)

    def act() -> Decision:
        return commands.hide_post(
            post, by=viewer(), at=now(), rule=form.rule.data, facts=form.facts.data
        )

    return _decided(act, _("Hidden. %(person)s reads why.", person=post.author.name))


@desk.post("/posts/<int(max=2147483647):post_id>/showings")
def show(post_id: int) -> Any:
    post = _post(post_id)
    allow(policy.may_decide_post(viewer(), post))

    form = ReasonForm()
    if not form.validate():
        return page("desk/show.html", part="decide", post=post, form=form), 422

    def act() -> Decision:
        return commands.show_post(post, by=viewer(), at=now(), facts=form.facts.data)

    return _decided(act, _("Back in its place. %(person)s reads why.", person=post.author.name))


@desk.post("/desk/posts/<int(max=2147483647):post_id>/decisions")
def decide_case(post_id: int) -> Any:
    allow(policy.may_decide(viewer()))
    post = _post(post_id)
    allow(policy.may_decide_post(viewer(), post))

    form = CaseForm()
    if not form.validate() or "preview" in request.form:
        if not queries.open_reports(post.id):
            return _too_late(queries.last_decision_on(post.id))
        return _case_page(post.id, _cases(), form=form, opened=True), _status(form)

    command = commands.hide_post if form.measure.data == "hide" else commands.dismiss_reports

    def act() -> Decision:
        return command(
            post,
            by=viewer(),
            at=now(),
            rule=form.rule.data,
            facts=form.facts.data,
            reports=form.seen_reports(),
        )

    return _decided(act, None)


# Deciding about a topic


@desk.get("/topics/<int(max=2147483647):topic_id>/decisions/new")
def decide_topic(topic_id: int) -> Response:
    topic = _topic(topic_id)
    if topic.lock:
        allow(policy.may_unlock(viewer(), topic))
        return page("desk/unlock.html", topic=topic, form=ReasonForm())
    allow(policy.may_lock(viewer(), topic))
    return page("desk/lock.html", topic=topic, form=DecisionForm(rule="off-topic"))


@desk.post("/topics/<int(max=2147483647):topic_id>/locks")
def lock(topic_id: int) -> Any:
    topic = _topic(topic_id)
    allow(policy.may_lock(viewer(), topic))

    form = DecisionForm()
    if not form.validate():
        return page("desk/lock.html", part="decide", topic=topic, form=form), 422

    def act() -> Decision:
        return commands.lock_topic(
            topic, by=viewer(), at=now(), rule=form.rule.data, facts=form.facts.data
        )

    return _decided(act, _("The topic is closed."), back=_topic_url(topic))


@desk.post("/topics/<int(max=2147483647):topic_id>/unlocks")
def unlock(topic_id: int) -> Any:
    topic = _topic(topic_id)
    allow(policy.may_unlock(viewer(), topic))

    form = ReasonForm()
    if not form.validate():
        return page("desk/unlock.html", part="decide", topic=topic, form=form), 422

    def act() -> Decision:
        return commands.unlock_topic(topic, by=viewer(), at=now(), facts=form.facts.data)

    return _decided(act, _("The topic is open again."), back=_topic_url(topic))


# Reading a decision


@desk.get("/decisions/<int(max=2147483647):decision_id>")
def decision(decision_id: int) -> Response:
    decision = queries.find_decision(decision_id) or abort(404)
    if not policy.may_read_decision(viewer(), decision):
        abort(404)
    post = queries.post_decided(decision, viewer())
    return page(
        "desk/decision.html",
        decision=decision,
        post=post,
        topic=queries.topic_decided(decision, viewer()),
        group=queries.group_decided(decision),
        by_team=decision.by.is_staff,
        reports=queries.reports_answered_by(decision) if viewer().is_staff else [],
        desk_address=notices.desk_address(),
        is_mine=decision.affected_id == viewer().id,
    )


def _post(post_id: int) -> Post:
    return queries.find_post(post_id, viewer()) or abort(404)


def _topic(topic_id: int) -> Topic:
    return queries.find_topic(topic_id, viewer()) or abort(404)


def _topic_url(topic: Topic) -> str:
    return url_for("forum.show", topic_id=topic.id, slug=topic.slug)


def _language() -> str:
    chosen = request.args.get("lang", "")
    return chosen if chosen in LANGUAGES else ""


def _cases() -> list[queries.Case]:
    return queries.open_cases(viewer(), _language())


def _queue(cases: list[queries.Case]) -> dict[str, Any]:
    by_language = queries.cases_by_language()
    return {
        "cases": cases,
        "language": _language(),
        "by_language": by_language,
        "total": sum(by_language.values()),
    }


def _case_page(
    post_id: int,
    cases: list[queries.Case],
    *,
    form: CaseForm | None = None,
    opened: bool = False,
) -> Response:
    """The queue, and one case beside it. ``opened``: it was chosen, and on a telephone stands
    in the queue’s place.
    """
    post = queries.find_post(post_id, viewer()) or abort(404)
    reports = queries.open_reports(post.id)
    before = queries.post_before(post)
    if form is None:
        form = CaseForm(rule=reports[0].rule, reports=",".join(str(each.id) for each in reports))
    return page(
        "desk/index.html",
        part="decide",
        **_queue(cases),
        post=post,
        reports=reports,
        before=before,
        before_words=excerpt(plain(before.text), 220) if before else "",
        standing=queries.standing_of(post.author),
        verdict=policy.may_decide_post(viewer(), post),
        form=form,
        opened=opened,
        **_letter(post, form),
    )


def _hide_page(post: Post, form: DecisionForm) -> Response:
    return page("desk/hide.html", part="decide", post=post, form=form, **_letter(post, form))


def _report_page(post: Post, form: ReportForm) -> Response:
    return page("desk/report_post.html", part="reporting", post=post, form=form,
                meanings=RULE_MEANINGS)  # fmt: skip


def _letter(post: Post, form: DecisionForm | None = None) -> dict[str, Any]:
    """The letter as far as the reason is written, and who reads it."""
    rule = form.rule.data if form else request.form.get("rule")
    facts = form.facts.data if form else request.form.get("facts")
    measure = request.form.get("measure") or "hide"
    words = notices.letter(
        measure,
        rule=rule if rule in RULES else "other",
        facts=(facts or "").strip() or "…",
        by=viewer(),
        post=post,
        at=now(),
    )
    return {"letter": words, "reader": notices.reader_of(measure, post)}


def _decided(act: Any, words: str | None, back: str | None = None) -> Any:
    """Decide, and say what happened; or who was faster."""
    try:
        decision = act()
    except commands.AlreadyDecided as faster:
        return _too_late(faster.decision, back)
    flash(words or _outcome(decision), "success")
    return done(back or url_for(".index"))


def _too_late(decision: Decision | None, back: str | None = None) -> Any:
    if decision is None:
        flash(_("There is nothing to decide any more: the author has deleted it."), "notice")
        return done(back or url_for(".index"))
    flash(
        _("%(person)s has decided this already. Their decision stands.", person=decision.by.name),
        "notice",
    )
    return done(back or url_for(".decision", decision_id=decision.id))


def _outcome(decision: Decision) -> str:
    count = len(queries.reports_answered_by(decision))
    if decision.measure == "hide":
        return ngettext(
            "Hidden. The author reads why, and who reported it hears the outcome.",
            "Hidden. The author reads why, and the %(num)s who reported it hear the outcome.",
            count,
        )
    return ngettext(
        "It stays. Who reported it reads why.",
        "It stays. The %(num)s who reported it read why.",
        count,
    )


def _status(form: Any) -> int:
    return 422 if form.errors else 200
