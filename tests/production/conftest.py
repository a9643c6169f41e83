"""Interviews in all stages."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from officine.blueprints.production.commands import making, publishing, release, texts
from officine.core.clock import now
from officine.core.db import db
from officine.models import CaptionTrack, Cue, Interview, Release, Video
from tests.world import World


@pytest.fixture
def interview(world: World) -> Interview:
    """An idea: Teresa, of Cerámicas Uribe, in Spanish; Giulia looks after it."""
    made = making.new_interview(
        by=world.giulia, at=now(), owner=world.giulia, guest_name="Teresa Uribe",
        guest=world.teresa, company=world.companies["ceramicas"], language="es",
    )  # fmt: skip
    db.session.commit()
    return made


@pytest.fixture
def signed(world: World) -> Callable[..., tuple[Release, str]]:
    """Have a release signed; gives it and its secret."""

    def sign(interview: Interview, until=None) -> tuple[Release, str]:
        asked, secret = release.ask(
            interview, by=world.giulia, at=now(), language="es", purposes="Todo.", until=until
        )
        release.sign(
            interview, asked, name="Teresa Uribe", address="Calle Mayor 1, Castellón",
            signature="Teresa Uribe", at=now(), secret=secret,
        )  # fmt: skip
        db.session.commit()
        return asked, secret

    return sign


def write(interview: Interview, world: World, *, large=False, **said) -> None:
    """Save the original."""
    known = {text.language: text for text in interview.texts}
    words = {"title": "Hornos", "standfirst": "Cómo se cuece.", "text": "Un **horno**."}
    texts.save_original(
        interview, by=world.giulia, at=now(), large=large,
        seen=known["es"].version if "es" in known else 0,
        **({"chapters": "0:00 Inicio\n1:23 El primer horno"} | words | said),
    )  # fmt: skip


@pytest.fixture
def ready(interview: Interview, signed, world: World) -> Interview:
    """The same in review, with nothing missing."""
    signed(interview)
    write(interview, world)
    add_captions(interview)
    db.session.add(
        Video(
            interview_id=interview.id, folder="f1", outside="youtube",
            outside_url="https://youtu.be/x", made_at=now(),
        )
    )  # fmt: skip
    interview.stage = "review"
    db.session.commit()
    return interview


@pytest.fixture
def published(ready: Interview, world: World) -> Interview:
    """The same, published."""
    publishing.publish(ready, by=world.giulia, at=now())
    db.session.commit()
    return ready


def add_captions(interview: Interview, *, is_draft=False) -> None:
    """Captions in the original language."""
    track = CaptionTrack(
        interview_id=interview.id, language=interview.language, is_draft=is_draft, changed_at=now()
    )
    track.cues.append(Cue(starts_ms=0, ends_ms=2000, text="Hola."))
    db.session.add(track)


TOMORROW = timedelta(days=1)
