"""Interviews to look at, as the desk would have made them."""

from datetime import date, datetime, timedelta

from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.models import (
    CaptionTrack,
    Chapter,
    ChapterTitle,
    Cue,
    Interview,
    InterviewText,
    Release,
    Video,
)
from tests.world import World

TITLES = {
    "it": "«Ho venduto il telaio di mio padre»",
    "en": "“I sold my father’s loom”",
    "es": "«Vendí el telar de mi padre»",
}
SAID = {
    "it": (
        (0, "Giulia Serra", "Tre apprendisti in un anno. Quanto le costano?"),
        (80, "Marta Colombo", "Il primo anno un apprendista ti costa."),
        (85, "Marta Colombo", "Il secondo ti fa le domande giuste."),
    ),
    "es": (
        (0, "Giulia Serra", "Tres aprendices en un año. ¿Cuánto le cuestan?"),
        (80, "Marta Colombo", "El primer año un aprendiz te cuesta dinero."),
        (85, "Marta Colombo", "El segundo te hace las preguntas adecuadas."),
    ),
}


def release(interview: Interview, by_id: int, until: date | None = None) -> Release:
    """The guest’s signature."""
    return Release(
        interview_id=interview.id, language="it", purposes="Video.", asked_at=now(),
        asked_by_id=by_id, name="Marta Colombo", address="Como", signature="Marta Colombo",
        signed_at=now(), until=until,
    )  # fmt: skip


def made(
    world: World,
    slug: str = "il-telaio",
    *,
    at: datetime | None = None,
    stage: str = "published",
    texts: tuple[str, ...] = ("it", "en", "es"),
    captions: tuple[str, ...] = ("it", "es"),
    signed: bool = True,
    outside: str | None = None,
) -> Interview:
    """An interview with Marta, published an hour ago unless said otherwise."""
    is_out = stage == "published"
    interview = Interview(
        slug=slug, language="it", stage=stage, owner=world.giulia, guest_name="Marta Colombo",
        guest=world.marta, company=world.companies["tessuti"], sectors=("textile",),
        created_at=now(), published_at=(at or now() - timedelta(hours=1)) if is_out else None,
        withdrawn_at=now() if stage == "withdrawn" else None,
        publish_at=now() if stage == "scheduled" else None, revision=1, version=1,
    )  # fmt: skip
    db.session.add(interview)
    db.session.flush()
    for code in texts:
        _write(interview, code, world.giulia.id)
    for start, title in ((0, "Il telaio"), (80_000, "Quanto costa insegnare")):
        chapter = Chapter(interview_id=interview.id, starts_ms=start)
        chapter.titles = [ChapterTitle(language="it", title=title)]
        db.session.add(chapter)
    for code in captions:
        say(interview, code)
    if signed:
        db.session.add(release(interview, world.giulia.id))
    _film(interview, outside)
    db.session.commit()
    return interview


def _write(interview: Interview, code: str, by_id: int) -> None:
    """Its text in a language."""
    db.session.add(
        InterviewText(
            interview_id=interview.id, language=code, title=TITLES[code],
            standfirst=f"Standfirst {code}.", html=f"<p>Text {code}.</p>",
            text=f"Text {code}.", translator="" if code == "it" else "Ruth Adler",
            based_on=1, changed_at=now(), by_id=by_id,
        )
    )  # fmt: skip


def _film(interview: Interview, outside: str | None) -> None:
    """Its video: one of ours that is ready, or one that another site keeps."""
    folder = f"f{interview.id}"
    interview.poster_key = f"media/{folder}/poster-1.webp"
    db.session.add(
        Video(
            interview_id=interview.id, state="waiting" if outside else "ready", folder=folder,
            outside="youtube" if outside else None, outside_url=outside, duration_ms=125_000,
            width=1280, height=720, posters=3, made_at=now(),
        )
    )  # fmt: skip
    if not outside:
        storage.put(f"media/{folder}/audio.m4a", b"a" * 321)
        storage.put(f"media/{folder}/plain.mp4", b"v" * 654)


def say(interview: Interview, code: str, *, is_draft: bool = False) -> CaptionTrack:
    """Captions in a language."""
    track = CaptionTrack(
        interview_id=interview.id, language=code, changed_at=now(), is_draft=is_draft
    )
    track.cues = [
        Cue(starts_ms=at * 1000, ends_ms=at * 1000 + 4000, speaker=speaker, text=text)
        for at, speaker, text in SAID.get(code, SAID["it"])
    ]
    db.session.add(track)
    db.session.flush()
    return track
