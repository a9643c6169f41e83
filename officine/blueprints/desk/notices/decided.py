"""Who hears of what the desk decided, each in their own language, each once."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from flask import current_app, render_template

from officine.blueprints.desk import queries
from officine.blueprints.desk.events import CaseNoted, Decided
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.models import Case, CaseNote, Decision, Member, Post, Report, Topic
from officine.models.case import Grounded
from officine.models.decision import APPEALABLE
from officine.models.document import reason_text
from officine.models.member import language_of
from officine.models.notification import notify

TOLD_ELSEWHERE = ("remove-from-group", "decline-group", "escalate")
"""Measures of which nobody outside the desk hears, or hears from the feature that takes them."""


def tell_affected(event: Decided) -> None:
    """Whom it affects reads the statement of reasons, and how to have it looked at again."""
    decision = queries.find_decision(event.decision_id)
    if decision is None or decision.affected is None or decision.measure in TOLD_ELSEWHERE:
        return
    if decision.affected_id != decision.by_id:
        _tell_affected(decision, decision.affected)


def tell_reporters(event: Decided) -> None:
    """Everyone whose report was answered hears how."""
    decision = queries.find_decision(event.decision_id)
    if decision is None:
        return
    for report in queries.reports_answered_by(decision):
        if report.reporter is not None and report.reporter_id != decision.by_id:
            _tell_reporter(report, report.reporter, decision)


def tell_colleague(event: CaseNoted) -> None:
    """Who was asked about a case hears of it."""
    note = db.session.get(CaseNote, event.note_id)
    if note is not None and note.asked is not None:
        notify(
            note.asked,
            kind="case-question",
            cause=f"note:{note.id}",
            at=now(),
            actor_id=note.by_id,
            case_id=note.case_id,
        )


def letter(
    measure: str,
    *,
    reason: Grounded,
    by: Member,
    reader: Member,
    at: datetime,
    post: Post | None,
    on_report: bool,
) -> str:
    """The letter that a decision would send, before it is taken."""
    decision = Decision(
        measure=measure,
        ground="law" if reason.law else "community",
        rule=reason.rule,
        law=reason.law,
        facts=reason.facts or "…",
        language=language_of(reason.facts, by),
        at=at,
        until=reason.until,
        reason_id=reason.reason_id,
        reason_revision=reason.reason_revision,
        on_report=on_report,
        automatic=False,
        appealable_until=at if measure in APPEALABLE else None,
    )
    template = "report_answered" if measure == "dismiss" else "decided"
    with writing_in(reader.interface_language):
        return render_template(
            f"mail/desk/{template}.txt",
            to=reader,
            by_team=True,
            number="…",
            url="…",
            **_context(decision, reader, post=post, topic=post.topic if post else None),
        ).strip()


def reader_of(measure: str, case: Case, reports: Sequence[Report]) -> Member | None:
    """Who reads that letter: whom it affects, or who reported where nothing is done; nobody
    outside the desk hears of some measures.
    """
    if measure in TOLD_ELSEWHERE:
        return None
    if measure == "dismiss":
        return next((report.reporter for report in reports if report.reporter), None)
    return case.member


def _tell_affected(decision: Decision, member: Member) -> None:
    post = db.session.get(Post, decision.post_id) if decision.post_id else None
    topic = db.session.get(Topic, decision.topic_id) if decision.topic_id else None
    notify(
        member,
        kind=f"decision-{decision.measure}",
        cause=f"decision:{decision.id}",
        at=now(),
        group_id=topic.group_id if topic else None,
        topic_id=topic.id if topic else None,
        post_id=post.id if post else None,
        decision_id=decision.id,
    )
    if member.left_at or not member.is_confirmed:
        return
    with writing_in(member.interface_language):
        url = public_url("desk.decision", decision_id=decision.id)
    mail.write(
        "desk/decided",
        to=member,
        key=f"decision:{decision.id}",
        by_team=decision.by is None or decision.by.is_staff,
        number=decision.id,
        url=url,
        **_context(decision, member, post=post, topic=topic),
    )


def _tell_reporter(report: Report, reporter: Member, decision: Decision) -> None:
    post = report.post
    notify(
        reporter,
        kind="report-answered",
        cause=f"report:{report.id}",
        at=now(),
        group_id=post.topic.group_id if post else None,
        topic_id=post.topic_id if post else None,
        post_id=post.id if post else None,
        decision_id=decision.id,
    )
    if reporter.left_at or not reporter.is_confirmed:
        return
    with writing_in(reporter.interface_language):
        url = public_url("desk.report", report_id=report.id)
    mail.write(
        "desk/report_answered",
        to=reporter,
        key=f"report:{report.id}",
        by_team=True,
        number=decision.id,
        url=url,
        **_context(decision, reporter, post=post, topic=post.topic if post else None),
    )


def _context(
    decision: Decision, reader: Member, *, post: Post | None, topic: Topic | None
) -> dict[str, Any]:
    """What a letter names. The title only for whoever still may see it."""
    sees_title = topic is not None and queries.find_topic(topic.id, reader)
    standard, language = _standard(decision, reader)
    return {
        "decision": decision,
        "post": post,
        "title": topic.title if topic and sees_title else None,
        "title_language": topic.language if topic else None,
        "standard": standard,
        "standard_language": language,
    }


def _standard(decision: Decision, reader: Member) -> tuple[str, str]:
    """The library’s text that goes along, in the reader’s language where there is one."""
    if decision.reason_id is None or decision.reason_revision is None:
        return "", ""
    found = reason_text(decision.reason_id, decision.reason_revision, reader.interface_language)
    return found or ("", "")


def desk_address() -> str:
    """Where a person writes to have a decision looked at again."""
    return parseaddr(current_app.config["MAIL_FROM"])[1]
