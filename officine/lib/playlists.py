"""What a player reads before it plays: the list of sizes, and where each small picture belongs.

Playlists are HLS (RFC 8216); the track of small pictures is WebVTT whose cues name a part of a
sheet (`thumbs-1.webp#xywh=0,0,160,90`).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Variant:
    """One size of a film, as the list tells of it."""

    path: str
    width: int
    height: int
    peak: int
    """The most bits that any of its segments takes a second."""
    average: int
    codec: str
    has_sound: bool
    rate: float


def weights(playlist: str) -> tuple[int, int, tuple[float, ...]]:
    """The most and the average bits a second of one size’s playlist, and how long its segments
    are. Raises ValueError if it names none.
    """
    seconds = tuple(float(length) for length in re.findall(r"#EXTINF:([\d.]+)", playlist))
    sizes = [int(size) for size in re.findall(r"#EXT-X-BYTERANGE:(\d+)", playlist)]
    if not seconds or len(seconds) != len(sizes):
        raise ValueError("the playlist names no segments")
    each = [8 * size / length for size, length in zip(sizes, seconds, strict=True) if length > 0]
    average = 8 * sum(sizes) / sum(seconds)
    return math.ceil(max(each)), math.ceil(average), seconds


def codec_of(beginning: bytes) -> str:
    """How H.264 is named to a player (`avc1.64001f`), from the first bytes of a file. Raises
    ValueError if there is no H.264 in it.
    """
    place = beginning.find(b"avcC")
    if place < 0 or len(beginning) < place + 8:
        raise ValueError("no H.264 was made")
    return f"avc1.{beginning[place + 5 : place + 8].hex()}"


def master_playlist(variants: Sequence[Variant]) -> str:
    """The list of sizes. The one that comes first is tried first: not the largest."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    ordered = sorted(variants, key=lambda each: each.peak)
    middle = len(ordered) // 2
    for each in [*ordered[middle : middle + 1], *ordered[:middle], *ordered[middle + 1 :]]:
        codecs = each.codec + (",mp4a.40.2" if each.has_sound else "")
        lines += [
            f"#EXT-X-STREAM-INF:BANDWIDTH={each.peak},AVERAGE-BANDWIDTH={each.average},"
            f"RESOLUTION={each.width}x{each.height},FRAME-RATE={each.rate:.3f},"
            f'CODECS="{codecs}"',
            each.path,
        ]
    return "\n".join(lines) + "\n"


def sprite_track(
    count: int, every: int, length_ms: int, width: int, height: int, columns: int, rows: int
) -> str:
    """Which part of which sheet shows which seconds."""
    lines = ["WEBVTT", ""]
    for number in range(count):
        sheet, place = divmod(number, columns * rows)
        row, column = divmod(place, columns)
        ends = length_ms if number == count - 1 else (number + 1) * every * 1000
        starts = number * every * 1000
        lines += [
            f"{_time(starts)} --> {_time(max(ends, starts + 1))}",
            f"thumbs-{sheet + 1}.webp#xywh={column * width},{row * height},{width},{height}",
            "",
        ]
    return "\n".join(lines)


def _time(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"
