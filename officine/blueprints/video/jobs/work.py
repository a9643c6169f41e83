"""Who does which step, and when: a step is claimed, done outside any transaction, and told.

A step belongs to the worker that claimed it for as long as it says, every few seconds, that it
goes on. If it falls silent another worker takes the step up from its beginning: the number of
attempts tells the two apart, so that one who comes back from the dead changes nothing any more.
Each attempt works in a folder of its own, and what it made takes its place at the end.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, current_app
from sqlalchemy import CursorResult, update
from sqlalchemy.exc import DBAPIError

from officine.blueprints.video.events import VideoStopped
from officine.blueprints.video.queries import can_be_claimed
from officine.core import ffmpeg, storage
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import record
from officine.lib.ladder import Rung, rungs_for
from officine.models import Upload, Video, VideoStep

log = structlog.get_logger(__name__)

TELL_SECONDS = 3.0
MOST_ATTEMPTS = 5
"""A step whose workers died so often is left to an editor."""


class Refused(Exception):
    """The file is no video that we take. Its message is the word for the reason."""


@dataclass
class Work:
    """One attempt at one step: what is known of the video, and a folder to work in."""

    step_id: int
    attempt: int
    name: str
    video_id: int
    folder: str
    source_key: str
    upload_size: int
    duration_ms: int
    width: int
    height: int
    has_sound: bool
    container: str
    rate: Fraction
    place: Path
    shared: Path
    changes: dict[str, Any] = field(default_factory=dict)
    """What the step found out about the video."""
    more_steps: list[str] = field(default_factory=list)
    """Which steps follow, once it is known."""
    light: str | None = None
    percent: int = 0
    lost: bool = False

    @property
    def rungs(self) -> list[Rung]:
        """The sizes that are made of it."""
        return rungs_for(self.width, self.height)

    @property
    def seconds(self) -> float:
        """How long a step may take."""
        return 900 + 20 * self.duration_ms / 1000

    def tool(self, name: str) -> Path:
        """ffmpeg or ffprobe."""
        return ffmpeg.find(name, current_app.extensions["officine.settings"].ffmpeg)

    def key(self, name: str) -> str:
        """Under which key something that is made of the video is kept."""
        return f"media/{self.folder}/{name}"

    def tell(self, percent: int) -> None:
        """Note how far it is. Raises Stopped if the step has become somebody else’s."""
        self.percent = percent
        if self.lost:
            raise ffmpeg.Stopped(self.name)

    def encode(self, *words: Any, first: int = 0, last: int = 100) -> str:
        """Let ffmpeg work; its progress counts from one percent of the step to another."""
        return ffmpeg.encode(
            self.tool("ffmpeg"),
            list(words),
            length_ms=self.duration_ms,
            seconds=self.seconds,
            told=lambda percent: self.tell(first + percent * (last - first) // 100),
            folder=self.place,
        )

    def fetched(self, key: str) -> Path:
        """A file of the store as one on this machine’s disk."""
        here = storage.local_path(key)
        if here is not None:
            return here
        here = self.shared / key.replace("/", "_")
        if not here.exists():
            arriving = self.place / "arriving"
            found = storage.look(key)
            with arriving.open("wb") as file:
                for piece in storage.pieces(key, 0, found.size if found else 0):
                    file.write(piece)
                    self.tell(0)
            arriving.rename(here)
        return here

    @property
    def source(self) -> Path:
        """The file as it was uploaded."""
        return self.fetched(self.source_key)

    def keep(self, path: Path, name: str) -> None:
        """What was made takes its place."""
        storage.put_file(self.key(name), path)


@contextmanager
def alive(work: Work) -> Iterator[None]:
    """Say every few seconds that the step goes on and how far it is, whatever it waits for."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(TELL_SECONDS):
            with app.app_context():
                try:
                    say_alive(work)
                except DBAPIError:
                    log.warning("step could not say that it goes on", step=work.name)

    heart = threading.Thread(target=beat, name=f"alive-{work.name}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()


def say_alive(work: Work) -> None:
    """Say once that the step goes on, and find out whether it still is ours."""
    work.lost = work.lost or not change_step(work, percent=work.percent, seen_at=now())
    db.session.commit()


def claim(step_id: int) -> Work | None:
    """Take a step, unless another worker was quicker."""
    moment = now()
    before = db.session.get(VideoStep, step_id, populate_existing=True)
    if before and before.state == "working" and before.attempts >= MOST_ATTEMPTS:
        _leave_to_editor(before)
        return None
    taken: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(VideoStep)
        .where(VideoStep.id == step_id, can_be_claimed(moment))
        .values(
            state="working", attempts=VideoStep.attempts + 1, percent=0, error="",
            began_at=moment, seen_at=moment, ended_at=None,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if taken.rowcount != 1:
        db.session.rollback()
        return None
    step = db.session.get_one(VideoStep, step_id, populate_existing=True)
    video = db.session.get_one(Video, step.video_id, populate_existing=True)
    video.state = "working"
    upload_id = (video.source_key or "").removeprefix("uploads/")
    upload = db.session.get(Upload, upload_id)
    shared = workshop() / video.folder
    work = Work(
        step_id=step.id,
        attempt=step.attempts,
        name=step.name,
        video_id=video.id,
        folder=video.folder,
        source_key=video.source_key or "",
        upload_size=upload.size if upload else 0,
        duration_ms=video.duration_ms or 0,
        width=video.width or 0,
        height=video.height or 0,
        has_sound=video.has_sound,
        container=video.container or "",
        rate=Fraction(video.rate or "25"),
        light=video.light,
        place=shared / f"{step.name}-{step.attempts}",
        shared=shared,
    )
    db.session.commit()
    return work


def _leave_to_editor(step: VideoStep) -> None:
    """Whoever does this step dies of it: doing it once more would help nobody."""
    step.state, step.error, step.ended_at = "failed", "workers-died", now()
    record(VideoStopped(step.id, step.attempts))
    db.session.get_one(Video, step.video_id).state = "failed"
    db.session.commit()


def change_step(work: Work, **values: Any) -> bool:
    """Change the row of a step, if the step is still ours."""
    changed: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(VideoStep)
        .where(
            VideoStep.id == work.step_id,
            VideoStep.attempts == work.attempt,
            VideoStep.state == "working",
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount == 1


def workshop() -> Path:
    """Where films are worked on: a folder of the data folder, emptied as steps end."""
    return Path(current_app.extensions["officine.settings"].data_dir) / "work" / "video"
