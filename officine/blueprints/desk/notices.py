"""Who hears of what the desk decided, each in their own language, each once."""

from datetime import datetime
from email.utils import parseaddr
from typing import Any

from flask import current_app, render_template

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands import language_of
from officine.blueprints.desk.events import (
    PostHidden,
    PostShown,
    ReportsDismissed,
    TopicLocked,
    TopicUnlocked,
)
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.models import Decision, Member, Post, Report, Topic
from officine.models.notification import notify

WORDS = {"hide": "hidden", "show": "shown", "lock": "locked", "unlock": "unlocked"}
"""For each measure the kind of notification, which is also the name of its letter."""


def tell_author(event: PostHidden | PostShown) -> None:
    """The author reads the statement of reasons, and how to have it looked at again."""
    decision = queries.find_decision(event.decision_id)
    post = db.session.get(Post, event.post_id)
    if decision is None or post is None or decision.affected is None:
        return
    _tell_affected(decision, decision.affected, post=post, topic=post.topic)


def tell_topic_author(event: TopicLocked | TopicUnlocked) -> None:
    """Who opened a topic reads why it was closed, or that it is open again."""
    decision = queries.find_decision(event.decision_id)
    topic = db.session.get(Topic, event.topic_id)
    if decision is None or topic is None or decision.affected is None:
        return
    if decision.affected_id != decision.by_id:
        _tell_affected(decision, decision.affected, topic=topic)


def tell_reporters(event: PostHidden | ReportsDismissed) -> None:
    """Everyone whose report was answered hears how."""
    decision = queries.find_decision(event.decision_id)
    post = db.session.get(Post, event.post_id)
    if decision is None or post is None:
        return
    for report in queries.reports_answered_by(decision):
        if report.reporter_id != decision.by_id:
            _tell_reporter(report, decision, post)


def letter(measure: str, *, rule: str, facts: str, by: Member, post: Post, at: datetime) -> str:
    """The letter that a decision would send, before it is taken: to the author where it hides,
    to the first who reported where it leaves the post as it is.
    """
    decision = Decision(
        measure=measure,
        rule=rule,
        facts=facts,
        language=language_of(facts, by),
        at=at,
        on_report=True,
        automatic=False,
    )
    reports = queries.open_reports(post.id)
    decision.on_report = bool(reports)
    reader, template = post.author, "hidden"
    if measure == "dismiss" and reports:
        reader, template = reports[0].reporter, "report_answered"
    with writing_in(reader.interface_language):
        return render_template(
            f"mail/desk/{template}.txt",
            to=reader,
            by_team=True,
            number="…",
            url="…",
            **_context(decision, reader, post=post, topic=post.topic),
        ).strip()


def reader_of(measure: str, post: Post) -> Member:
    """Who reads that letter."""
    reports = queries.open_reports(post.id) if measure == "dismiss" else []
    return reports[0].reporter if reports else post.author


def _tell_affected(
    decision: Decision, member: Member, *, topic: Topic, post: Post | None = None
) -> None:
    notify(
        member,
        kind=WORDS[decision.measure],
        cause=f"decision:{decision.id}",
        at=now(),
        group_id=topic.group_id,
        topic_id=topic.id,
        post_id=post.id if post else None,
        decision_id=decision.id,
    )
    if member.left_at or not member.is_confirmed:
        return
    with writing_in(member.interface_language):
        url = public_url("desk.decision", decision_id=decision.id)
    mail.write(
        f"desk/{WORDS[decision.measure]}",
        to=member,
        key=f"decision:{decision.id}",
        by_team=decision.by.is_staff,
        number=decision.id,
        url=url,
        **_context(decision, member, post=post, topic=topic),
    )


def _tell_reporter(report: Report, decision: Decision, post: Post) -> None:
    reporter = report.reporter
    notify(
        reporter,
        kind="report-answered",
        cause=f"report:{report.id}",
        at=now(),
        group_id=post.topic.group_id,
        topic_id=post.topic_id,
        post_id=post.id,
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
        **_context(decision, reporter, post=post, topic=post.topic),
    )


def _context(
    decision: Decision, reader: Member, *, topic: Topic, post: Post | None
) -> dict[str, Any]:
    """What a letter names. The title only for whoever still may see it."""
    sees_title = queries.find_topic(topic.id, reader)
    return {
        "decision": decision,
        "post": post,
        "title": topic.title if sees_title else None,
        "title_language": topic.language,
    }


def desk_address() -> str:
    """Where a person writes to have a decision looked at again."""
    return parseaddr(current_app.config["MAIL_FROM"])[1]
