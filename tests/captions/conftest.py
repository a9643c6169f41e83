"""An interview with Marta, in Italian, and what is said in it."""

from collections.abc import Callable, Sequence

import pytest
from flask import current_app
from flask import url_for as flask_url_for

from officine.core.clock import now
from officine.core.db import db
from officine.models import CaptionTrack, Cue, Interview, InterviewText, Release
from tests.world import World

SAID = (
    (1_000, 3_000, "Giulia Serra", "Come ha cominciato?"),
    (3_200, 6_000, "Marta Colombo", "Mio padre aveva un telaio."),
    (83_000, 86_000, "Marta Colombo", "Gli apprendisti imparano in fretta."),
    (86_200, 89_000, "Marta Colombo", "Poi esportano da soli."),
)


@pytest.fixture
def interview(world: World) -> Interview:
    """Being made; nothing is said yet."""
    made = Interview(
        slug="il-telaio", language="it", stage="captions", owner=world.giulia,
        guest_name="Marta Colombo", guest=world.marta, sectors=("textile",), created_at=now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    for language, title in (("it", "Il telaio di mio padre"), ("es", "El telar de mi padre")):
        db.session.add(
            InterviewText(
                interview_id=made.id, language=language, title=title, changed_at=now(),
                by_id=world.giulia.id,
            )
        )  # fmt: skip
    db.session.commit()
    return made


def said(
    interview: Interview, language: str, lines: Sequence[tuple[int, int, str, str]]
) -> CaptionTrack:
    """Captions with these words."""
    track = CaptionTrack(interview_id=interview.id, language=language, changed_at=now())
    track.cues = [
        Cue(starts_ms=starts, ends_ms=ends, speaker=speaker, text=text)
        for starts, ends, speaker, text in lines
    ]
    track.passages = len(lines)
    db.session.add(track)
    db.session.commit()
    return track


@pytest.fixture
def track(interview: Interview) -> CaptionTrack:
    """The captions in Italian."""
    return said(interview, "it", SAID)


@pytest.fixture
def publish(world: World, interview: Interview) -> Callable[[], None]:
    """Let everyone see the interview."""

    def run() -> None:
        interview.stage, interview.published_at = "published", now()
        db.session.add(
            Release(
                interview_id=interview.id, language="it", purposes="Video.", asked_at=now(),
                asked_by_id=world.giulia.id, name="Marta Colombo", address="Como",
                signature="Marta Colombo", signed_at=now(),
            )
        )  # fmt: skip
        db.session.commit()

    return run


def url_for(endpoint: str, **values: object) -> str:
    """An address, as a page would write it."""
    with current_app.test_request_context():
        return flask_url_for(endpoint, **values)  # type: ignore[arg-type]
