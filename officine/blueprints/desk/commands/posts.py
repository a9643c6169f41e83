"""Deciding about a post: out of sight, back to its author, or back in its place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Required, Unpack

from sqlalchemy import select

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided
from officine.blueprints.desk.commands.locking import begin_with_post
from officine.blueprints.desk.commands.publishing import publish_post
from officine.blueprints.desk.events import Decided, PostHidden, PostShown
from officine.core import mail
from officine.core.db import db
from officine.core.outbox import record
from officine.models import Answer, Decision, Group, Hiding, Member, Post, Report
from officine.models.case import close_cases
from officine.models.decision import Grounds, decide
from officine.models.post import recount


class Statement(Grounds, total=False):
    """A decision about a post: whose, when, by which rule, and why."""

    by: Required[Member]
    at: Required[datetime]
    rule: Required[str]
    facts: Required[str]
    reports: Sequence[int]
    """The numbers of those the editor had in view: if a colleague has answered one of them
    meanwhile, AlreadyDecided.
    """


def hide_post(post: Post, **statement: Unpack[Statement]) -> Decision:
    """Take a post out of sight by a decision that its author reads, and answer its reports. The
    text stays for its author and the desk.
    """
    return _put_out_of_sight("hide", post, **statement)


def remove_post(post: Post, *, urgent: bool = False, **statement: Unpack[Statement]) -> Decision:
    """Take a post away: only the desk reads it any more, not even its author. ``urgent``: at
    once, as terrorist content within an hour (Regulation (EU) 2021/784, Article 3(3)).
    """
    measure = "remove-urgently" if urgent else "remove"
    return _put_out_of_sight(measure, post, **statement)


def send_back(post: Post, **statement: Unpack[Statement]) -> Decision:
    """Ask the author to mend a post, which meanwhile only they and the desk see. It keeps its
    place, and its case waits for them.
    """
    return _put_out_of_sight("send-back", post, **statement)


def show_post(
    post: Post, *, by: Member, at: datetime, facts: str, case_id: int | None = None
) -> Decision:
    """Let readers see a hidden post again. Everything is as it was, and the author reads why."""
    begin_with_post(post, by)
    hiding = db.session.get(Hiding, post.id, populate_existing=True)
    if hiding is None:
        raise AlreadyDecided(queries.last_decision_on(post.id))
    decision = decide(
        "show", by=by, at=at, rule=hiding.decision.rule, facts=facts, reverses=hiding.decision,
        affected_id=post.author_id, post_id=post.id, topic_id=post.topic_id,
        group_id=post.topic.group_id, case_id=case_id,
    )  # fmt: skip
    bring_back(post, hiding, at)
    close_cases("post", post.id, at=at, decision=decision)
    record(PostShown(post.id, decision.id))
    record(Decided(decision.id))
    return decision


def dismiss_reports(
    post: Post,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    reports: Sequence[int] = (),
    **grounds: Unpack[Grounds],
) -> Decision:
    """Leave a post as it is and tell its reporters why. ``rule`` is the one it does not break."""
    waiting = begin_with_post(post, by, reports)
    if not waiting:
        raise AlreadyDecided(queries.last_decision_on(post.id))
    decision = decide(
        "dismiss", by=by, at=at, rule=rule, facts=facts, on_report=True, post_id=post.id,
        topic_id=post.topic_id, group_id=post.topic.group_id, **grounds,
    )  # fmt: skip
    _answer(waiting, decision)
    close_cases("post", post.id, at=at, decision=decision, kinds=("report",))
    record(Decided(decision.id))
    return decision


def bring_back(post: Post, hiding: Hiding, at: datetime) -> None:
    """Let a post that was out of sight stand where it stood, as it stood. One that nobody has seen
    yet is published.
    """
    _mark_answer_again(post, hiding)
    post.hiding = None
    if post.is_held:
        publish_post(post, at=at)
    else:
        _has_changed(post)


def _put_out_of_sight(
    measure: str,
    post: Post,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    reports: Sequence[int] = (),
    **grounds: Unpack[Grounds],
) -> Decision:
    waiting = begin_with_post(post, by, reports)
    earlier = db.session.get(Hiding, post.id, populate_existing=True)
    if earlier and not _outweighs(measure, earlier):
        raise AlreadyDecided(earlier.decision)
    decision = decide(
        measure, by=by, at=at, rule=rule, facts=facts, on_report=bool(waiting),
        detected_automatically=earlier is not None and earlier.decision.automatic,
        affected_id=post.author_id, post_id=post.id, topic_id=post.topic_id,
        group_id=post.topic.group_id, **grounds,
    )  # fmt: skip
    if earlier:
        earlier.decision_id, earlier.measure = decision.id, decision.measure
        db.session.flush()
        db.session.expire(earlier)
        post.version += 1
    else:
        post.hiding = Hiding.by(decision)
        _unmark_answer(post)
        _has_changed(post)
    _answer(waiting, decision)
    if measure == "send-back":
        _wait_for_author(post, decision, at)
    else:
        close_cases("post", post.id, at=at, decision=decision)
    _withdraw_letters(post)
    record(PostHidden(post.id, decision.id))
    record(Decided(decision.id))
    return decision


def _outweighs(measure: str, earlier: Hiding) -> bool:
    """Whether a measure may follow another: a held post is decided, a hidden one removed."""
    return earlier.measure in ("hold", "send-back") or (
        earlier.measure == "hide" and measure in ("remove", "remove-urgently")
    )


def _wait_for_author(post: Post, decision: Decision, at: datetime) -> None:
    for case in queries.cases_about("post", post.id):
        case.sent_back_at = at
        case.claimed_by = case.claimed_at = None
        if decision.case_id is None:
            decision.case_id = case.id


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
