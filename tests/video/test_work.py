"""What the worker makes of a film."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from officine.core import ffmpeg, storage
from officine.models import Video
from tests.video.conftest import Films

Worked = Callable[..., Video]


def probed(video: Video, name: str) -> dict[str, Any]:
    """What ffprobe says of something that was made."""
    path = storage.local_path(f"media/{video.folder}/{name}")
    assert path is not None
    told = subprocess.run(
        [ffmpeg.find("ffprobe"), "-v", "error", "-show_format", "-show_streams", "-show_frames",
         "-show_entries", "frame=key_frame,pts_time,media_type:stream:format", "-of", "json", path],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    return dict(json.loads(told.stdout))


def stream(told: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(each for each in told["streams"] if each["codec_type"] == kind)


def made(video: Video) -> set[str]:
    return {
        key.partition(f"{video.folder}/")[2] for key in storage.keys_under(f"media/{video.folder}")
    }


def test_a_film_becomes_all_that_a_player_needs(worked: Worked, films: Films) -> None:
    video = worked(films.plain)

    assert (video.state, video.width, video.height, video.has_sound) == ("ready", 320, 240, True)
    assert [(step.name, step.state, step.percent) for step in video.steps] == [
        (name, "ready", 100)
        for name in ("probe", "audio", "mp4", "hls-240", "playlist", "posters", "thumbs")
    ]
    assert made(video) == {
        "audio.m4a", "plain.mp4", "240/index.m3u8", "240/video.mp4", "master.m3u8",
        *(f"poster-{number}.webp" for number in range(1, 6)), "thumbs-1.webp", "thumbs.vtt",
    }  # fmt: skip
    master = (storage.get(f"media/{video.folder}/master.m3u8") or b"").decode()
    assert "RESOLUTION=320x240" in master and 'CODECS="avc1.64' in master and "mp4a.40.2" in master
    assert video.interview.poster_key == f"media/{video.folder}/poster-3.webp"
    plain = probed(video, "plain.mp4")
    assert stream(plain, "video")["codec_name"] == "h264"
    assert stream(plain, "audio")["codec_name"] == "aac"
    assert float(plain["format"]["duration"]) == pytest.approx(3, abs=0.1)
