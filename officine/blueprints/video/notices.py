"""Who hears of the work on a video: whoever looks after the interview, once each."""

from officine.blueprints.video.events import VideoReady, VideoStopped
from officine.core.clock import now
from officine.core.db import db
from officine.models import Video, VideoStep
from officine.models.notification import notify


def tell_owner_it_is_ready(event: VideoReady) -> None:
    """It can be watched."""
    video = db.session.get(Video, event.video_id)
    if video is not None:
        _tell(video, "video-ready", f"video-ready:{video.id}")


def tell_owner_it_stopped(event: VideoStopped) -> None:
    """It was refused, or a step of the work on it failed."""
    step = db.session.get(VideoStep, event.step_id)
    video = db.session.get(Video, step.video_id) if step else None
    if video is not None and video.state in ("refused", "failed"):
        _tell(video, f"video-{video.state}", f"video-stopped:{event.step_id}:{event.attempt}")


def _tell(video: Video, kind: str, cause: str) -> None:
    interview = video.of
    notify(interview.owner, kind=kind, cause=cause, at=now(), interview_id=interview.id)
