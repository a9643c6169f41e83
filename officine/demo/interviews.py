"""Two interviews of the demo community, with a film that is drawn here: a card for each line."""

import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import fill
from typing import Any

from flask import Flask, current_app

from officine.blueprints.captions.events import CaptionsChanged
from officine.blueprints.production.commands import making, publishing, release, texts
from officine.core import ffmpeg, storage
from officine.core.config import ROOT
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.mail import no_letters
from officine.core.outbox import record
from officine.demo.stage import Stage
from officine.demo.texts import duration
from officine.lib.moments import clock, vtt_time
from officine.lib.release_terms import terms
from officine.lib.share_picture import ShareFonts, draw
from officine.models import CaptionTrack, Cue, Interview, Member, Video

CONTENT = Path(__file__).parent / "content" / "interviews.toml"
LONGEST_LINE = 42
LETTERS_A_SECOND = 14
SHORTEST_MS = 3500
EDITOR = "giulia-serra"
SIZE = (960, 504)
THUMB = (160, 84)
POSTER = "poster-1.webp"
CHIME = "aevalsrc=exprs=0.06*sin(2*PI*330*t)*exp(-5*mod(t\\,4)):s=24000"
"""Nobody speaks in a film that is drawn: every four seconds a soft tone."""


@dataclass(frozen=True)
class Spoken:
    """A line, and from when to when it stands."""

    said: dict[str, Any]
    starts_ms: int
    ends_ms: int


@dataclass(frozen=True)
class Film:
    """What a film is made of."""

    folder: str
    language: str
    lines: list[Spoken]
    names: dict[str, str]
    """Who says the lines of the guest, and of the desk."""


@contextmanager
def publish_interviews(stage: Stage) -> Iterator[None]:
    """Publish the interviews, where there is an FFmpeg to make their films: nothing is published
    that cannot be watched. The films are made while the rest is written; at the end they are there.
    """
    try:
        program = ffmpeg.find("ffmpeg", current_app.extensions["officine.settings"].ffmpeg)
    except ffmpeg.FFmpegMissing:
        yield
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with ThreadPoolExecutor(max_workers=1) as studio:
        with no_letters():
            told = tomllib.loads(CONTENT.read_text(encoding="utf-8"))["interview"]
            films = [_publish(each, stage) for each in told]
        made = [studio.submit(_make, film, program, app) for film in films]
        yield
    for each in made:
        each.result()


def _publish(told: dict[str, Any], stage: Stage) -> Film:
    editor, guest = stage.people[EDITOR], stage.people[told["guest"]]
    at = stage.moment(duration(told["ago"]))
    lines = list(_timed(told["line"]))
    interview = making.new_interview(
        by=editor, at=at - timedelta(days=20), owner=editor, guest_name=guest.name, guest=guest,
        language=told["language"], company=guest.company,
    )  # fmt: skip
    _write_texts(interview, told, lines, editor, at)
    for language in LANGUAGES:
        _write_captions(interview, language, lines, (editor, guest), at)
    film = _film(interview, lines, editor, at)
    asked, secret = release.ask(
        interview, by=editor, at=at - timedelta(days=9), language=told["language"],
        purposes=terms(told["language"]), until=None,
    )  # fmt: skip
    release.sign(
        interview, asked, name=guest.name, address=guest.place, signature=guest.name,
        at=at - timedelta(days=8), secret=secret,
    )  # fmt: skip
    interview.stage = "review"
    publishing.publish(interview, by=editor, at=at)
    return film


