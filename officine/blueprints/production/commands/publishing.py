"""Publication, at once or at its time; withdrawal; corrections."""

from datetime import datetime

from officine.blueprints.production import queries
from officine.blueprints.production.commands.errors import NotAllowedThere, NotReady
from officine.blueprints.production.events import (
    InterviewChanged,
    InterviewPublished,
    InterviewWithdrawn,
    PublicationFailed,
)
from officine.core import audit
from officine.core.clock import day_of
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.text import clean
from officine.models import Correction, Interview, InterviewNote, Member
from officine.models.case import close_cases
from officine.models.interview import release_holds
from officine.models.member import language_of


def publish(interview: Interview, *, by: Member, at: datetime) -> None:
    """Let everyone see it. NotReady says all that is missing."""
    lock_row(interview)
    if interview.stage not in ("review", "scheduled"):
        raise NotAllowedThere
    _require_ready(interview, at)
    _publish(interview, by=by, at=at)


def schedule(interview: Interview, *, by: Member, at: datetime, publish_at: datetime) -> None:
    """Let it be published by itself at a moment."""
    lock_row(interview)
    if interview.stage not in ("review", "scheduled"):
        raise NotAllowedThere
    _require_ready(interview, max(at, publish_at))
    interview.stage, interview.publish_at = "scheduled", publish_at
    close_cases("interview", interview.id, at=at, kinds=("interview",))
    audit.note("interview.schedule", by, interview=interview.id, at=publish_at.isoformat())


def unschedule(interview: Interview, *, by: Member) -> None:
    """Back to the review: it is not published by itself."""
    lock_row(interview)
    if interview.stage != "scheduled":
        raise NotAllowedThere
    interview.stage, interview.publish_at = "review", None
    audit.note("interview.unschedule", by, interview=interview.id)


def publish_if_due(interview_id: int, *, at: datetime) -> bool:
    """Publish it if its time has come and nobody else has; False otherwise. Of two workers the
    second finds it published. What is missing by now sends it back to the review, and its owner
    hears of it.
    """
    interview = db.session.get(Interview, interview_id)
    if interview is None:
        return False
    lock_row(interview)
    due = interview.publish_at is not None and interview.publish_at <= at
    if interview.stage != "scheduled" or not due:
        return False
    if queries.missing(interview, day_of(at)):
        interview.stage, interview.publish_at = "review", None
        audit.note("interview.not-published", None, interview=interview.id)
        record(PublicationFailed(interview.id))
        return False
    _publish(interview, by=None, at=at)
    return True


def withdraw(
    interview: Interview, *, by: Member | None, at: datetime, why: str = "", by_guest: bool = False
) -> None:
    """Let nobody see it any more, from this moment. ``why`` is kept as a note for the desk."""
    lock_row(interview)
    if interview.stage == "withdrawn":
        return
    was = interview.stage
    interview.stage, interview.withdrawn_at, interview.publish_at = "withdrawn", at, None
    interview.version += 1
    if why and by is not None:
        words = clean(why)
        db.session.add(
            InterviewNote(
                interview_id=interview.id, by_id=by.id, at=at, text=words,
                language=language_of(words, by),
            )
        )  # fmt: skip
    close_cases("interview", interview.id, at=at, kinds=("interview",))
    audit.note("interview.withdraw", by, interview=interview.id, was=was)
    record(InterviewWithdrawn(interview.id, by_guest))


def bring_back(interview: Interview, *, by: Member) -> None:
    """Back to the review, from where it can be published anew if the release allows it."""
    lock_row(interview)
    if interview.stage != "withdrawn":
        raise NotAllowedThere
    interview.stage, interview.withdrawn_at, interview.published_at = "review", None, None
    audit.note("interview.bring-back", by, interview=interview.id)


def withdraw_uncovered(interview_id: int, *, at: datetime) -> bool:
    """Withdraw it if no release covers it any more."""
    interview = db.session.get(Interview, interview_id)
    if interview is None:
        return False
    lock_row(interview)
    if interview.stage != "published" or _is_covered(interview, at):
        return False
    withdraw(interview, by=None, at=at)
    return True


def correct(
    interview: Interview, text: str, *, by: Member, at: datetime, language: str
) -> Correction:
    """Say to readers what was corrected."""
    lock_row(interview)
    if interview.stage != "published":
        raise NotAllowedThere
    correction = Correction(
        interview_id=interview.id, at=at, by_id=by.id, text=clean(text), language=language
    )
    db.session.add(correction)
    interview.version += 1
    db.session.flush()
    audit.note("interview.correct", by, interview=interview.id, correction=correction.id)
    record(InterviewChanged(interview.id))
    return correction


def _publish(interview: Interview, *, by: Member | None, at: datetime) -> None:
    interview.stage, interview.published_at, interview.publish_at = "published", at, None
    interview.version += 1
    close_cases("interview", interview.id, at=at, kinds=("interview",))
    audit.note("interview.publish", by, interview=interview.id)
    record(InterviewPublished(interview.id))


def _require_ready(interview: Interview, at: datetime) -> None:
    if reasons := queries.missing(interview, day_of(at)):
        raise NotReady(reasons)


def _is_covered(interview: Interview, at: datetime) -> bool:
    return interview.id not in queries.uncovered_ids(release_holds(day_of(at)))
