"""A first draft by a machine: asked for, under way, kept or failed."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from officine.blueprints.captions.commands.errors import UnderWay
from officine.blueprints.captions.commands.tracks import take_in
from officine.blueprints.captions.events import DraftAsked
from officine.blueprints.captions.queries import cues_of, find_track, latest_draft
from officine.core import audit
from officine.core.db import db
from officine.core.outbox import record
from officine.lib.captions import Reading
from officine.models import CaptionDraft, Interview, Member

QUIET = timedelta(seconds=60)
"""A worker that has said nothing for so long is dead."""
MOST_ATTEMPTS = 3


def ask_for_draft(interview: Interview, *, by: Member, at: datetime) -> CaptionDraft:
    """Let the machine write first captions in the language that is spoken. Raises UnderWay."""
    latest = latest_draft(interview)
    if latest is not None and latest.state in ("waiting", "working"):
        raise UnderWay
    draft = CaptionDraft(interview_id=interview.id, by_id=by.id, asked_at=at)
    db.session.add(draft)
    db.session.flush()
    record(DraftAsked(draft.id))
    audit.note("captions.draft", by, interview=interview.id)
    return draft


def begin_draft(*, at: datetime) -> CaptionDraft | None:
    """Take up the oldest draft that waits, or whose worker died; None when there is none. Whoever
    takes it up is alone with it.
    """
    is_free = or_(
        CaptionDraft.state == "waiting",
        (CaptionDraft.state == "working") & (CaptionDraft.seen_at < at - QUIET),
    )
    draft = db.session.scalar(select(CaptionDraft).where(is_free).order_by(CaptionDraft.id))
    if draft is None:
        return None
    taken = db.session.execute(
        update(CaptionDraft)
        .where(CaptionDraft.id == draft.id, CaptionDraft.attempts == draft.attempts, is_free)
        .values(state="working", seen_at=at, attempts=draft.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    db.session.expire_all()
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    if draft.attempts > MOST_ATTEMPTS:
        draft_failed(draft, "killed", "", at=at)
        db.session.commit()
        return None
    return draft


def draft_goes_on(draft: CaptionDraft, attempt: int, *, at: datetime) -> bool:
    """Say that its worker lives; gives whether it still is this worker’s."""
    mine = db.session.execute(
        update(CaptionDraft)
        .where(
            CaptionDraft.id == draft.id,
            CaptionDraft.attempts == attempt,
            CaptionDraft.state == "working",
        )
        .values(seen_at=at)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    return bool(mine.rowcount)  # type: ignore[attr-defined]


def keep_draft(draft: CaptionDraft, reading: Reading, *, at: datetime) -> None:
    """Keep what the machine wrote, as a draft; what an editor wrote meanwhile stays instead."""
    interview = db.session.get_one(Interview, draft.interview_id)
    by = db.session.get_one(Member, draft.by_id)
    track = find_track(interview, interview.language)
    if track and not track.is_draft and cues_of(track):
        draft_failed(draft, "meanwhile", "", at=at)
        return
    take_in(interview, interview.language, reading.captions, by=by, at=at, is_draft=True)
    draft.state = "done"
    draft.ended_at = at


def draft_failed(draft: CaptionDraft, problem: str, detail: str, *, at: datetime) -> None:
    """The machine wrote nothing that can be used."""
    draft.state = "failed"
    draft.problem = problem
    draft.detail = detail[-2000:]
    draft.ended_at = at
