"""Saying that something breaks a rule or the law: anyone may, with an account or without."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from officine.blueprints.desk import commands, policy, queries
from officine.blueprints.desk.forms import RULE_MEANINGS, ReportForm, VisitorReportForm
from officine.blueprints.desk.routes.blueprint import desk, post_or_404, question_url
from officine.blueprints.desk.routes.finding import NothingThere, NotOurs, reporting_url
from officine.blueprints.profiles.queries import find_member
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.i18n import page_language
from officine.core.limits import by_address, too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Member, Post, ReaderQuestion, Report
from officine.models.report import Correspondent

MOST_REPORTS = "20 per hour"
MOST_OF_VISITORS = "10 per hour"
MOST_TO_ADDRESS = "10 per day"
"""How many receipts a mail address can get: somebody may write another person’s."""


@desk.get("/report")
def report_something() -> Any:
    """Where one says what is wrong by its address."""
    address = request.args.get("address", "").strip()
    problem = None
    if address:
        try:
            return redirect(reporting_url(address), 303)
        except NotOurs:
            problem = _("This address is not one of ours. Copy it from the bar of your browser.")
        except NothingThere:
            problem = _(
                "Here you report messages and people. Open the message or the profile and copy its"
                " address; for anything else write to us."
            )
    about = address or request.args.get("about", "")
    reply = page("desk/report_something.html", address=about, problem=problem)
    reply.status_code = 422 if problem else 200
    return reply


@desk.get("/posts/<int(max=2147483647):post_id>/reports/new")
def report_post(post_id: int) -> Any:
    if earlier := queries.report_of(viewer(), post_id):
        return redirect(url_for(".report", report_id=earlier.id), 303)
    post = post_or_404(post_id)
    allow(policy.may_report(viewer(), post))
    return _post_page(post, _form())


@desk.post("/posts/<int(max=2147483647):post_id>/reports")
def file_report(post_id: int) -> Any:
    post = post_or_404(post_id)
    allow(policy.may_report(viewer(), post))

    def file(**said: Any) -> Report:
        return commands.report_post(post, at=now(), **said)

    return _filed(_form(), file, lambda form: _post_page(post, form))


@desk.get("/people/<handle>/reports/new")
def report_person(handle: str) -> Any:
    member = _member(handle)
    if earlier := queries.report_of_person(viewer(), member.id):
        return redirect(url_for(".report", report_id=earlier.id), 303)
    allow(policy.may_report_person(viewer(), member))
    return _person_page(member, _form())


@desk.post("/people/<handle>/reports")
def file_report_of_person(handle: str) -> Any:
    member = _member(handle)
    allow(policy.may_report_person(viewer(), member))

    def file(**said: Any) -> Report:
        return commands.report_person(member, at=now(), **said)

    return _filed(_form(), file, lambda form: _person_page(member, form))


@desk.get("/questions/<int(max=2147483647):question_id>/reports/new")
def report_question(question_id: int) -> Any:
    if earlier := queries.report_of_question(viewer(), question_id):
        return redirect(url_for(".report", report_id=earlier.id), 303)
    question = _question(question_id)
    allow(policy.may_report_question(viewer(), question))
    return _question_page(question, _form())


@desk.post("/questions/<int(max=2147483647):question_id>/reports")
def file_report_of_question(question_id: int) -> Any:
    question = _question(question_id)
    allow(policy.may_report_question(viewer(), question))

    def file(**said: Any) -> Report:
        return commands.report_question(question, at=now(), **said)

    return _filed(_form(), file, lambda form: _question_page(question, form))


@desk.get("/report/received")
def received() -> Response:
    """Thanks to a visitor. The number and the link are in the letter alone, so that nobody
    learns here whether an address has reported before.
    """
    return page("desk/report_received.html")


def _form() -> ReportForm:
    return ReportForm() if viewer().is_member else VisitorReportForm()


def _filed(
    form: ReportForm, file: Callable[..., Report], show: Callable[[ReportForm], Response]
) -> Any:
    """Take a report, or say what lacks."""
    if not form.validate():
        return show(form), 422
    if refused := _refused(form):
        form.explanation.errors = [refused]
        return show(form), 422 if is_partial() else 429
    verdict = policy.may_send_report(viewer(), form.rule.data, now())
    if not verdict:
        form.rule.errors = [str(verdict)]
        return show(form), 422 if is_partial() else 403

    try:
        report = file(
            by=_reporter(form),
            rule=form.rule.data,
            explanation=form.explanation.data or "",
            passage=form.passage.data or "",
        )
    except commands.AlreadyReported as earlier:
        if not viewer().is_member:
            return done(url_for(".received"))
        flash(_("You had reported this already."), "notice")
        return done(url_for(".report", report_id=earlier.report.id))
    if viewer().is_member:
        flash(_("Thank you. An editor reads it, and you hear what was decided."), "success")
        return done(url_for(".report", report_id=report.id))
    if report.reporter_email:
        return done(url_for(".received"))
    # Without an address no letter carries the link: this is the only time to see it.
    return done(url_for(".report", report_id=report.id, key=commands.key_of(report)))


def _reporter(form: ReportForm) -> Member | Correspondent:
    if isinstance(form, VisitorReportForm):
        return Correspondent(form.name.data or "", form.email.data or "", page_language())
    member: Member = viewer()
    return member


def _refused(form: ReportForm) -> str | None:
    """What to tell whoever reports too often."""
    if not isinstance(form, VisitorReportForm):
        return too_often((MOST_REPORTS, f"reports:{viewer().id}"))
    limits = [(MOST_OF_VISITORS, f"reports:{by_address()}")]
    if form.email.data:
        limits.append((MOST_TO_ADDRESS, f"reports:to:{form.email.data}"))
    return too_often(*limits)


def _member(handle: str) -> Member:
    return find_member(handle, viewer()) or abort(404)


def _question(question_id: int) -> ReaderQuestion:
    question = queries.find_question(question_id, viewer()) or abort(404)
    return question if question.is_public else abort(404)


def _question_page(question: ReaderQuestion, form: ReportForm) -> Response:
    return page("desk/report_question.html", part="reporting", question=question, form=form,
                meanings=RULE_MEANINGS,
                action=url_for(".file_report_of_question", question_id=question.id),
                back=question_url(question))  # fmt: skip


def _post_page(post: Post, form: ReportForm) -> Response:
    return page("desk/report_post.html", part="reporting", post=post, form=form,
                meanings=RULE_MEANINGS, action=url_for(".file_report", post_id=post.id),
                back=url_for("forum.post", post_id=post.id))  # fmt: skip


def _person_page(member: Member, form: ReportForm) -> Response:
    return page("desk/report_person.html", part="reporting", member=member, form=form,
                meanings=RULE_MEANINGS,
                action=url_for(".file_report_of_person", handle=member.handle),
                back=url_for("profiles.show", handle=member.handle))  # fmt: skip
