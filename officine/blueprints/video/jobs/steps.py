"""Each step of the work on a video: what it takes, what it makes.

probe      what the file really is; its source in one piece
audio      audio.m4a, at one loudness
mp4        plain.mp4, with that sound
hls-1080   1080/index.m3u8 and 1080/video.mp4, and so on for each size
playlist   master.m3u8
posters    poster-1.webp …, candidates for the opening picture
thumbs     thumbs-1.webp … and thumbs.vtt, for the bar of the player
"""

import json
import math
import re
from pathlib import Path

from PIL import Image

from officine.blueprints.video.jobs.probing import probe
from officine.blueprints.video.jobs.work import Work
from officine.core import ffmpeg, storage
from officine.lib import tone
from officine.lib.ladder import (
    SECONDS_OF_SEGMENT,
    Rung,
    keyframe_distance,
    plain_rung,
)
from officine.lib.playlists import Variant, codec_of, master_playlist, sprite_track, weights

LOUDNESS = "loudnorm=I=-16:TP=-1.5:LRA=11"
"""Measured as EBU R 128 says (ITU-R BS.1770), brought to −16 LUFS: the level of podcasts and of
speech on phones. R 128’s own −23 LUFS is that of broadcasting."""
SILENCE_LUFS = -70

POSTERS = 5
POSTER_SIDE = 1920
THUMB_SIDE = 160
SPRITE_COLUMNS = SPRITE_ROWS = 6
MOST_THUMBS = 360


def audio(work: Work) -> None:
    """The sound, at one loudness: measured in a first pass, brought there in a second."""
    if not work.has_sound:
        return
    from_source = ffmpeg.reading(work.source, work.container)
    # Sound that begins after the picture begins with silence, or it would come too early.
    whole = "aresample=48000:async=1:first_pts=0"
    said = work.encode(
        *from_source, "-map", "0:a:0", "-af", f"{whole},{LOUDNESS}:print_format=json",
        "-f", "null", "-", last=50,
    )  # fmt: skip
    made = work.place / "audio.m4a"
    work.encode(
        *from_source, "-map", "0:a:0", "-vn", "-sn", "-dn",
        "-af", ",".join([whole, *_second_pass(said), "aresample=48000"]),
        "-c:a", "aac", "-b:a", "128k", "-ac", "2", *PLAIN_FILE, "-f", "ipod", made, first=50,
    )  # fmt: skip
    work.keep(made, "audio.m4a")


def mp4(work: Work) -> None:
    """The plain file, for browsers without scripts and for those who take it along."""
    made = work.place / "plain.mp4"
    rung = plain_rung(work.rungs)
    work.encode(*_inputs(work), *_pictures(work, rung), *PLAIN_FILE, "-f", "mp4", made)
    work.keep(made, "plain.mp4")


def hls(work: Work) -> None:
    """One size of the ladder. The size of the plain file is not made twice."""
    rung = next(each for each in work.rungs if f"hls-{each.name}" == work.name)
    if rung == plain_rung(work.rungs):
        plain = work.fetched(work.key("plain.mp4"))
        words = [*ffmpeg.reading(plain, "mov"), "-map", "0:v", "-map", "0:a?", "-c", "copy"]
    else:
        words = [*_inputs(work), *_pictures(work, rung)]
    work.encode(
        *words, *BARE,
        "-f", "hls", "-hls_time", str(SECONDS_OF_SEGMENT), "-hls_playlist_type", "vod",
        "-hls_segment_type", "fmp4", "-hls_flags", "single_file+independent_segments",
        "-hls_segment_filename", "video.mp4", "index.m3u8",
    )  # fmt: skip
    work.keep(work.place / "video.mp4", f"{rung.name}/video.mp4")
    work.keep(work.place / "index.m3u8", f"{rung.name}/index.m3u8")


def playlist(work: Work) -> None:
    """The list of the sizes, from which a player chooses. Raises ValueError if they cannot be
    changed for one another."""
    variants, lengths = [], set()
    for rung in work.rungs:
        text = (storage.get(work.key(f"{rung.name}/index.m3u8")) or b"").decode()
        peak, average, cuts = weights(text)
        lengths.add(cuts)
        beginning = b"".join(storage.pieces(work.key(f"{rung.name}/video.mp4"), 0, 4096))
        variants.append(
            Variant(
                f"{rung.name}/index.m3u8", rung.width, rung.height, peak, average,
                codec_of(beginning), work.has_sound, float(work.rate),
            )
        )  # fmt: skip
    if len(lengths) > 1:
        raise ValueError("the sizes are not cut at the same moments")
    made = work.place / "master.m3u8"
    made.write_text(master_playlist(variants), encoding="utf-8")
    work.keep(made, "master.m3u8")


