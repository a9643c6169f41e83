"""What editors do with the video of an interview."""

import secrets
from datetime import datetime

from sqlalchemy import select, update

from officine.blueprints.video.events import VideoGivenUp
from officine.blueprints.video.queries import video_of
from officine.core import audit
from officine.core.db import db
from officine.core.outbox import record
from officine.lib.outside_video import OutsideVideo
from officine.models import Interview, Member, Upload, Video, VideoStep

FIRST_STEP = "probe"


class CannotRunAgain(Exception):
    """Only a step that failed, or one that is done, can be run again."""


def begin_video(upload: Upload, *, at: datetime) -> Video:
    """A file has arrived: it becomes the interview’s video, in place of the one before."""
    interview = db.session.get_one(Interview, upload.interview_id)
    video = _fresh_video(interview, at)
    video.filename = upload.filename
    video.source_key = f"uploads/{upload.id}"
    video.steps.append(VideoStep(position=0, name=FIRST_STEP))
    db.session.flush()
    audit.note("video.upload", _member(upload.by_id), interview=interview.id, video=video.id)
    return video


def choose_outside(
    interview: Interview, outside: OutsideVideo, *, by: Member, at: datetime
) -> Video:
    """The film lies elsewhere; here stands its address."""
    video = _fresh_video(interview, at)
    video.outside, video.outside_url = outside.service, outside.url
    video.state = "ready"
    db.session.flush()
    interview.version += 1
    audit.note("video.outside", by, interview=interview.id, video=video.id)
    return video


def take_away(video: Video, *, by: Member) -> None:
    """The interview has no video any more."""
    interview = video.interview
    _give_up(video)
    _forget_poster(interview)
    interview.version += 1
    audit.note("video.remove", by, interview=interview.id, video=video.id)
    db.session.delete(video)


def choose_poster(video: Video, number: int) -> None:
    """One of the candidates opens the page."""
    video.interview.poster_key = f"media/{video.folder}/poster-{number}.webp"
    video.interview.version += 1


def use_own_poster(video: Video, key: str) -> None:
    """A picture of our own opens the page."""
    video.interview.poster_key = key
    video.interview.version += 1


def run_again(step: VideoStep, video: Video, *, by: Member) -> None:
    """Do a step that failed once more, and all that follows it."""
    if step.state not in ("failed", "ready") or video.state in ("working", "refused"):
        raise CannotRunAgain(step.name)
    for each in video.steps:
        if each.position >= step.position:
            each.state, each.percent, each.error = "waiting", 0, ""
            each.began_at = each.seen_at = each.ended_at = None
    video.state = "working"
    audit.note("video.again", by, video=video.id, step=step.name)


def _fresh_video(interview: Interview, at: datetime) -> Video:
    # Two files may arrive at the same time: whoever comes second waits here for the first.
    db.session.execute(
        update(Interview).where(Interview.id == interview.id).values(version=Interview.version)
    )
    video = video_of(interview)
    if video is not None:
        _give_up(video)
        _forget_poster(interview)
        db.session.delete(video)
        db.session.flush()
        interview.version += 1
    video = Video(
        interview_id=interview.id, interview=interview, folder=secrets.token_urlsafe(18), made_at=at
    )
    db.session.add(video)
    return video


def _give_up(video: Video) -> None:
    record(VideoGivenUp(video.folder, video.source_key or ""))


def _forget_poster(interview: Interview) -> None:
    interview.poster_key = None


def _member(member_id: int) -> Member | None:
    return db.session.scalar(select(Member).where(Member.id == member_id))
