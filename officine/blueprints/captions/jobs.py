"""Letting a program on this machine write first captions.

The program is the operator’s choice. It gets the sound of the video in a folder of its own, never
passes through a shell, is stopped when its time is over, and ends with the worker that started it.
"""

import shlex
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import select

from officine.blueprints.captions import commands
from officine.blueprints.captions.events import DraftAsked
from officine.core import ffmpeg, storage
from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import jobs
from officine.lib.captions import Reading, read_captions
from officine.models import CaptionDraft, Interview, Video

log = structlog.get_logger(__name__)

LONGEST_OUTPUT = 8 * 1024 * 1024


class Unusable(Exception):
    """There is no draft; the word says why."""

    def __init__(self, word: str, detail: str = "") -> None:
        super().__init__(word)
        self.word, self.detail = word, detail


def draft_asked(_event: DraftAsked) -> None:
    """Begin at once."""
    jobs.later(write_drafts)


@jobs.every(minute="*")
def make_up_for_lost_drafts() -> None:
    """A draft whose worker was killed is begun again."""
    waits = select(CaptionDraft.id).where(CaptionDraft.state.in_(("waiting", "working"))).limit(1)
    if db.session.scalar(waits):
        jobs.later(write_drafts)


@jobs.job
def write_drafts() -> None:
    """Write the drafts that wait, one after the other."""
    while draft := commands.begin_draft(at=now()):
        _write(draft)


def _write(draft: CaptionDraft) -> None:
    attempt = draft.attempts
    try:
        reading = _listen(draft, attempt)
    except Unusable as error:
        if commands.draft_goes_on(draft, attempt, at=now()):
            log.warning("no draft of captions", draft_id=draft.id, reason=error.word)
            commands.draft_failed(draft, error.word, error.detail, at=now())
            db.session.commit()
        return
    except Lost:
        return
    if commands.draft_goes_on(draft, attempt, at=now()):
        commands.keep_draft(draft, reading, at=now())
        db.session.commit()


class Lost(Exception):
    """Another worker has taken the draft up."""


def _listen(draft: CaptionDraft, attempt: int) -> Reading:
    interview = db.session.get_one(Interview, draft.interview_id)
    language = interview.language
    sound = _sound_of(interview)
    db.session.commit()

    def beat() -> None:
        if not commands.draft_goes_on(draft, attempt, at=now()):
            raise Lost

    with tempfile.TemporaryDirectory(prefix="officine-draft-") as name:
        folder = Path(name)
        (folder / "audio.m4a").write_bytes(sound)
        output = _run(folder, language, beat)
        data = _written(folder, output)
    reading = read_captions(data)
    if reading.problems or not reading.captions:
        first = reading.problems[0]
        raise Unusable("output", f"{first.line}: {first.key} {first.value}")
    return reading


def _sound_of(interview: Interview) -> bytes:
    video = db.session.scalar(select(Video).where(Video.interview_id == interview.id))
    sound = storage.get(f"media/{video.folder}/audio.m4a") if video else None
    if sound is None:
        raise Unusable("audio")
    return sound


def _run(folder: Path, language: str, beat: Callable[[], None]) -> str:
    settings = current_app.extensions["officine.settings"]
    names = {"{audio}": str(folder / "audio.m4a"), "{language}": language}
    words = shlex.split(settings.transcribe_command or "")
    if any("{wav}" in word for word in words):
        names["{wav}"] = str(_as_wav(folder, beat))
    command = []
    for word in words:
        for name, value in names.items():
            word = word.replace(name, value)
        command.append(word)
    if not command or shutil.which(command[0]) is None:
        raise Unusable("missing", words[0] if words else "")
    return _bounded(command, settings.transcribe_minutes * 60, folder, beat)


def _as_wav(folder: Path, beat: Callable[[], None]) -> Path:
    """The sound as most programs of this kind want it: 16 000 samples a second, one channel."""
    words = [
        ffmpeg.find("ffmpeg"), "-nostdin", "-loglevel", "error", "-y",
        *ffmpeg.reading(folder / "audio.m4a", "mov"),
        "-ac", "1", "-ar", "16000", str(folder / "audio.wav"),
    ]  # fmt: skip
    _bounded(words, 3600, folder, beat)
    return folder / "audio.wav"


def _bounded(command: list[Any], seconds: int, folder: Path, beat: Callable[[], None]) -> str:
    try:
        return ffmpeg.run(command, seconds=seconds, beat=beat, folder=folder)
    except ffmpeg.TookTooLong as error:
        raise Unusable("time", str(error)) from None
    except (ffmpeg.FFmpegMissing, FileNotFoundError, PermissionError) as error:
        raise Unusable("missing", str(error)) from None
    except ffmpeg.FFmpegFailed as error:
        raise Unusable("command", str(error)) from None


def _written(folder: Path, output: str) -> bytes:
    """What the program gave: a file of captions beside the sound, or its output."""
    files = [each for each in folder.iterdir() if each.suffix in (".vtt", ".srt")]
    if files:
        newest = max(files, key=lambda each: each.stat().st_mtime)
        with newest.open("rb") as file:
            return file.read(LONGEST_OUTPUT)
    return output.encode()
