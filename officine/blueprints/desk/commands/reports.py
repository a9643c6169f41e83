"""Saying that something breaks a rule or the law, and what becomes of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Required, TypedDict, Unpack

from officine.blueprints.desk import policy, queries
from officine.blueprints.desk.commands.errors import (
    AddressMissing,
    AlreadyDecided,
    AlreadyReported,
    ExplanationMissing,
    OwnCase,
)
from officine.blueprints.desk.events import Decided, Reported
from officine.core.db import db
from officine.core.locks import lock_id, lock_row
from officine.core.outbox import record
from officine.core.secret_links import fingerprint, key_for
from officine.lib.text import clean, clean_line
from officine.models import Decision, Member, Post, ReaderQuestion, Report, Topic
from officine.models.case import close_cases, open_case
from officine.models.decision import Grounds, decide
from officine.models.member import language_of
from officine.models.report import EXPLAINED, NAMELESS, Correspondent


class Words(TypedDict, total=False):
    """What is wrong, where exactly, and why."""

    rule: Required[str]
    passage: str
    explanation: str


def report_post(
    post: Post, *, by: Member | Correspondent, at: datetime, **words: Unpack[Words]
) -> Report:
    """Say in good faith that a post breaks a rule or the law; once a person and post. Raises
    ExplanationMissing, AddressMissing and AlreadyReported.
    """
    said = _said(by, **words)
    lock_id(Topic, post.topic_id)
    if isinstance(by, Member):
        earlier = queries.report_of(by, post.id)
    else:
        earlier = queries.open_report_from(by.email, post_id=post.id)
    if earlier:
        raise AlreadyReported(earlier)
    return _keep(Report(post=post, **said), by, at)


def report_person(
    member: Member, *, by: Member | Correspondent, at: datetime, **words: Unpack[Words]
) -> Report:
    """Say so of a person’s profile; once a person and profile, until it is decided."""
    said = _said(by, **words)
    lock_row(member)
    if isinstance(by, Member):
        earlier = queries.report_of_person(by, member.id)
    else:
        earlier = queries.open_report_from(by.email, member_id=member.id)
    if earlier:
        raise AlreadyReported(earlier)
    return _keep(Report(member=member, **said), by, at)


def report_question(
    question: ReaderQuestion,
    *,
    by: Member | Correspondent,
    at: datetime,
    **words: Unpack[Words],
) -> Report:
    """Say so of what a reader asked the guest of an interview, or of the answer."""
    said = _said(by, **words)
    lock_row(question)
    if isinstance(by, Member):
        earlier = queries.report_of_question(by, question.id)
    else:
        earlier = queries.open_report_from(by.email, question_id=question.id)
    if earlier:
        raise AlreadyReported(earlier)
    return _keep(Report(question=question, **said), by, at)


def dismiss_reports_of_person(
    member: Member,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    reports: Sequence[int] = (),
    **grounds: Unpack[Grounds],
) -> Decision:
    """Leave a person as they are and tell who reported them why."""
    if member.id == by.id:
        raise OwnCase(member.id)
    lock_row(member)
    if answered := queries.answered_among(reports):
        raise AlreadyDecided(answered)
    if not queries.open_reports_of_person(member.id):
        raise AlreadyDecided(None)
    decision = decide("dismiss", by=by, at=at, rule=rule, facts=facts, on_report=True, **grounds)
    answer_reports_of_person(member, decision, at=at)
    record(Decided(decision.id))
    return decision


def answer_reports_of_person(member: Member, decision: Decision, *, at: datetime) -> None:
    """Let a decision answer all that was reported of a person."""
    for report in queries.open_reports_of_person(member.id):
        report.decision = decision
    close_cases("member", member.id, at=at, decision=decision, kinds=("report-person",))


def key_of(report: Report) -> str:
    """What opens a report for who made it without an account."""
    key = key_for("report", report.id)
    report.token_hash = fingerprint(key)
    return key


def wait_for_desk(report: Report, at: datetime) -> None:
    """Open the case of a report; all reports of one post or person are one case."""
    due_at = at + policy.promise_for(report.rule)
    signals = [{"name": "report", "value": report.rule}]
    if report.post is not None:
        post = report.post
        open_case(
            "report", subject="post", subject_id=post.id, title=post.topic.title,
            language=post.language, group_id=post.topic.group_id, member_id=post.author_id,
            at=at, due_at=due_at, signals=signals,
        )  # fmt: skip
    elif report.member is not None:
        member = report.member
        open_case(
            "report-person", subject="member", subject_id=member.id, title="",
            language=member.profile_language, member_id=member.id,
            at=at, due_at=due_at, signals=signals,
        )  # fmt: skip
    elif report.question is not None:
        question = report.question
        open_case(
            "report-question", subject="question", subject_id=question.id,
            title=queries.title_of_interview(question, question.language),
            language=question.language, member_id=question.by_id,
            at=at, due_at=due_at, signals=signals,
        )  # fmt: skip


def _said(
    by: Member | Correspondent, rule: str, explanation: str = "", passage: str = ""
) -> dict[str, object]:
    """What a report says, in order; or what lacks."""
    explanation = clean(explanation)
    is_stranger = isinstance(by, Correspondent)
    if not explanation and (is_stranger or rule in EXPLAINED):
        raise ExplanationMissing(rule)
    said: dict[str, object] = {
        "rule": rule, "explanation": explanation, "passage": clean(passage),
        "language": language_of(explanation or clean(passage), by),
    }  # fmt: skip
    if not is_stranger:
        return said | {"reporter": by}
    name, address = clean_line(by.name), by.email
    if rule not in NAMELESS and not (name and address):
        raise AddressMissing(rule)
    return said | {
        "reporter_name": name, "reporter_email": address,
        "reporter_language": by.interface_language,
    }  # fmt: skip


def _keep(report: Report, by: Member | Correspondent, at: datetime) -> Report:
    report.reported_at = at
    db.session.add(report)
    db.session.flush()
    if isinstance(by, Correspondent):
        key_of(report)
    wait_for_desk(report, at)
    record(Reported(report.id))
    return report
