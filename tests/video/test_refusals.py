"""What is no film that we take is refused with its reason, and reads nothing on its way."""

import socket
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from officine.core import ffmpeg, storage
from officine.models import Video
from tests.video.conftest import H264, Films, picture, tone

Worked = Callable[..., Video]

SECRET = "the secret of the house"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of this machine that nobody may read."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


def refused(video: Video) -> str:
    """Why it was refused; nothing is left of it."""
    assert video.state == "refused" and video.steps[0].state == "refused"
    assert storage.keys_under(f"media/{video.folder}") == []
    assert video.source_key is None
    return video.why_refused


def tricks(secret: Path, port: int) -> dict[str, bytes]:
    """Texts that make a careless FFmpeg read files of its machine, or ask hosts."""
    host = f"http://127.0.0.1:{port}/film.ts"
    playlist = (
        f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:5,\nfile://{secret}\n#EXTINF:5,\n{host}\n"
        "#EXT-X-ENDLIST\n"
    )
    return {
        "concat": f"ffconcat version 1.0\nfile '{secret}'\nfile '{host}'\n".encode(),
        "playlist": playlist.encode(),
        "part of a file": f"#EXTM3U\n#EXTINF:1,\nsubfile,,start,0,end,99,,:{secret}\n".encode(),
        "concat protocol": f"#EXTM3U\n#EXTINF:1,\nconcat:{secret}|{host}\n".encode(),
        "session": f"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video {port}\n".encode(),
        "dash": f"<?xml version='1.0'?><MPD><BaseURL>{host}</BaseURL></MPD>".encode(),
        "disguised": b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41" + playlist.encode(),
        "subtitles": b"RIFF\x00\x10\x00\x00AVI LIST" + playlist.encode(),
    }


@pytest.mark.parametrize(
    "trick",
    [
        "concat",
        "playlist",
        "part of a file",
        "concat protocol",
        "session",
        "dash",
        "disguised",
        "subtitles",
    ],
)
def test_a_file_that_names_others_is_refused(worked: Worked, secret: Path, trick: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.05)
        port = listener.getsockname()[1]

        video = worked(tricks(secret, port)[trick])

        assert refused(video) in ("not-video", "truncated", "broken")
        assert SECRET not in video.steps[0].error
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize("kind", ["mov", "matroska", "mpegts"])
def test_ffmpeg_itself_reads_nothing_else(films: Films, secret: Path, kind: str) -> None:
    """Even if such a file came past the door."""
    for name, data in tricks(secret, 9).items():
        path = secret.with_name(f"{name}.mp4")
        path.write_bytes(data)
        try:
            told = str(ffmpeg.probe(ffmpeg.find("ffprobe"), path, kind))
        except ffmpeg.FFmpegFailed as error:
            told = str(error)
        assert SECRET not in told and "secret.txt" not in told
        assert "streams': [{" not in told


def test_a_film_that_keeps_its_pictures_in_another_file_is_refused(
    worked: Worked, films: Films, tmp_path: Path
) -> None:
    """QuickTime lets a track point to a file by its path: that of a colleague’s film, say."""
    elsewhere = tmp_path / "theirs.mp4"
    elsewhere.write_bytes(films.silent.read_bytes())
    pointing = pointing_to(elsewhere, films.silent.read_bytes())

    # One that is careless would show it.
    here = tmp_path / "pointing.mov"
    here.write_bytes(pointing)
    words = ["-enable_drefs", "1", "-use_absolute_path", "1", "-show_entries", "stream=pix_fmt"]
    told = subprocess.run(
        [ffmpeg.find("ffprobe"), "-v", "error", *words, here], capture_output=True, check=True
    ).stdout
    assert b"yuv420p" in told

    assert refused(worked(pointing)) == "broken"


def pointing_to(path: Path, film: bytes) -> bytes:
    """The film with each track’s data reference an alias of a file by its absolute path."""
    name, place = path.name.encode(), str(path).encode()
    alias = bytes(10) + bytes([4]) + b"disk".ljust(27, b"\0") + bytes(12)
    alias += bytes([len(name)]) + name.ljust(63, b"\0") + bytes(36)
    for kind in (2, 18):
        alias += struct.pack(">hH", kind, len(place)) + place + bytes(len(place) % 2)
    alias += struct.pack(">hH", -1, 0)
    entry = struct.pack(">I4sI", 12 + len(alias), b"alis", 0) + alias
    references = struct.pack(">I4sII", 16 + len(entry), b"dref", 0, 1) + entry

    def rebuilt(boxes: bytes) -> bytes:
        whole, at = b"", 0
        while at < len(boxes):
            size, kind = int.from_bytes(boxes[at : at + 4]), boxes[at + 4 : at + 8]
            box = boxes[at : at + size]
            if kind == b"dref":
                box = references
            elif kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
                inside = rebuilt(box[8:])
                box = struct.pack(">I4s", 8 + len(inside), kind) + inside
            whole, at = whole + box, at + size
        return whole

    return rebuilt(film)


def test_a_text_is_no_film(worked: Worked) -> None:
    assert refused(worked(b"Gentile redazione, ecco il video.\n" * 100)) == "not-video"


def test_a_picture_is_no_film(worked: Worked) -> None:
    assert refused(worked(b"\x89PNG\r\n\x1a\n" + bytes(600))) == "not-video"


def test_nothing_is_no_film(worked: Worked) -> None:
    assert refused(worked(b"")) == "empty"


def test_a_film_whose_end_is_missing_is_refused(worked: Worked, films: Films) -> None:
    early = films.made("early.mp4", *picture(1, "160x120"), *H264, "-movflags", "+faststart")
    for film in (films.tiny, early, films.webm):
        data = film.read_bytes()
        assert refused(worked(data[: len(data) * 2 // 3], film.name)) == "truncated"


def test_sound_alone_is_refused(worked: Worked, films: Films) -> None:
    assert refused(worked(films.made("sound.m4a", *tone(1), "-c:a", "aac"))) == "no-picture"


def test_a_film_of_noise_is_refused(worked: Worked, films: Films) -> None:
    data = bytearray(films.silent.read_bytes())
    start = data.index(b"mdat") + 4
    end = data.index(b"moov") - 4
    data[start:end] = bytes(end - start)
    assert refused(worked(bytes(data))) == "broken"
