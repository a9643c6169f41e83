"""What whoever reported hears: that it has arrived, and what came of it (Article 16(4) and (5))."""

from officine.blueprints.desk import commands, queries
from officine.blueprints.desk.events import Decided, Reported
from officine.blueprints.desk.notices.answers import answer
from officine.blueprints.desk.notices.words import Reader
from officine.core import mail
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.models import Decision, Member, Report


def confirm_report(event: Reported) -> None:
    """Who reported reads at once that it has arrived, and where to follow it."""
    report = db.session.get(Report, event.report_id)
    if report is None or report.reader is None or not report.reader.hears_letters:
        return
    reader = report.reader
    topic = report.post.topic if report.post else None
    mail.write(
        "desk/report_received",
        to=reader,
        key=f"receipt:{report.id}",
        report=report,
        title=topic.title if topic and queries.find_topic(topic.id, reader) else None,
        title_language=topic.language if topic else None,
        what=_address_of(report, reader),
        url=report_url(report, reader),
    )


def tell_reporters(event: Decided) -> None:
    """Everyone whose report was answered hears how."""
    decision = queries.find_decision(event.decision_id)
    if decision is None:
        return
    for report in queries.reports_answered_by(decision):
        if report.reader is not None and report.reporter_id != decision.by_id:
            _tell(report, report.reader, decision)


def report_url(report: Report, reader: Reader) -> str:
    """Where who reported follows it, in their language; a visitor by the key that is theirs."""
    secret = {} if isinstance(reader, Member) else {"key": commands.key_of(report)}
    with writing_in(reader.interface_language):
        return public_url("desk.report", report_id=report.id, **secret)


def _tell(report: Report, reader: Reader, decision: Decision) -> None:
    post = report.post
    place: dict[str, int | None] = {}
    if post is not None:
        place = {"group_id": post.topic.group_id, "topic_id": post.topic_id, "post_id": post.id}
    answer(
        reader,
        "report-answered",
        decision,
        cause=f"report:{report.id}",
        place=place,
        report=report,
        url=report_url(report, reader),
    )


def _address_of(report: Report, reader: Reader) -> str:
    """The address of what was reported."""
    with writing_in(reader.interface_language):
        if report.post_id:
            return public_url("forum.post", post_id=report.post_id)
        if report.question is not None:
            slug = report.question.interview.slug
            anchor = f"question-{report.question_id}"
            return public_url("interviews.show", slug=slug, _anchor=anchor)
        assert report.member is not None
        return public_url("profiles.show", handle=report.member.handle)
