"""Keeping for an editor what somebody has written, and what follows from their reading it."""

from datetime import datetime, timedelta
from typing import Any

from officine.blueprints.desk.events import Decided
from officine.blueprints.forum.commands.reading import save_draft
from officine.blueprints.forum.events import PostEdited
from officine.blueprints.forum.queries import Written, pending_edit_of, sent_back_cases
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.outbox import record
from officine.models import Decision, Hiding, Member, PendingEdit, Post, RefusedEdit, wording
from officine.models.case import Case, Signals, close_cases, open_case
from officine.models.decision import decide
from officine.models.post import lock_post
from officine.models.screening import facts_of, rule_of

PROMISE = timedelta(hours=4)
SOS_PROMISE = timedelta(hours=1)


class NothingWaits(Exception):
    """The edit was decided meanwhile, or its author took it back."""


def hold(post: Post, signals: Signals, *, at: datetime) -> Decision:
    """Keep a post that nobody has seen yet for an editor; its author reads why."""
    case = _open_case("held", post, signals, at)
    decision = _decide_to_hold(post, signals, case, at)
    post.hiding = Hiding.by(decision)
    db.session.flush()
    record(Decided(decision.id))
    return decision


def hold_edit(post: Post, written: Written, signals: Signals) -> Decision:
    """Keep other words for a published post for an editor; readers go on seeing the old ones. A
    later edit takes the place of one that waits.
    """
    waiting = pending_edit_of(post.id)
    if waiting is not None:
        waiting.text, waiting.language = written.text, written.language
        waiting.asked_at = written.at
        post.version += 1
        return waiting.decision
    case = _open_case("edit", post, signals, written.at)
    decision = _decide_to_hold(post, signals, case, written.at)
    db.session.add(
        PendingEdit(
            post_id=post.id, decision_id=decision.id, text=written.text,
            language=written.language, asked_at=written.at,
        )
    )  # fmt: skip
    post.version += 1
    db.session.flush()
    record(Decided(decision.id))
    return decision


def approve_edit(post: Post, *, by: Member, at: datetime, case_id: int | None = None) -> Decision:
    """Let readers see the words that waited. Raises NothingWaits."""
    lock_post(post)
    waiting = pending_edit_of(post.id)
    if waiting is None or post.deleted_at:
        raise NothingWaits(post.id)
    decision = decide(
        "approve", by=by, at=at, rule=waiting.decision.rule, facts="", case_id=case_id,
        reverses=waiting.decision, **_about(post),
    )  # fmt: skip
    change_words(post, waiting.text, waiting.language, by=post.author, at=at)
    db.session.delete(waiting)
    close_cases("post", post.id, at=at, decision=decision, kinds=("edit",))
    record(Decided(decision.id))
    return decision


def refuse_edit(
    post: Post, *, by: Member, at: datetime, rule: str, facts: str, case_id: int | None = None,
    law: str = "", reason_id: int | None = None, reason_revision: int | None = None,
    until: datetime | None = None,
) -> Decision:  # fmt: skip
    """Leave a post as it is and give its author the new words back, with what to mend in them.
    Raises NothingWaits.
    """
    lock_post(post)
    waiting = pending_edit_of(post.id)
    if waiting is None or post.deleted_at:
        raise NothingWaits(post.id)
    decision = decide(
        "send-back", by=by, at=at, rule=rule, facts=facts, law=law, reason_id=reason_id,
        reason_revision=reason_revision, until=until, case_id=case_id,
        detected_automatically=True, **_about(post),
    )  # fmt: skip
    save_draft(post.author, "post", post.id, text=waiting.text, at=at)
    db.session.add(
        RefusedEdit(
            decision_id=decision.id, post_id=post.id, text=waiting.text, language=waiting.language
        )
    )
    db.session.delete(waiting)
    post.version += 1
    close_cases("post", post.id, at=at, decision=decision, kinds=("edit",))
    record(Decided(decision.id))
    return decision


def forget_pending_edit(post: Post, *, at: datetime) -> None:
    """No other words wait any more for a post: its author wrote others, or it went out of sight.
    They stay with the author as a draft.
    """
    waiting = pending_edit_of(post.id)
    if waiting is not None:
        save_draft(post.author, "post", post.id, text=waiting.text, at=at)
        db.session.delete(waiting)
        post.version += 1
    close_cases("post", post.id, at=at, kinds=("edit",))


def come_back(post: Post, *, at: datetime) -> None:
    """What an author was asked to mend waits for an editor again, where it stood before."""
    post.version += 1
    cases = sent_back_cases(post.id)
    for case in cases:
        case.sent_back_at = None
        case.due_at = min(case.due_at, at + PROMISE)
        if case.kind == "report":
            # Those who reported it have their answer: what is left to decide is the new text.
            case.kind = "held"
    if not cases:
        _open_case("held", post, [], at)


def change_words(post: Post, text: str, language: str, *, by: Member, at: datetime) -> None:
    """Give a post in sight other words; readers can read what they were."""
    if wording.change_words(post, text, language, by=by, at=at):
        record(PostEdited(post.id))


def _decide_to_hold(post: Post, signals: Signals, case: Case, at: datetime) -> Decision:
    language = post.author.interface_language
    with writing_in(language):
        facts = facts_of(signals)
    return decide(
        "hold", by=None, at=at, rule=rule_of(signals), facts=facts, language=language,
        detected_automatically=True, case_id=case.id, **_about(post),
    )  # fmt: skip


def _open_case(kind: str, post: Post, signals: Signals, at: datetime) -> Case:
    topic = post.topic
    is_urgent = topic.is_sos and post.opens
    return open_case(
        kind, subject="post", subject_id=post.id, title=topic.title, language=post.language,
        group_id=topic.group_id, member_id=post.author_id, at=at, signals=signals,
        due_at=at + (SOS_PROMISE if is_urgent else PROMISE),
    )  # fmt: skip


def _about(post: Post) -> dict[str, Any]:
    return {
        "affected_id": post.author_id, "post_id": post.id, "topic_id": post.topic_id,
        "group_id": post.topic.group_id,
    }  # fmt: skip
