"""What the worker makes of a film."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any

import psutil
import pytest
from flask import Flask
from obstore.store import MemoryStore
from sqlalchemy import select

from officine.blueprints.video import queries
from officine.blueprints.video.commands.videos import run_again
from officine.blueprints.video.jobs.line import look_for_work, perform
from officine.blueprints.video.jobs.work import MOST_ATTEMPTS, claim
from officine.core import ffmpeg, outbox, storage
from officine.core.clock import now
from officine.core.config import Settings
from officine.core.db import db, reading
from officine.models import Interview, Video, VideoStep
from tests.video.conftest import Films, Sender
from tests.world import World

Worked = Callable[..., Video]

PLAYER_NEEDS = {
    "audio.m4a", "plain.mp4", "master.m3u8", "thumbs-1.webp", "thumbs.vtt",
    "360/index.m3u8", "360/video.mp4", "240/index.m3u8", "240/video.mp4",
    *(f"poster-{number}.webp" for number in range(1, 6)),
}  # fmt: skip


def probed(video: Video, name: str) -> dict[str, Any]:
    """What ffprobe says of something that was made."""
    path = storage.local_path(f"media/{video.folder}/{name}")
    told = subprocess.run(
        [ffmpeg.find("ffprobe"), "-v", "error", "-show_streams", "-show_format", "-select_streams",
         "v" if "m4a" not in name else "a", "-show_entries",
         "packet=pts_time,flags:stream:format", "-of", "json", str(path)],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    return dict(json.loads(told.stdout))


def keyframes(video: Video, name: str) -> list[float]:
    """When whole pictures stand."""
    packets = probed(video, name)["packets"]
    return [round(float(each["pts_time"]), 2) for each in packets if "K" in each["flags"]]


def made(video: Video) -> dict[str, str]:
    """What was made, each with the mark of its bytes."""
    folder = f"media/{video.folder}/"
    return {
        key.removeprefix(folder): sha256(storage.get(key) or b"").hexdigest()
        for key in storage.keys_under(folder)
    }


def test_a_film_becomes_all_that_a_player_needs(worked: Worked, films: Films) -> None:
    video = worked(films.plain)

    assert (video.state, video.width, video.height, video.has_sound) == ("ready", 480, 360, True)
    assert [(step.name, step.state, step.percent) for step in video.steps] == [
        (name, "ready", 100)
        for name in ("probe", "audio", "mp4", "hls-360", "hls-240", "playlist", "posters", "thumbs")
    ]
    assert set(made(video)) == PLAYER_NEEDS
    assert video.interview.poster_key == f"media/{video.folder}/poster-3.webp"
    assert float(probed(video, "plain.mp4")["format"]["duration"]) == pytest.approx(5, abs=0.1)

    # A player may change size at any cut.
    whole = keyframes(video, "360/video.mp4")
    assert whole == keyframes(video, "240/video.mp4")
    assert [round(after - before, 2) for before, after in pairwise(whole)] == [2, 2]
    master = (storage.get(f"media/{video.folder}/master.m3u8") or b"").decode()
    assert "RESOLUTION=480x360" in master and "RESOLUTION=320x240" in master
    assert 'CODECS="avc1.64' in master and "mp4a.40.2" in master
    track = (storage.get(f"media/{video.folder}/thumbs.vtt") or b"").decode()
    assert "00:00:00.000 --> 00:00:02.000\nthumbs-1.webp#xywh=0,0,160,120" in track
    assert "00:00:04.000 --> 00:00:05.0" in track


def test_sound_is_brought_to_one_loudness(worked: Worked, films: Films) -> None:
    video = worked(films.plain, until="audio")

    path = storage.local_path(f"media/{video.folder}/audio.m4a")
    said = subprocess.run(
        [films.ffmpeg, "-hide_banner", "-i", str(path), "-af", "ebur128", "-f", "null", "-"],
        capture_output=True, text=True, check=True,
    ).stderr  # fmt: skip
    loudness = float(said.rpartition("I:")[2].split("LUFS")[0])
    assert loudness == pytest.approx(-16, abs=1)


@pytest.mark.parametrize(
    ("name", "size", "sound"),
    [
        ("upright", (240, 320), False),
        ("vertical", (240, 426), True),
        ("webm", (160, 120), True),
        ("uneven", (160, 120), False),
    ],
)
def test_films_of_every_kind_become_a_plain_one(
    worked: Worked, films: Films, name: str, size: tuple[int, int], sound: bool
) -> None:
    video = worked(getattr(films, name), until="mp4")

    assert video.state == "working"
    assert (video.width, video.height, video.has_sound) == (*size, sound)
    told = probed(video, "plain.mp4")
    [film] = [each for each in told["streams"] if each["codec_type"] == "video"]
    assert (film["codec_name"], film["width"], film["height"]) == ("h264", *size)
    assert "side_data_list" not in film
    times = sorted(float(each["pts_time"]) for each in told["packets"])
    steps = {round(after - before, 3) for before, after in pairwise(times)}
    assert len(steps) <= 2 and max(steps) - min(steps) < 0.002, "the frame rate is not constant"


def test_a_film_without_sound_is_played_without_any(worked: Worked, films: Films) -> None:
    video = worked(films.silent)

    assert (video.state, video.has_sound) == ("ready", False)
    assert "audio.m4a" not in made(video)
    assert "mp4a" not in (storage.get(f"media/{video.folder}/master.m3u8") or b"").decode()


def test_a_killed_worker_makes_no_difference(
    app: Flask, settings: Settings, sender: Sender, interview: Interview, films: Films,
    settle: Callable[[], None],
) -> None:  # fmt: skip
    sender.send(films.tiny.read_bytes())
    outbox.settle_events()
    app.extensions["officine.queue"].flush()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(settings.data_dir), settings.database_url]
    )
    try:
        step_id = _wait_for("mp4", worker)
    finally:
        worker.kill()
        worker.wait()
    assert _programs_at(settings) == []

    # Nobody takes it up while it may be alive; afterwards somebody does.
    assert queries.due_steps(now()) == []
    db.session.rollback()
    step = db.session.get_one(VideoStep, step_id)
    assert step.state == "working"
    step.seen_at = now() - queries.QUIET - timedelta(seconds=1)
    db.session.commit()
    look_for_work()
    settle()

    db.session.expire_all()
    video = queries.video_of(interview)
    assert video is not None and video.state == "ready"
    assert {each.name: each.attempts for each in video.steps}["mp4"] == 2
    after_death = made(video)
    assert {"audio.m4a", "plain.mp4", "120/video.mp4", "master.m3u8"} < set(after_death)

    run_again(video.steps[1], video, by=interview.owner)
    db.session.commit()
    look_for_work()
    assert made(video) == after_death
    assert not (settings.data_dir / "work" / "video" / video.folder).exists()


WORKER = """
import sys
from officine.app import create_app
from officine.blueprints.video.jobs.line import work_through
from officine.core.config import Settings
app = create_app(Settings(
    data_dir=sys.argv[1], database_url=sys.argv[2], jobs_url="memory:", search_url="memory:",
    secret_key="only-for-tests-" * 4, log_level="error",
))
with app.app_context():
    work_through()
