"""What the editorial desk does. Every act is one decision, kept for good.

All of it begins by locking the topic’s row, so that of two editors who decide at the same moment
the second sees what the first decided.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from officine.blueprints.desk import queries
from officine.blueprints.desk.events import (
    PostHidden,
    PostShown,
    ReportsDismissed,
    TopicLocked,
    TopicUnlocked,
)
from officine.core import mail
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.outbox import record
from officine.lib.language import clear_language
from officine.lib.text import clean
from officine.models import Answer, Decision, Group, Hiding, Lock, Member, Post, Report, Topic
from officine.models.post import recount
from officine.models.report import EXPLAINED


class AlreadyReported(Exception):
    """The person has reported this post; ``report`` is what they said then."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.id)
        self.report = report


class AlreadyDecided(Exception):
    """A colleague was faster; ``decision`` is theirs, None where the matter vanished."""

    def __init__(self, decision: Decision | None) -> None:
        super().__init__(decision and decision.id)
        self.decision = decision


class FactsMissing(Exception):
    """Nobody is silenced without a reason in words."""


class ExplanationMissing(Exception):
    """A report of this kind says what exactly and why."""


class OwnPost(Exception):
    """An editor does not decide about their own post."""


def report_post(
    post: Post, *, by: Member, at: datetime, rule: str, explanation: str = ""
) -> Report:
    """Say that a post breaks a rule or the law; once a person and post."""
    explanation = clean(explanation)
    if rule in EXPLAINED and not explanation:
        raise ExplanationMissing(rule)
    _lock_row(post.topic_id)
    if earlier := queries.report_of(by, post.id):
        raise AlreadyReported(earlier)
    report = Report(
        post=post,
        reporter=by,
        rule=rule,
        explanation=explanation,
        language=language_of(explanation, by),
        reported_at=at,
    )
    db.session.add(report)
    db.session.flush()
    return report


def hide_post(
    post: Post,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    reports: Sequence[int] = (),
) -> Decision:
    """Take a post out of sight by a decision that its author reads, and answer its reports.

    ``reports`` are the numbers of those the editor had in view: if a colleague has answered one
    of them meanwhile, AlreadyDecided. The text stays for its author and the desk.
    """
    waiting = _begin(post, by, reports)
    if hiding := db.session.get(Hiding, post.id, populate_existing=True):
        raise AlreadyDecided(hiding.decision)
    decision = _decide(
        "hide", by=by, at=at, rule=rule, facts=facts, on_report=bool(waiting),
        affected_id=post.author_id, post_id=post.id, topic_id=post.topic_id,
    )  # fmt: skip
    post.hiding = Hiding(decision=decision)
    _unmark_answer(post)
    _answer(waiting, decision)
    _has_changed(post)
    _withdraw_letters(post)
    record(PostHidden(post.id, decision.id))
    return decision


def show_post(post: Post, *, by: Member, at: datetime, facts: str) -> Decision:
    """Let readers see a hidden post again. Everything is as it was, and the author reads why."""
    _begin(post, by)
    hiding = db.session.get(Hiding, post.id, populate_existing=True)
    if hiding is None:
        raise AlreadyDecided(queries.last_decision_on(post.id))
    decision = _decide(
        "show", by=by, at=at, rule=hiding.decision.rule, facts=facts,
        affected_id=post.author_id, post_id=post.id, topic_id=post.topic_id,
    )  # fmt: skip
    _mark_answer_again(post, hiding)
    post.hiding = None
    _has_changed(post)
    record(PostShown(post.id, decision.id))
    return decision


def dismiss_reports(
    post: Post,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    reports: Sequence[int] = (),
) -> Decision:
    """Leave a post as it is and tell its reporters why. ``rule`` is the one it does not break."""
    waiting = _begin(post, by, reports)
    if not waiting:
        raise AlreadyDecided(queries.last_decision_on(post.id))
    decision = _decide(
        "dismiss", by=by, at=at, rule=rule, facts=facts, on_report=True,
        post_id=post.id, topic_id=post.topic_id,
    )  # fmt: skip
    _answer(waiting, decision)
    record(ReportsDismissed(post.id, decision.id))
    return decision


