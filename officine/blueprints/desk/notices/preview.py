"""The letter that a decision would send, before it is taken."""

from collections.abc import Sequence
from datetime import datetime

from flask import render_template

from officine.blueprints.desk import queries
from officine.blueprints.desk.notices.words import TOLD_ELSEWHERE, Reader, words
from officine.core.i18n import writing_in
from officine.models import Case, Decision, Member, Post, ReaderQuestion, Report
from officine.models.case import Grounded
from officine.models.decision import APPEAL_TIME, APPEALABLE
from officine.models.member import language_of


def letter(
    measure: str,
    *,
    reason: Grounded,
    by: Member,
    reader: Reader,
    at: datetime,
    post: Post | None,
    question: ReaderQuestion | None = None,
    on_report: bool,
) -> str:
    """What the letter would say."""
    decision = Decision(
        id=0,
        measure=measure,
        ground="law" if reason.law else "community",
        rule=reason.rule,
        law=reason.law,
        facts=reason.facts or "…",
        language=language_of(reason.facts, by),
        by=by,
        at=at,
        territory="everywhere",
        until=reason.until,
        reason_id=reason.reason_id,
        reason_revision=reason.reason_revision,
        on_report=on_report,
        detected_automatically=False,
        automatic=False,
        appealable_until=at + APPEAL_TIME if measure in APPEALABLE else None,
    )
    topic = post.topic if post else None
    about = words(decision, reader, post=post, topic=topic, question=question)
    template = "report_answered" if measure == "dismiss" else "decided"
    report = (
        Report(post=post, question=question, rule=reason.rule) if measure == "dismiss" else None
    )
    with writing_in(reader.interface_language):
        return render_template(
            f"mail/desk/{template}.txt",
            to=reader,
            report=report,
            url="…",
            **(about | {"number": "…"}),
        ).strip()


def reader_of(measure: str, case: Case, reports: Sequence[Report]) -> Reader | None:
    """Who reads that letter: whom it affects, who reported where nothing is done, or who
    appealed; nobody outside the desk hears of some measures.
    """
    if measure in TOLD_ELSEWHERE:
        return None
    if measure == "dismiss":
        return next((report.reader for report in reports if report.reader), None)
    if measure == "uphold":
        appeal = queries.find_appeal(case.subject_id)
        return appeal.by if appeal and appeal.side == "author" else None
    return case.member
