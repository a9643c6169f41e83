"""What the worker makes of a film."""

import json
import multiprocessing
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from multiprocessing.process import BaseProcess
from typing import Any

import psutil
import pytest
from flask import Flask
from sqlalchemy import select

from officine.blueprints.video import queries
from officine.blueprints.video.commands.videos import run_again, take_away
from officine.blueprints.video.jobs.line import look_for_work, perform, work_through
from officine.blueprints.video.jobs.work import MOST_ATTEMPTS, alive, claim, say_alive
from officine.core import ffmpeg, outbox, storage
from officine.core.clock import now
from officine.core.config import Settings
from officine.core.db import db
from officine.models import Interview, Video, VideoStep
from tests.video.conftest import Bucket, Films, Sender, work_until
from tests.visits import Visit
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
    films.undisturbed = made(video)
    assert set(films.undisturbed) == PLAYER_NEEDS
    assert video.of.poster_key == f"media/{video.folder}/poster-3.webp"
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


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_killed_worker_makes_no_difference(
    app: Flask, settings: Settings, sender: Sender, worked: Worked, interview: Interview,
    films: Films, settle: Callable[[], None],
) -> None:  # fmt: skip
    video = worked(films.plain, until="hls-360")
    place = settings.data_dir / "work" / "video" / video.folder / "hls-240-1"
    db.session.rollback()  # or the worker could not write
    worker = multiprocessing.get_context("fork").Process(target=_work_slowly)
    worker.start()
    try:
        _wait_until(lambda: (place / "video.mp4").exists(), worker)
    finally:
        worker.kill()
        worker.join()
    assert _programs_at(settings) == []
    assert storage.get(f"media/{video.folder}/240/video.mp4") is None

    # Nobody takes it up while it may be alive; afterwards somebody does.
    assert queries.due_steps(now()) == [] and queries.somebody_works()
    db.session.rollback()
    step = db.session.scalars(select(VideoStep).where(VideoStep.name == "hls-240")).one()
    assert step.state == "working"
    step.seen_at = now() - queries.QUIET - timedelta(seconds=1)
    db.session.commit()
    look_for_work()
    settle()

    db.session.expire_all()
    assert video.state == "ready"
    assert {each.name: each.attempts for each in video.steps}["hls-240"] == 2
    after_death = made(video)
    assert set(after_death) == PLAYER_NEEDS
    assert not (settings.data_dir / "work" / "video" / video.folder).exists()
    assert after_death == (films.undisturbed or made(worked(films.plain)))


def _work_slowly() -> None:
    """In a process of its own: no faster than one would watch it, so that there is time to die."""
    db.session.remove()
    db.engine.dispose(close=False)
    quick = ffmpeg.reading
    ffmpeg.reading = lambda path, kind: ["-re", *quick(path, kind)]
    work_through()


def _wait_until(is_so: Callable[[], bool], worker: BaseProcess) -> None:
    for _ in range(3000):
        if is_so():
            return
        assert worker.is_alive(), "the worker was too quick"
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
    say_alive(first)
    with pytest.raises(ffmpeg.Stopped):
        first.tell(50)
    perform(first)
    assert db.session.get_one(VideoStep, step_id, populate_existing=True).state == "working"
    app.extensions["officine.queue"].flush()


def test_a_worker_says_that_it_goes_on_whatever_it_waits_for(
    app: Flask, sender: Sender, films: Films, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.send(films.tiny.read_bytes())
    outbox.settle_events()
    app.extensions["officine.queue"].flush()
    work = claim(queries.due_steps(now())[0])
    assert work is not None
    step = db.session.get_one(VideoStep, work.step_id)
    step.seen_at = now() - queries.QUIET - timedelta(seconds=1)
    db.session.commit()
    assert queries.due_steps(now()) == [work.step_id]
    db.session.rollback()

    monkeypatch.setattr("officine.blueprints.video.jobs.work.TELL_SECONDS", 0.02)
    with alive(work):
        work.tell(42)
        for _ in range(100):
            told = db.session.scalar(select(VideoStep.percent))
            db.session.rollback()  # or the thread could not write
            if told == 42:
                break
            time.sleep(0.05)

    db.session.rollback()
    assert queries.due_steps(now()) == [] and queries.somebody_works()


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
    work_until(app, "mp4")
    db.session.expire_all()
    assert (video.state, steps["mp4"].state) == ("working", "ready")


def test_a_film_without_sound_lives_in_s3_as_on_a_disk(
    app: Flask, worked: Worked, films: Films, bucket: Bucket, visit: Callable[..., Visit],
    world: World, settle: Callable[[], None],
) -> None:  # fmt: skip
    video = worked(films.silent)

    assert (video.state, video.has_sound) == ("ready", False)
    names = {"plain.mp4", "120/video.mp4", "120/index.m3u8", "master.m3u8", "thumbs.vtt"}
    assert names < set(made(video)) and "audio.m4a" not in made(video)
    assert "mp4a" not in (storage.get(f"media/{video.folder}/master.m3u8") or b"").decode()
    assert (bucket.folder / (video.source_key or "")).read_bytes() == films.silent.read_bytes()
    assert storage.keys_under("uploads") == []

    editor, url = visit(world.giulia), f"/media/{video.folder}/plain.mp4"
    whole = editor.get(url)
    part = editor.get(url, headers={"Range": "bytes=10-19", "If-Range": whole.headers["ETag"]})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    known = editor.get(url, headers={"If-None-Match": whole.headers["ETag"]})
    assert (known.status_code, editor.get(f"{url}x").status_code) == (304, 404)

    take_away(video, by=world.giulia)
    db.session.commit()
    settle()
    assert [path for path in bucket.folder.rglob("*") if path.is_file()] == []
    assert editor.get(url).status_code == 404


@pytest.mark.parametrize(("light", "name"), [("pq", "smpte2084"), ("hlg", "arib-std-b67")])
def test_a_film_of_high_dynamic_range_is_made_an_ordinary_one(
    worked: Worked, films: Films, light: str, name: str
) -> None:
    video = worked(films.bright(name), until="mp4")

    assert video.light == light
    [film] = probed(video, "plain.mp4")["streams"]
    assert film["pix_fmt"] == "yuv420p"
    assert {film[f"color_{each}"] for each in ("space", "transfer", "primaries")} == {"bt709"}
    # A white sheet is written as 58 % of PQ and 75 % of HLG; on an ordinary screen it is bright.
    path = storage.local_path(f"media/{video.folder}/plain.mp4")
    told = subprocess.run(
        [films.ffmpeg, "-v", "error", "-i", str(path), "-frames:v", "1", "-pix_fmt", "gray",
         "-f", "rawvideo", "-"], capture_output=True, check=True,
    )  # fmt: skip
    assert 224 < sum(told.stdout) / len(told.stdout) < 236
