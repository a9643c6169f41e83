"""Working on a case: whose it is, what colleagues tell each other, and its decision."""

from datetime import datetime

from sqlalchemy import update

from officine.blueprints.desk import policy, queries
from officine.blueprints.desk.commands.errors import (
    AlreadyDecided,
    ClaimedBy,
    FirstEditor,
    ForManagers,
    TextChanged,
)
from officine.blueprints.desk.events import CaseNoted
from officine.core import audit
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.locks import lock_id, lock_row
from officine.core.outbox import record
from officine.lib.text import clean
from officine.models import Case, CaseNote, Decision, Member, Post, Topic
from officine.models.case import Grounded, Measure
from officine.models.decision import FactsMissing, decide
from officine.models.member import language_of
from officine.models.post import lock_post


def claim(case: Case, *, by: Member, at: datetime) -> None:
    """Take a case on: for CLAIM nobody else decides it. An editor has one at a time, so that
    the others they had claimed are free again.
    """
    _begin(case, by, at)
    is_new = case.holder(at) is None
    db.session.execute(
        update(Case)
        .where(Case.claimed_by_id == by.id, Case.id != case.id, Case.closed_at.is_(None))
        .values(claimed_by_id=None, claimed_at=None)
    )
    case.claimed_by, case.claimed_at = by, at
    if is_new:
        audit.note("case.claim", by, case=case.id)


def release(case: Case, *, by: Member) -> None:
    """Let colleagues have a case again. One that is not one’s own stays as it is."""
    if case.claimed_by_id == by.id:
        case.claimed_by = case.claimed_at = None
        audit.note("case.release", by, case=case.id)


def leave_note(
    case: Case, *, by: Member, at: datetime, text: str, asked: Member | None = None
) -> CaseNote:
    """Tell colleagues something about a case; with ``asked``, put it to one of them, who hears
    of it. A case that waits for somebody’s answer is nobody’s meanwhile.
    """
    text = clean(text)
    if not text:
        raise FactsMissing("note")
    lock_row(case)
    if case.closed_at:
        raise AlreadyDecided(case.decision)
    note = CaseNote(
        case_id=case.id, by=by, at=at, text=text, language=language_of(text, by), asked=asked
    )
    db.session.add(note)
    db.session.flush()
    if asked is not None and case.claimed_by_id == by.id:
        case.claimed_by = case.claimed_at = None
    audit.note("case.ask" if asked else "case.note", by, case=case.id, note=note.id)
    record(CaseNoted(note.id))
    return note


def ask_colleague(case: Case, *, by: Member, at: datetime, text: str, asked: Member) -> CaseNote:
    """Put a question about a case to a colleague."""
    return leave_note(case, by=by, at=at, text=text, asked=asked)


def hand_over(case: Case, *, by: Member, at: datetime, language: str) -> None:
    """Let editors of another language decide a case."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _begin(case, by, at)
    case.language = language
    case.claimed_by = case.claimed_at = None
    audit.note("case.hand-over", by, case=case.id, language=language)


def escalate(case: Case, *, by: Member, at: datetime, grounded: Grounded) -> Decision:
    """Leave a case to the community manager, saying why. It keeps its place and its promise."""
    decision = decide("escalate", by=by, at=at, group_id=case.group_id, **grounded.grounds(case))
    case.escalated_at = at
    case.claimed_by = case.claimed_at = None
    return decision


def decide_case(
    case: Case, measure: Measure, *, by: Member, at: datetime, grounded: Grounded
) -> Decision:
    """Decide a case by one of its kind’s measures.

    Raises AlreadyDecided, ClaimedBy and ForManagers; TextChanged where the words are not those
    that the editor has read; FactsMissing and LawMissing where the reason is incomplete.
    """
    # Topic before case, in the order in which authors hold them who change what waits.
    post = _hold_subject(case)
    _begin(case, by, at)
    seen = (grounded.more or {}).get("wording")
    if post is not None and seen and seen != queries.wording_of(post):
        raise TextChanged(post.id)
    decision = measure.act(case, by, at, grounded)
    if case.is_open and measure.name not in ("escalate", "send-back"):
        case.closed_at, case.decision = at, decision
    return decision


def _begin(case: Case, by: Member, at: datetime) -> None:
    """Hold the case’s row, and see whether this editor may act on it now."""
    lock_row(case)
    if case.closed_at:
        raise AlreadyDecided(case.decision)
    holder = case.holder(at)
    if holder is not None and holder.id != by.id:
        raise ClaimedBy(holder)
    if case.escalated_at and not by.is_leader:
        raise ForManagers(case.id)
    if case.subject == "appeal":
        appeal = queries.find_appeal(case.subject_id)
        if appeal is not None and not policy.may_decide_appeal(by, appeal):
            raise FirstEditor(appeal.id)


def _hold_subject(case: Case) -> Post | None:
    """Hold the topic that a case is about; gives the post, where it is about one."""
    if case.subject == "topic":
        lock_id(Topic, case.subject_id)
    post = db.session.get(Post, case.subject_id) if case.subject == "post" else None
    if post is not None:
        lock_post(post)
    return post