def _timed(said: list[dict[str, Any]]) -> Iterator[Spoken]:
    """Each line with the time that it takes to read it in whichever language is longest."""
    starts = 0
    for line in said:
        letters = max(len(line[language]) for language in LANGUAGES)
        lasts = max(SHORTEST_MS, letters * 1000 // LETTERS_A_SECOND)
        yield Spoken(line, starts, starts + lasts)
        starts += lasts


def _write_texts(
    interview: Interview, told: dict[str, Any], lines: list[Spoken], by: Member, at: datetime
) -> None:
    own = told["language"]
    begun = [line for line in lines if "chapter" in line.said]
    texts.save_original(
        interview, by=by, at=at, seen=0, title=told["title"][own],
        standfirst=told["standfirst"][own], text=told["text"][own],
        chapters="\n".join(f"{clock(it.starts_ms)} {it.said['chapter'][own]}" for it in begun),
        large=False,
    )  # fmt: skip
    db.session.flush()
    db.session.refresh(interview, ["chapters"])
    for language in LANGUAGES:
        if language == own:
            continue
        titles = {
            chapter.id: line.said["chapter"][language]
            for chapter, line in zip(interview.chapters, begun, strict=True)
        }
        texts.save_translation(
            interview, language, by=by, at=at, seen=0, title=told["title"][language],
            standfirst=told["standfirst"][language], text=told["text"][language],
            translator=by.name, chapters=titles,
        )  # fmt: skip


def _write_captions(
    interview: Interview, language: str, lines: list[Spoken], people: tuple[Member, Member],
    at: datetime,
) -> None:  # fmt: skip
    editor, guest = people
    track = CaptionTrack(
        interview=interview, language=language, changed_at=at,
        translator="" if language == interview.language else editor.name,
    )  # fmt: skip
    track.cues = [
        Cue(
            starts_ms=line.starts_ms, ends_ms=line.ends_ms,
            speaker=guest.name if line.said["who"] == "guest" else editor.name,
            text=fill(line.said[language], LONGEST_LINE),
        )
        for line in lines
    ]  # fmt: skip
    db.session.add(track)
    db.session.flush()
    record(CaptionsChanged(track.id))


def _film(interview: Interview, lines: list[Spoken], editor: Member, at: datetime) -> Film:
    """Where the film lies once it is made."""
    folder = f"demo-{interview.slug}"
    interview.poster_key = f"media/{folder}/{POSTER}"
    db.session.add(
        Video(
            interview_id=interview.id, state="ready", filename="film.mp4", folder=folder,
            duration_ms=lines[-1].ends_ms, width=SIZE[0], height=SIZE[1], posters=1, made_at=at,
        )
    )  # fmt: skip
    db.session.flush()
    names = {"guest": interview.guest_name, "desk": editor.name}
    return Film(folder, interview.language, lines, names)


def _make(film: Film, program: Path, app: Flask) -> None:
    """Make a film and keep it."""
    with app.app_context(), tempfile.TemporaryDirectory(prefix="officine-film-") as place:
        _shoot(Path(place), film, program)
        for path in Path(place).iterdir():
            if path.suffix not in (".png", ".txt"):
                storage.put_file(f"media/{film.folder}/{path.name}", path)


def _shoot(place: Path, film: Film, program: Path) -> None:
    """A card for each line, as long as it stands; the same as a ladder of one rung."""
    lines = film.lines
    fonts = ShareFonts.found_in(ROOT / "static" / "dist")
    told = []
    for number, line in enumerate(lines):
        name = film.names[line.said["who"]]
        card = draw(line.said[film.language], name, film.language, fonts=fonts)
        (place / f"{number:02}.png").write_bytes(card)
        told.append(f"file '{number:02}.png'\nduration {(line.ends_ms - line.starts_ms) / 1000}")
    # The last picture is named twice, or its time does not count.
    told.append(f"file '{len(lines) - 1:02}.png'")
    (place / "cards.txt").write_text("\n".join(told))
    _run(
        program, place, "-f", "concat", "-i", "cards.txt", "-f", "lavfi", "-i", CHIME,
        "-vf", f"scale={SIZE[0]}:{SIZE[1]},fps=2", "-c:v", "libx264", "-preset", "ultrafast",
        "-tune", "stillimage", "-pix_fmt", "yuv420p", "-g", "4", "-c:a", "aac", "-b:a", "32k",
        "-t", lines[-1].ends_ms / 1000, "-movflags", "+faststart", "plain.mp4",
    )  # fmt: skip
    _run(
        program, place, "-i", "plain.mp4", "-c", "copy", "-f", "hls", "-hls_time", "4",
        "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4", "master.m3u8",
        "-vn", "-c", "copy", "-movflags", "+faststart", "audio.m4a",
    )  # fmt: skip
    _run(
        program, place, "-i", "%02d.png", "-vf", f"scale={THUMB[0]}:{THUMB[1]},tile=4x4",
        "-frames:v", "1", "thumbs-1.webp", "-vf", f"scale={SIZE[0]}:{SIZE[1]}", "-frames:v", "1",
        POSTER,
    )  # fmt: skip
    cues = [
        f"{vtt_time(line.starts_ms)} --> {vtt_time(line.ends_ms)}\nthumbs-1.webp#xywh="
        f"{number % 4 * THUMB[0]},{number // 4 * THUMB[1]},{THUMB[0]},{THUMB[1]}"
        for number, line in enumerate(lines)
    ]
    (place / "thumbs.vtt").write_text("\n\n".join(["WEBVTT", *cues, ""]))


def _run(program: Path, place: Path, *arguments: object) -> None:
    words = [str(each) for each in arguments]
    subprocess.run([program, "-nostdin", "-loglevel", "error", *words], cwd=place, check=True)
