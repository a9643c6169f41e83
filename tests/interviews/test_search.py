"""What is read of an interview is found beside what is said in it."""

import re

import pytest
from sqlalchemy import select

from officine.core.clock import now
from officine.core.db import db
from officine.core.index import keeping
from officine.models import CaptionTrack
from tests.interviews.making import made

OPEN = re.compile(r'href="(/\w\w/interviews/il-telaio[^"]*)"')


READ = {
    "it": ("Una fonderia di famiglia.", "<p>Le ordinazioni arrivano dalla Baviera.</p>"),
    "es": ("Una fundición familiar.", "<p>Los pedidos llegan de Baviera.</p>"),
    "en": ("A family foundry.", "<p>The orders come from Bavaria.</p>"),
}


@pytest.fixture
def interview(world, settle):
    """Published, in three languages, with captions in two."""
    interview = made(world)
    for text in interview.texts:
        text.standfirst, text.html = READ[text.language]
    of_it = select(CaptionTrack).where(CaptionTrack.interview_id == interview.id)
    tracks = db.session.scalars(of_it).all()
    for track in tracks:
        track.passages = len(track.cues)
    keeping.note("interview", [interview.id])
    keeping.note("track", [track.id for track in tracks])
    db.session.commit()
    settle()
    return interview


def found(visit, words: str, lang: str = "it", narrowed: str = "") -> list[str]:
    page = visit().get(
        f"/{lang}/search",
        query_string={"q": words, "exactly": 1} | ({"lang": narrowed} if narrowed else {}),
    )
    return [address.replace("&amp;", "&") for address in OPEN.findall(page.text)]


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("fonderie", "it"),
        ("ordinazione", "it"),
        ("fundiciones", "es"),
        ("pedido", "es"),
        ("foundries", "en"),
        ("order", "en"),
    ],
)
def test_standfirst_and_text_are_found_in_their_own_grammar(interview, visit, words, lang):
    assert found(visit, words, lang) == [f"/{lang}/interviews/il-telaio?text={lang}"]


def test_what_is_said_goes_before_what_is_read(interview, visit):
    """«apprendista» is said, and stands in nothing that is read."""
    [address] = found(visit, "apprendista")
    assert "?t=80" in address
    assert "transcript=it" in address


def test_it_stands_once_and_opens_in_the_language_asked(interview, visit):
    """A name that stands in every language."""
    for lang in ("it", "es"):
        [address] = found(visit, "Marta Colombo", lang)
        assert f"text={lang}" in address or f"transcript={lang}" in address


def test_a_list_narrowed_to_a_language_shows_what_is_found_in_it(interview, visit):
    assert found(visit, "Baviera") == ["/it/interviews/il-telaio?text=it"]
    assert found(visit, "Baviera", narrowed="es") == ["/it/interviews/il-telaio?text=es"]


def test_withdrawn_it_is_found_no_more_before_the_index_knows(interview, visit):
    assert found(visit, "ordinazioni")
    interview.stage, interview.withdrawn_at = "withdrawn", now()
    db.session.commit()

    assert found(visit, "ordinazioni") == []
