"""Asking another editor to look at a decision again, and answering (Regulation (EU) 2022/2065,
Article 20).
"""

from datetime import datetime, timedelta
from typing import Unpack

from officine.blueprints.desk import policy, queries
from officine.blueprints.desk.commands.errors import (
    AlreadyAppealed,
    AlreadyDecided,
    CannotAppeal,
    FirstEditor,
)
from officine.blueprints.desk.commands.restoring import take_back
from officine.blueprints.desk.events import Appealed, Decided
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.text import clean
from officine.models import Appeal, Decision, Member, Post, Report, Topic
from officine.models.case import close_cases, open_case
from officine.models.decision import FactsMissing, Grounds, decide
from officine.models.member import language_of

PROMISE = timedelta(days=7)
"""How soon an appeal is decided."""


def appeal_as_author(decision: Decision, *, by: Member, at: datetime, text: str) -> Appeal:
    """Ask, as whom a decision affects, that another editor looks at it again.

    Raises FactsMissing without words, AlreadyAppealed, and CannotAppeal.
    """
    text = _words(text)
    lock_row(decision)
    if earlier := queries.appeal_of_author(decision):
        raise AlreadyAppealed(earlier)
    if not (verdict := policy.may_appeal(by, decision, at)):
        raise CannotAppeal(verdict)
    appeal = Appeal(
        decision=decision, side="author", by=by, text=text, language=language_of(text, by),
        made_at=at,
    )  # fmt: skip
    return _keep(appeal, decision, at)


def appeal_as_reporter(report: Report, *, at: datetime, text: str) -> Appeal:
    """Ask, as who reported something that was left as it is, that another editor looks at it
    again. Raises what `appeal_as_author` does.
    """
    text = _words(text)
    decision = report.decision
    if decision is None:
        raise CannotAppeal(policy.NOT_APPEALABLE)
    lock_row(decision)
    if earlier := queries.appeal_of_report(report.id):
        raise AlreadyAppealed(earlier)
    if not (verdict := policy.may_appeal_report(report, at)):
        raise CannotAppeal(verdict)
    appeal = Appeal(
        decision=decision, side="reporter", by=report.reporter, report=report, text=text,
        language=language_of(text, report.reader), made_at=at,
    )  # fmt: skip
    return _keep(appeal, decision, at)


def uphold(
    appeal: Appeal,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    **grounds: Unpack[Grounds],
) -> Decision:
    """Leave the decision as it was, and say why to who appealed."""
    first = _begin(appeal, by)
    grounds["reverses"] = first
    decision = decide(
        "uphold", by=by, at=at, rule=rule, facts=facts,
        affected_id=first.affected_id if appeal.side == "author" else None,
        post_id=first.post_id, topic_id=first.topic_id, group_id=first.group_id,
        question_id=first.question_id, **grounds,
    )  # fmt: skip
    _answer([appeal], decision, at)
    record(Decided(decision.id))
    return decision


def reverse(
    appeal: Appeal,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    **grounds: Unpack[Grounds],
) -> Decision:
    """Take the decision back: everything is as it was before it. Where a report had been
    dismissed, what was reported is hidden instead, by a decision that its author can appeal
    against in turn.
    """
    first = _begin(appeal, by)
    grounds["reverses"] = first
    decision = take_back(first, by=by, at=at, rule=rule, facts=facts, **grounds)
    _answer(queries.open_appeals_against(first, appeal.side), decision, at)
    return decision


def _words(text: str) -> str:
    text = clean(text)
    if not text:
        raise FactsMissing("appeal")
    return text


def _keep(appeal: Appeal, decision: Decision, at: datetime) -> Appeal:
    db.session.add(appeal)
    db.session.flush()
    title, author_id = _subject(appeal, decision)
    open_case(
        "appeal", subject="appeal", subject_id=appeal.id, title=title, language=appeal.language,
        group_id=decision.group_id, member_id=author_id, at=at, due_at=at + PROMISE,
        signals=[{"name": "appeal", "value": decision.measure}],
    )  # fmt: skip
    record(Appealed(appeal.id))
    return appeal


def _subject(appeal: Appeal, decision: Decision) -> tuple[str, int | None]:
    """What its row in the queue says, and whose standing matters."""
    topic = db.session.get(Topic, decision.topic_id) if decision.topic_id else None
    author_id = decision.affected_id
    if question := queries.question_decided(decision):
        return queries.title_of_interview(question, question.language), question.by_id
    if author_id is None and decision.post_id:
        post = db.session.get(Post, decision.post_id)
        author_id = post.author_id if post else None
    elif author_id is None and appeal.report is not None:
        author_id = appeal.report.member_id
    return topic.title if topic else "", author_id


def _begin(appeal: Appeal, by: Member) -> Decision:
    """Hold an appeal, and see that somebody else than the first editor decides it, once."""
    lock_row(appeal)
    if appeal.outcome is not None:
        raise AlreadyDecided(appeal.outcome)
    if not policy.may_decide_appeal(by, appeal):
        raise FirstEditor(appeal.id)
    return appeal.decision


def _answer(appeals: list[Appeal], decision: Decision, at: datetime) -> None:
    for appeal in appeals:
        appeal.outcome = decision
        close_cases("appeal", appeal.id, at=at, decision=decision)
