"""What editors do with the video of an interview."""

import secrets
from datetime import datetime

from sqlalchemy import select

from officine.blueprints.video.events import VideoGivenUp
from officine.blueprints.video.queries import next_video_of, video_of
from officine.core import audit, storage
from officine.core.db import db
from officine.core.locks import lock_id
from officine.core.outbox import record
from officine.lib.outside_video import OutsideVideo
from officine.models import Interview, Member, Upload, Video, VideoStep

FIRST_STEP = "probe"


class CannotRunAgain(Exception):
    """Only a video whose work failed is worked on again: one that is shown stays as it is."""


def begin_video(upload: Upload, *, at: datetime) -> Video:
    """A file has arrived: it is worked on. What is shown meanwhile stays until it is ready."""
    interview = _alone(upload.interview_id)
    _give_up(next_video_of(interview))
    shown = video_of(interview)
    video = _fresh_video(at)
    if shown is None or shown.state != "ready":
        _give_up(shown)
        video.interview = interview
    else:
        video.next_for = interview
    video.filename = upload.filename
    video.source_key = f"uploads/{upload.id}"
    video.steps.append(VideoStep(position=0, name=FIRST_STEP))
    db.session.add(video)
    db.session.flush()
    audit.note("video.upload", _member(upload.by_id), interview=interview.id, video=video.id)
    return video


def choose_outside(
    interview: Interview, outside: OutsideVideo, *, by: Member, at: datetime
) -> Video:
    """The film lies elsewhere; here stands its address. It is shown at once."""
    interview = _alone(interview.id)
    _give_up(next_video_of(interview))
    before = video_of(interview)
    video = _fresh_video(at)
    video.outside, video.outside_url = outside.service, outside.url
    video.state = "ready"
    take_place(video, interview, before)
    audit.note("video.outside", by, interview=interview.id, video=video.id)
    return video


def take_place(video: Video, interview: Interview, before: Video | None) -> None:
    """From now on the interview shows this video. A picture that was made of the one before goes
    with it; one that somebody chose themselves stays.
    """
    key = interview.poster_key
    own = storage.get(key) if key and before and not is_candidate(key, before) else None
    _give_up(before)
    video.interview, video.next_for = interview, None
    db.session.add(video)
    db.session.flush()
    if own and key:
        interview.poster_key = f"media/{video.folder}/{key.rpartition('/')[2]}"
        storage.put(interview.poster_key, own)
    if not interview.poster_key and video.posters:
        interview.poster_key = candidate_key(video, (video.posters + 1) // 2)
    interview.version += 1


def take_away(video: Video, *, by: Member) -> None:
    """The interview has this video no more. If it was shown, the next one stands in its place."""
    interview = video.of
    was_shown = video.interview is not None
    audit.note("video.remove", by, interview=interview.id, video=video.id)
    _give_up(video)
    if not was_shown:
        return
    interview.version += 1
    if following := next_video_of(interview):
        following.interview, following.next_for = interview, None


def is_candidate(key: str, video: Video) -> bool:
    """Whether a picture is one of those that were made of a video."""
    return key in {candidate_key(video, number) for number in range(1, video.posters + 1)}


def candidate_key(video: Video, number: int) -> str:
    """Where the picture with a number is kept that was made of a video."""
    return f"media/{video.folder}/poster-{number}.webp"


def choose_poster(video: Video, number: int) -> None:
    """One of the candidates opens the page."""
    video.of.poster_key = candidate_key(video, number)
    video.of.version += 1


def use_own_poster(video: Video, key: str) -> None:
    """A picture of our own opens the page."""
    video.of.poster_key = key
    video.of.version += 1


def run_again(step: VideoStep, video: Video, *, by: Member) -> None:
    """Do a step of a video that failed once more, and all that follows it."""
    if step.state not in ("failed", "ready") or video.state != "failed":
        raise CannotRunAgain(step.name)
    for each in video.steps:
        if each.position >= step.position:
            each.state, each.percent, each.error = "waiting", 0, ""
            each.began_at = each.seen_at = each.ended_at = None
    video.state = "working"
    audit.note("video.again", by, video=video.id, step=step.name)


def _alone(interview_id: int) -> Interview:
    """The interview. Two files may arrive at the same time: who comes second waits here."""
    interview = lock_id(Interview, interview_id)
    assert interview is not None
    return interview


def _fresh_video(at: datetime) -> Video:
    return Video(folder=secrets.token_urlsafe(18), made_at=at, posters=0)


def _give_up(video: Video | None) -> None:
    if video is None:
        return
    interview = video.of
    if (interview.poster_key or "").startswith(f"media/{video.folder}/"):
        interview.poster_key = None
    record(VideoGivenUp(video.folder, video.source_key or ""))
    db.session.delete(video)
    db.session.flush()


def _member(member_id: int) -> Member | None:
    return db.session.scalar(select(Member).where(Member.id == member_id))
