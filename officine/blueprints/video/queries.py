"""The videos of interviews, and what is being made of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased, selectinload

from officine.core.db import db
from officine.models import Interview, InterviewText, Upload, Video, VideoStep
from officine.models.interview import visible_to

KEPT_UNFINISHED = timedelta(days=7)
"""For how long an upload that stopped can be gone on with."""

QUIET = timedelta(seconds=20)
"""A worker that has said nothing for so long is dead, and its step is taken up by another."""


def find_interview(interview_id: int, looking: Any) -> Interview | None:
    """An interview whose video ``looking`` may work on, or None."""
    if not looking.is_staff:
        return None
    return db.session.get(Interview, interview_id)


def title_of(interview: Interview) -> str:
    """What it is called in the language that is spoken; before it has a title, who is asked."""
    title = db.session.scalar(
        select(InterviewText.title).where(
            InterviewText.interview_id == interview.id,
            InterviewText.language == interview.language,
        )
    )
    return title or interview.guest_name


def video_of(interview: Interview) -> Video | None:
    """The video of an interview with its steps."""
    return _with_steps(Video.interview_id == interview.id)


def next_video_of(interview: Interview) -> Video | None:
    """The video that takes the place of the one that is shown, once it is ready."""
    return _with_steps(Video.next_for_id == interview.id)


def _with_steps(which: Any) -> Video | None:
    return db.session.scalar(
        select(Video)
        .where(which)
        .options(selectinload(Video.steps))
        .execution_options(populate_existing=True)
    )


def unfinished_uploads(interview: Interview, at: datetime) -> Sequence[Upload]:
    """What began to arrive and did not, the latest first."""
    return db.session.scalars(
        select(Upload)
        .where(
            Upload.interview_id == interview.id,
            Upload.finished_at.is_(None),
            Upload.last_at > at - KEPT_UNFINISHED,
        )
        .order_by(Upload.last_at.desc())
    ).all()


def forgotten_uploads(at: datetime) -> Sequence[Upload]:
    """Those that nobody has gone on with for a week."""
    return db.session.scalars(
        select(Upload).where(Upload.finished_at.is_(None), Upload.last_at <= at - KEPT_UNFINISHED)
    ).all()


def may_watch(folder: str, looking: Any) -> bool:
    """Whether the files of a folder belong to an interview that ``looking`` may see now."""
    found = db.session.scalar(
        select(Video.id)
        .join(Interview, Interview.id == Video.interview_id)
        .where(Video.folder == folder, visible_to(looking))
    )
    return found is not None


def due_steps(at: datetime) -> Sequence[int]:
    """The steps that a worker may begin: the first of each video that is not done, if it waits
    or the worker that had it is dead.
    """
    earlier = aliased(VideoStep)
    is_first = ~(
        select(earlier.id)
        .where(
            earlier.video_id == VideoStep.video_id,
            earlier.position < VideoStep.position,
            earlier.state != "ready",
        )
        .exists()
    )
    return db.session.scalars(
        select(VideoStep.id)
        .join(Video, Video.id == VideoStep.video_id)
        .where(is_first, can_be_claimed(at), Video.state.in_(("waiting", "working")))
        .order_by(Video.made_at, VideoStep.position)
    ).all()


def somebody_works() -> bool:
    """Whether a worker has a step, and may fall silent over it."""
    found = (
        select(VideoStep.id)
        .join(Video, Video.id == VideoStep.video_id)
        .where(VideoStep.state == "working", Video.state == "working")
    )
    return db.session.scalar(found.limit(1)) is not None


def can_be_claimed(at: datetime) -> Any:
    """That a step waits for a worker. A condition on VideoStep."""
    return or_(
        VideoStep.state == "waiting",
        and_(VideoStep.state == "working", VideoStep.seen_at < at - QUIET),
    )