def posters(work: Work) -> None:
    """Pictures from five places, each the most telling of a few seconds."""
    kept = 0
    for number in range(1, POSTERS + 1):
        at = work.duration_ms / 1000 * (2 * number - 1) / (2 * POSTERS)
        made = work.place / f"poster-{number}.png"
        work.encode(
            "-ss", f"{at:.3f}", *ffmpeg.reading(work.source, work.container), "-map", "0:V:0",
            "-vf", f"{_fitted(work)}{_ordinary_light(work)},thumbnail=48", "-frames:v", "1",
            "-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p", "-strict", "unofficial",
            "-f", "image2", "-update", "1", made,
        )  # fmt: skip
        if not made.exists():
            continue
        kept += 1
        work.keep(_webp(Image.open(made), work.place / f"{kept}.webp"), f"poster-{kept}.webp")
        work.tell(100 * number // POSTERS)
    if not kept:
        raise ValueError("no picture could be taken")
    work.changes["posters"] = kept


def thumbs(work: Work) -> None:
    """Small pictures in sheets, and where in the film each belongs."""
    every = max(2, math.ceil(work.duration_ms / 1000 / MOST_THUMBS))
    plain = plain_rung(work.rungs)
    factor = THUMB_SIDE / max(plain.width, plain.height)
    width, height = (max(2, round(side * factor)) for side in (plain.width, plain.height))
    work.encode(
        # Every second or so begins with a whole picture: the others need not be decoded.
        "-skip_frame", "nokey", *ffmpeg.reading(work.fetched(work.key("plain.mp4")), "mov"),
        "-an", "-vf", f"fps=1/{every}:start_time=0:round=up,scale={width}:{height}",
        "-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p", "-strict", "unofficial",
        "-f", "image2", "thumb-%05d.jpg",
    )  # fmt: skip
    pictures = sorted(work.place.glob("thumb-*.jpg"))
    needed = math.ceil(work.duration_ms / 1000 / every)
    pictures = pictures[: max(1, needed)]
    if not pictures:
        raise ValueError("no picture could be taken")
    on_sheet = SPRITE_COLUMNS * SPRITE_ROWS
    for number, first in enumerate(range(0, len(pictures), on_sheet), start=1):
        sheet = _sheet(pictures[first : first + on_sheet], width, height)
        work.keep(_webp(sheet, work.place / "sheet.webp"), f"thumbs-{number}.webp")
        work.tell(100 * first // len(pictures))
    track = work.place / "thumbs.vtt"
    track.write_text(
        sprite_track(len(pictures), every, work.duration_ms, width, height,
                     SPRITE_COLUMNS, SPRITE_ROWS),
        encoding="utf-8",
    )  # fmt: skip
    work.keep(track, "thumbs.vtt")


STEPS = {
    "probe": probe, "audio": audio, "mp4": mp4, "hls": hls, "playlist": playlist,
    "posters": posters, "thumbs": thumbs,
}  # fmt: skip

# Without what the camera wrote beside the pictures (where, when, with what), and without traces of
# this machine: two attempts at the same step make the same bytes.
BARE = [
    "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact",
    "-flags:v", "+bitexact", "-flags:a", "+bitexact",
]  # fmt: skip
# The index stands first, so that it can be played before it has arrived.
PLAIN_FILE = [*BARE, "-movflags", "+faststart"]


def _second_pass(said: str) -> list[str]:
    """The loudness filter with what the first pass measured; none for what is silent."""
    found = re.findall(r"\{[^{}]*\"input_i\"[^{}]*\}", said)
    if not found:
        raise ValueError("the loudness could not be measured")
    measured = json.loads(found[-1])
    values = {
        name: float(measured[f"input_{name}"]) for name in ("i", "tp", "lra", "thresh")
    }  # fmt: skip
    if not all(math.isfinite(value) for value in values.values()) or values["i"] < SILENCE_LUFS:
        return []
    return [
        f"{LOUDNESS}:measured_I={values['i']}:measured_TP={values['tp']}"
        f":measured_LRA={values['lra']}:measured_thresh={values['thresh']}"
        f":offset={float(measured['target_offset'])}:linear=true"
    ]


def _inputs(work: Work) -> list[str]:
    """The pictures of the source, and the sound that was made of it."""
    words = ffmpeg.reading(work.source, work.container)
    if work.has_sound:
        words += ffmpeg.reading(work.fetched(work.key("audio.m4a")), "mov")
    return words


def _pictures(work: Work, rung: Rung) -> list[str]:
    """How the pictures of one size are made: upright, square pixels, at a constant rate, with a
    new beginning every two seconds and nowhere else.
    """
    distance = str(keyframe_distance(work.rate))
    most = rung.most_kilobits
    return [
        "-map", "0:V:0", *(["-map", "1:a:0", "-c:a", "copy"] if work.has_sound else ["-an"]),
        "-sn", "-dn",
        "-vf", f"fps={work.rate}:start_time=0,scale={rung.width}:{rung.height}:flags=bicubic"
        f"{_ordinary_light(work)},setsar=1,format=yuv420p",
        "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-crf", "22",
        "-maxrate", f"{most}k", "-bufsize", f"{2 * most}k",
        "-g", distance, "-keyint_min", distance, "-sc_threshold", "0",
        "-x264-params", "open-gop=0:stitchable=1",
    ]  # fmt: skip


def _ordinary_light(work: Work) -> str:
    """The filters that bring a film of high dynamic range to ordinary screens; none for others."""
    if work.light is None:
        return ""
    (work.place / "light.cube").write_text(tone.cube(work.light), encoding="ascii")
    return (
        # After the picture was made smaller: that is less to reckon.
        ",scale=in_color_matrix=bt2020:in_range=tv,format=gbrp16le,lut3d=light.cube"
        ",scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
        ",setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
    )


def _fitted(work: Work) -> str:
    factor = min(1.0, POSTER_SIDE / max(work.width, work.height))
    width, height = (max(2, round(side * factor / 2) * 2) for side in (work.width, work.height))
    return f"scale={width}:{height},setsar=1"


def _sheet(pictures: list[Path], width: int, height: int) -> Image.Image:
    rows = math.ceil(len(pictures) / SPRITE_COLUMNS)
    columns = min(len(pictures), SPRITE_COLUMNS)
    sheet = Image.new("RGB", (columns * width, rows * height))
    for number, path in enumerate(pictures):
        with Image.open(path) as picture:
            row, column = divmod(number, SPRITE_COLUMNS)
            sheet.paste(picture, (column * width, row * height))
    return sheet


def _webp(picture: Image.Image, path: Path) -> Path:
    with picture:
        picture.convert("RGB").save(path, "WEBP", quality=80, method=4)
    return path