"""


def _wait_for(name: str, worker: "subprocess.Popen[bytes]") -> int:
    for _ in range(3000):
        found = select(VideoStep).where(VideoStep.name == name, VideoStep.state == "working")
        # Without keeping the worker from writing.
        with reading():
            step_id = db.session.scalar(found.with_only_columns(VideoStep.id))
        if step_id is not None:
            return int(step_id)
        assert worker.poll() is None, "the worker was too quick"
        time.sleep(0.02)
    states = db.session.execute(select(VideoStep.name, VideoStep.state)).all()
    raise AssertionError(f"the worker did not come so far: {states}")


def _programs_at(settings: Settings) -> list[str]:
    """What still works on films of this site, once the leash has had time to be noticed."""
    alive: list[str] = []
    for _ in range(30):
        alive = [
            each.info["name"]
            for each in psutil.process_iter(["name", "cmdline"])
            if each.info["name"].startswith("ffmpeg")
            and any(str(settings.data_dir) in word for word in each.info["cmdline"] or ())
        ]
        if not alive:
            break
        time.sleep(0.1)
    return alive


def test_two_workers_never_do_one_step(app: Flask, sender: Sender, films: Films) -> None:
    sender.send(films.tiny.read_bytes())
    outbox.settle_events()
    [step_id] = queries.due_steps(now())

    first = claim(step_id)
    assert first is not None and claim(step_id) is None

    # One who comes back after the step became somebody else’s changes nothing.
    step = db.session.get_one(VideoStep, step_id)
    step.seen_at = now() - timedelta(hours=1)
    db.session.commit()
    second = claim(step_id)
    assert second is not None and second.attempt == 2
    with pytest.raises(ffmpeg.Stopped):
        first.tell(50)
    perform(first)
    assert db.session.get_one(VideoStep, step_id, populate_existing=True).state == "working"
    app.extensions["officine.queue"].flush()


def test_a_step_that_kills_its_workers_is_left_to_an_editor(
    app: Flask, sender: Sender, interview: Interview, films: Films
) -> None:
    sender.send(films.tiny.read_bytes())
    outbox.settle_events()
    app.extensions["officine.queue"].flush()
    [step] = db.session.scalars(select(VideoStep)).all()
    step.state, step.attempts = "working", MOST_ATTEMPTS
    step.seen_at = now() - timedelta(hours=1)
    db.session.commit()

    look_for_work()

    db.session.expire_all()
    assert (step.state, step.error) == ("failed", "workers-died")
    assert db.session.get_one(Video, step.video_id).state == "failed"


def test_what_fails_is_told_and_keeps_what_was_made(
    app: Flask, worked: Worked, films: Films, settle: Callable[[], None], world: World
) -> None:
    video = worked(films.tiny, until="audio")
    path = storage.local_path(video.source_key or "")
    assert path is not None
    film = path.read_bytes()
    path.write_bytes(b"somebody broke it")

    look_for_work()
    db.session.expire_all()
    steps = {step.name: step for step in video.steps}
    assert (video.state, steps["mp4"].state, steps["audio"].state) == ("failed", "failed", "ready")
    assert str(app.extensions["officine.settings"].data_dir) not in steps["mp4"].error

    path.write_bytes(film)
    run_again(steps["mp4"], video, by=world.giulia)
    db.session.commit()
    look_for_work()
    settle()
    db.session.expire_all()
    assert video.state == "ready"


def test_a_film_is_made_where_files_lie_on_no_disk(
    app: Flask, worked: Worked, films: Films
) -> None:
    on_disk = app.extensions["officine.files"]
    app.extensions["officine.files"] = MemoryStore()
    try:
        video = worked(films.silent)
        assert video.state == "ready"
        assert {"plain.mp4", "120/video.mp4", "master.m3u8", "thumbs.vtt"} < set(made(video))
        assert storage.get(video.source_key or "") == films.silent.read_bytes()
        assert storage.keys_under("uploads") == []
    finally:
        app.extensions["officine.files"] = on_disk
