"""What a file really is, before anything is made of it: whether it is a film, and which."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from officine.blueprints.video.commands.uploads import piece_key
from officine.blueprints.video.jobs.work import Refused, Work
from officine.core import ffmpeg, storage
from officine.lib.containers import HEAD, is_cut_short, kind_of
from officine.lib.ladder import rate_for, rungs_for

LONGEST_MS = 6 * 3600 * 1000
LARGEST_SIDE = 8192
SMALLEST_SIDE = 16
MOST_STREAMS = 32

LIGHTS = {"smpte2084": "pq", "arib-std-b67": "hlg"}
"""What FFmpeg calls the light of films of high dynamic range, and what we call it."""


def probe(work: Work) -> None:
    """Join the pieces, and look at what they are. Raises Refused."""
    source = _joined(work)
    size = source.stat().st_size
    if not size:
        raise Refused("empty")
    with source.open("rb") as file:
        kind = kind_of(file.read(HEAD))
        if kind is None:
            raise Refused("not-video")
        if is_cut_short(file, kind, size):
            raise Refused("truncated")
    facts = _facts(work, source, kind)
    width, height = facts.pop("width"), facts.pop("height")
    work.duration_ms = facts["duration_ms"]
    _see_first_picture(work, source, kind)
    rungs = rungs_for(width, height)
    work.changes = {**facts, "container": kind, "width": width, "height": height}
    work.more_steps = [
        "audio", "mp4", *(f"hls-{rung.name}" for rung in rungs), "playlist", "posters", "thumbs",
    ]  # fmt: skip
    if work.source_key.startswith("uploads/"):
        key = f"sources/{work.folder}.{kind}"
        storage.put_file(key, source)
        work.changes["source_key"] = key


def _joined(work: Work) -> Path:
    if not work.source_key.startswith("uploads/"):
        return work.source
    joined, received = work.place / "source", 0
    with joined.open("wb") as file:
        while received < work.upload_size:
            key = piece_key(work.source_key.removeprefix("uploads/"), received)
            size = storage.write_to(key, file)
            if not size:
                raise FileNotFoundError("a piece of the upload is missing")
            received += size
            work.tell(90 * received // work.upload_size)
    return joined


def _facts(work: Work, source: Path, kind: str) -> dict[str, Any]:
    """What ffprobe says of the file, weighed."""
    try:
        told = ffmpeg.probe(work.tool("ffprobe"), source, kind)
    except ffmpeg.TookTooLong:
        raise Refused("broken") from None
    except ffmpeg.FFmpegFailed:
        raise Refused("broken") from None
    streams = told.get("streams", [])
    if len(streams) > MOST_STREAMS:
        raise Refused("too-many-streams")
    films = [
        each for each in streams
        if each.get("codec_type") == "video" and not each.get("disposition", {}).get("attached_pic")
    ]  # fmt: skip
    sounds = [each for each in streams if each.get("codec_type") == "audio"]
    if not films:
        raise Refused("no-picture" if sounds else "not-video")
    film = films[0]
    if film.get("codec_name") not in ffmpeg.VIDEO_CODECS:
        raise Refused("codec")
    if sounds and not _is_known_sound(sounds[0].get("codec_name", "")):
        raise Refused("codec")
    width, height = _shown_size(film)
    if not (min(width, height) >= SMALLEST_SIDE and max(width, height) <= LARGEST_SIDE):
        raise Refused("size")
    duration_ms = _length(work, told, source, kind)
    if duration_ms <= 0:
        raise Refused("broken")
    if duration_ms > LONGEST_MS:
        raise Refused("too-long")
    rate = rate_for(_rate(film))
    return {
        "width": width,
        "height": height,
        "duration_ms": duration_ms,
        "has_sound": bool(sounds),
        "rate": f"{rate.numerator}/{rate.denominator}",
        "light": LIGHTS.get(film.get("color_transfer", "")),
    }


def _is_known_sound(codec: str) -> bool:
    return codec in ffmpeg.AUDIO_CODECS or (codec in ffmpeg.DECODERS and codec.startswith("pcm_"))


def _shown_size(film: dict[str, Any]) -> tuple[int, int]:
    """Width and height as they are seen: turned upright, with square pixels."""
    width, height = int(film.get("width", 0)), int(film.get("height", 0))
    shape = _fraction(film.get("sample_aspect_ratio", "1:1").replace(":", "/"))
    if shape > 0:
        width = round(width * shape)
    turned = next(
        (each["rotation"] for each in film.get("side_data_list", []) if "rotation" in each),
        film.get("tags", {}).get("rotate", 0),
    )
    return (height, width) if round(float(turned)) % 180 else (width, height)


def _rate(film: dict[str, Any]) -> Fraction:
    average = _fraction(film.get("avg_frame_rate", ""))
    return average if average > 0 else _fraction(film.get("r_frame_rate", "")) or Fraction(25)


def _fraction(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def _length(work: Work, told: dict[str, Any], source: Path, kind: str) -> int:
    """How long it lasts. Recordings from a browser do not say, and are read through."""
    said = told.get("format", {}).get("duration")
    if said:
        return round(float(said) * 1000)
    last = {"us": 0}

    def listen(line: str) -> None:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isdigit():
            last["us"] = int(value)

    try:
        ffmpeg.run(
            [work.tool("ffmpeg"), "-v", "error", "-nostdin", "-progress", "pipe:1",
             *ffmpeg.reading(source, kind), "-map", "0:V:0", "-c", "copy", "-f", "null", "-"],
            seconds=900, listen=listen, beat=lambda: work.tell(95),
        )  # fmt: skip
    except ffmpeg.FFmpegFailed:
        raise Refused("broken") from None
    return last["us"] // 1000


def _see_first_picture(work: Work, source: Path, kind: str) -> None:
    """What cannot be decoded at all is refused now, and not after an hour."""
    try:
        work.encode(
            *ffmpeg.reading(source, kind), "-map", "0:V:0", "-frames:v", "1",
            "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-strict", "unofficial",
            "-f", "image2", "-update", "1", "first.jpg", first=96, last=97,
        )  # fmt: skip
    except ffmpeg.FFmpegFailed:
        raise Refused("broken") from None
    if not (work.place / "first.jpg").is_file():
        raise Refused("broken")