def lock_topic(topic: Topic, *, by: Member, at: datetime, rule: str, facts: str) -> Decision:
    """Take no more posts in a topic, by a decision that its author reads."""
    _lock_row(topic.id)
    if lock := db.session.get(Lock, topic.id, populate_existing=True):
        raise AlreadyDecided(lock.decision)
    decision = _decide(
        "lock", by=by, at=at, rule=rule, facts=facts,
        affected_id=topic.author_id, topic_id=topic.id,
    )  # fmt: skip
    topic.lock = Lock(decision=decision)
    topic.version += 1
    record(TopicLocked(topic.id, decision.id))
    return decision


def unlock_topic(topic: Topic, *, by: Member, at: datetime, facts: str) -> Decision:
    """Let a topic take posts again."""
    _lock_row(topic.id)
    lock = db.session.get(Lock, topic.id, populate_existing=True)
    if lock is None:
        raise AlreadyDecided(queries.last_lock_decision(topic.id))
    decision = _decide(
        "unlock", by=by, at=at, rule=lock.decision.rule, facts=facts,
        affected_id=topic.author_id, topic_id=topic.id,
    )  # fmt: skip
    topic.lock = None
    topic.version += 1
    record(TopicUnlocked(topic.id, decision.id))
    return decision


def language_of(words: str, by: Member) -> str:
    """The language somebody wrote in: the one it clearly is, or the one they use the site in."""
    return clear_language(words, LANGUAGES) or by.interface_language


def _begin(post: Post, by: Member, reports: Sequence[int] = ()) -> list[Report]:
    """The open reports of a post, with its topic locked; or why nothing can be decided."""
    if post.author_id == by.id:
        raise OwnPost(post.id)
    _lock_row(post.topic_id)
    db.session.refresh(post)
    if post.deleted_at:
        raise AlreadyDecided(None)
    if answered := queries.answered_among(reports):
        raise AlreadyDecided(answered)
    return queries.open_reports(post.id)


def _decide(
    measure: str,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    on_report: bool = False,
    **about: int,
) -> Decision:
    facts = clean(facts)
    if not facts:
        raise FactsMissing(measure)
    decision = Decision(
        measure=measure,
        rule=rule,
        facts=facts,
        language=language_of(facts, by),
        by=by,
        at=at,
        on_report=on_report,
        automatic=False,
        **about,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _answer(reports: Sequence[Report], decision: Decision) -> None:
    for report in reports:
        report.decision = decision


def _unmark_answer(post: Post) -> None:
    """A topic is not solved by a post that nobody can read."""
    answer = post.topic.answer
    if answer and answer.post_id == post.id and post.hiding:
        post.hiding.answer_by_id, post.hiding.answer_at = answer.by_id, answer.at
        post.topic.answer = None


def _mark_answer_again(post: Post, hiding: Hiding) -> None:
    """The useful answer is useful again, unless another was chosen meanwhile."""
    if hiding.answer_by_id and hiding.answer_at and post.topic.answer is None:
        post.topic.answer = Answer(post_id=post.id, by_id=hiding.answer_by_id, at=hiding.answer_at)


def _has_changed(post: Post) -> None:
    """Count again what the topic and its group tell of their posts."""
    post.version += 1
    db.session.flush()
    recount(post.topic)
    if post.opens:
        group = post.topic.group
        group.topics_count = Group.topics_count + (-1 if post.hiding else 1)


def _withdraw_letters(post: Post) -> None:
    """No letter that still waits carries the words of a hidden post, nor the title of a topic
    whose opening post is hidden.
    """
    ids = [post.id]
    if post.opens:
        ids = list(db.session.scalars(select(Post.id).where(Post.topic_id == post.topic_id)))
    mail.withdraw(*(f"{kind}:{post_id}:" for post_id in ids for kind in ("post", "useful")))


def _lock_row(topic_id: int) -> None:
    """Whoever else decides about this topic, or writes in it, waits until we are done."""
    db.session.flush()
    db.session.scalar(
        select(Topic)
        .where(Topic.id == topic_id)
        .with_for_update(of=Topic)
        .execution_options(populate_existing=True)
    )
