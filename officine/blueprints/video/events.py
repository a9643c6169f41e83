"""What happens to the video of an interview."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class UploadFinished(Event):
    """All of a file has arrived."""

    upload_id: str


@dataclass(frozen=True)
class VideoReady(Event):
    """Everything was made of a video, and it can be shown."""

    video_id: int


@dataclass(frozen=True)
class VideoStopped(Event):
    """A file was refused, or a step of the work on it failed."""

    step_id: int
    attempt: int
    """Which try it was: a step that is run again may fail again."""


@dataclass(frozen=True)
class VideoGivenUp(Event):
    """A video was replaced or taken away: its files are nobody’s."""

    folder: str
    source_key: str
