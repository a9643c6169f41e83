"""The line that videos stand in: what arrived is noted, what waits is done, what is left tidied."""

import re
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog

from officine.blueprints.video.commands.uploads import forget_upload
from officine.blueprints.video.commands.videos import begin_video, take_place
from officine.blueprints.video.events import UploadFinished, VideoGivenUp, VideoReady, VideoStopped
from officine.blueprints.video.jobs.steps import STEPS
from officine.blueprints.video.jobs.work import Refused, Work, alive, change_step, claim, workshop
from officine.blueprints.video.queries import (
    due_steps,
    forgotten_uploads,
    somebody_works,
    video_of,
)
from officine.core import ffmpeg, storage
from officine.core.clock import now
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.core.worker import is_apart, jobs, run_apart
from officine.models import Upload, Video, VideoStep

log = structlog.get_logger(__name__)

KEPT_WORK = timedelta(days=2)
WATCH_SECONDS = 5

# Folders of this machine, which are nobody’s affair.
WHERE = re.compile(r"(?:file:)?/\S*/")


def begin(event: UploadFinished) -> None:
    """A file has arrived: note down what is to be done with it, and wake the worker."""
    upload = db.session.get(Upload, event.upload_id)
    if upload is None or upload.finished_at is None:
        return
    begin_video(upload, at=now())
    jobs.later(look_for_work)


def forget_files(event: VideoGivenUp) -> None:
    """Nobody’s files are deleted."""
    storage.delete_folder(f"media/{event.folder}")
    if event.source_key.startswith("uploads/"):
        storage.delete_folder(event.source_key)
    elif event.source_key:
        storage.delete(event.source_key)
    shutil.rmtree(workshop() / event.folder, ignore_errors=True)


@jobs.job
def look_for_work() -> None:
    """Do what waits, in a thread of its own: letters and search do not wait for films."""
    run_apart(work_and_watch)


@jobs.at_start
@jobs.every(minute="*")
def look_again() -> None:
    """Take up what was left lying by a lost nudge or a dead worker."""
    if due_steps(now()) or somebody_works():
        look_for_work()


@jobs.every(minute="20", hour="3")
def forget_what_stopped() -> None:
    """Forget uploads that nobody went on with, and what dead workers left on the disk."""
    for upload in forgotten_uploads(now()):
        forget_upload(upload)
    db.session.commit()
    oldest = time.time() - KEPT_WORK.total_seconds()
    for folder in workshop().glob("*"):
        if folder.is_dir() and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def work_and_watch() -> None:
    """Do what is due; while another worker has a step, be there in case that it falls silent."""
    work_through()
    while is_apart() and somebody_works():
        db.session.rollback()
        time.sleep(WATCH_SECONDS)
        work_through()


def work_through() -> None:
    """Do the steps that are due, one after the other, until none is."""
    while True:
        db.session.rollback()
        due = due_steps(now())
        db.session.rollback()
        work = next((claimed for step_id in due if (claimed := claim(step_id))), None)
        if work is None:
            return
        perform(work)


def perform(work: Work) -> None:
    """Do a claimed step, outside any transaction, and tell how it went."""
    # What an attempt that died left behind is not built upon.
    for left in work.shared.glob(f"{work.name}-*"):
        shutil.rmtree(left, ignore_errors=True)
    work.place.mkdir(parents=True, exist_ok=True)
    try:
        with alive(work):
            STEPS[work.name.partition("-")[0]](work)
    except ffmpeg.Stopped:
        log.info("step lost", step=work.name, video=work.video_id)
    except Refused as reason:
        _refuse(work, str(reason))
    except ffmpeg.FFmpegMissing:
        _fail(work, "no-ffmpeg")
    except ffmpeg.TookTooLong:
        _fail(work, "too-slow")
    except Exception as error:
        log.exception("step failed", step=work.name, video=work.video_id)
        _fail(work, WHERE.sub("", str(error)) or type(error).__name__)
    else:
        _finish(work)
    finally:
        db.session.rollback()
        shutil.rmtree(work.place, ignore_errors=True)


def _end(work: Work, change: Callable[[Video], None], **values: Any) -> None:
    db.session.rollback()
    video = db.session.get(Video, work.video_id, populate_existing=True)
    if video is None:
        return
    # Before its step: whoever brings another file goes the same way.
    lock_row(video.of)
    if change_step(work, ended_at=now(), **values):
        db.session.refresh(video)
        change(video)
        db.session.commit()


def _finish(work: Work) -> None:
    def change(video: Video) -> None:
        for name, value in work.changes.items():
            setattr(video, name, value)
        for each in video.steps:  # a probe that is run again finds out anew what follows
            if work.more_steps and each.position > 0:
                db.session.delete(each)
        db.session.flush()
        for position, name in enumerate(work.more_steps, start=1):
            db.session.add(VideoStep(video_id=video.id, position=position, name=name))
        db.session.flush()
        db.session.refresh(video, ["steps"])
        if all(each.state == "ready" for each in video.steps):
            _let_it_be_seen(video)

    _end(work, change, state="ready", percent=100)
    if work.source_key.startswith("uploads/") and "source_key" in work.changes:
        storage.delete_folder(work.source_key)


def _let_it_be_seen(video: Video) -> None:
    video.state = "ready"
    interview = video.of
    before = None if video.interview else video_of(interview)
    take_place(video, interview, before)
    record(VideoReady(video.id))
    shutil.rmtree(workshop() / video.folder, ignore_errors=True)


def _refuse(work: Work, reason: str) -> None:
    def change(video: Video) -> None:
        video.state, video.why_refused, video.source_key = "refused", reason, None
        record(VideoStopped(work.step_id, work.attempt))

    _end(work, change, state="refused", error=reason)
    if work.source_key.startswith("uploads/"):
        storage.delete_folder(work.source_key)
    shutil.rmtree(work.shared, ignore_errors=True)


def _fail(work: Work, error: str) -> None:
    def change(video: Video) -> None:
        video.state = "failed"
        record(VideoStopped(work.step_id, work.attempt))

    _end(work, change, state="failed", error=error[:2000])
