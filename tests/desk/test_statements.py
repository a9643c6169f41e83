"""The statement of reasons says all of it, whatever the measure, in each language."""

import re
from datetime import timedelta

import pytest

from officine.blueprints.desk import notices
from officine.blueprints.desk.events import Decided
from officine.core.clock import now
from officine.core.db import db
from officine.models import Decision
from officine.models.decision import APPEALABLE, MEASURES, RESTRICTIVE, TIMED, decide
from tests.outbound import text_of

LANGUAGES = ("it", "en", "es")
FACTS = "Ha offerto uno sconto che nessuno aveva chiesto."
SILENT = (*notices.TOLD_ELSEWHERE, "hold")
"""Of which no letter is written: who wrote a held post reads why at once, in its place."""
NOBODY_S = ("dismiss", *SILENT)
"""What is not about anybody in particular, or is told elsewhere."""
SAYS = {
    "it": ("Regola", "Fondamento", "Rilevato", "Ha deciso", "ovunque", "reclamo"),
    "en": ("Rule", "Ground", "Noticed", "Decided by", "everywhere", "appeal"),
    "es": ("Norma", "Fundamento", "Detectado", "Lo ha decidido", "en todo", "reclama"),
}


def decided(scene, world, measure, language, *, automatic=False, **more):
    world.davide.interface_language = language
    reverses = None
    if measure in ("uphold", "reverse", "lift", "show", "unlock", "unslow"):
        reverses = decided(scene, world, "hide", language)
    return decide(
        measure, by=None if automatic else world.giulia, at=now(), rule="advertising",
        facts=FACTS, affected_id=world.davide.id, post_id=scene.pitch.id, topic_id=scene.topic.id,
        group_id=scene.topic.group_id,
        until=now() + timedelta(days=7) if measure in TIMED else None,
        reverses=reverses, **more,
    )  # fmt: skip


def letter_about(decision, outbound, member):
    [letter] = [
        each for each in outbound.to(member.email) if f"/decisions/{decision.id}" in text_of(each)
    ]
    return letter


@pytest.mark.parametrize("measure", [each for each in MEASURES if each not in NOBODY_S])
def test_the_letter_says_all_of_it_in_each_language(world, scene, settle, outbound, measure):
    settle()
    for language in LANGUAGES:
        decision = decided(scene, world, measure, language)
        db.session.commit()
        notices.tell_affected(Decided(decision.id))
        settle()
        letter = letter_about(decision, outbound, world.davide)
        words = text_of(letter)
        html = letter.get_body(("html",)).get_content()
        assert letter["Content-Language"] == language
        assert FACTS in words and FACTS in html
        assert f"/{language}/decisions/{decision.id}" in words
        assert not re.search(r"%\(|\n\n\n\n|: None", words)
        if measure in RESTRICTIVE:
            for said in SAYS[language]:
                assert said.casefold() in words.casefold(), f"{said} is not in:\n{words}"
            assert "digital-strategy.ec.europa.eu" in words and "agcom.it" in words
        if measure in APPEALABLE:
            assert words.count("#appeal") == 1
            assert html.count("#appeal") == 1


@pytest.mark.parametrize("measure", MEASURES)
def test_the_page_says_all_of_it_in_each_language(world, scene, visit, measure):
    for language in LANGUAGES:
        decision = decided(scene, world, measure, language)
        db.session.commit()
        page = visit(world.davide).get(f"/{language}/decisions/{decision.id}")
        assert page.status_code == 200
        assert FACTS in page.text
        assert page.text.count('id="appeal"') == (measure in APPEALABLE)
        if measure in APPEALABLE:
            assert "digital-strategy.ec.europa.eu" in page.text
            assert f'action="/{language}/decisions/{decision.id}/appeals"' in page.text
        assert visit(world.beatriz).get(f"/{language}/decisions/{decision.id}").status_code == 200


@pytest.mark.parametrize("measure", ["send-back", "hide", "suspend"])
def test_what_the_site_decided_by_itself_says_so(world, scene, settle, outbound, visit, measure):
    decision = decided(scene, world, measure, "it", automatic=True, detected_automatically=True)
    db.session.commit()
    notices.tell_affected(Decided(decision.id))
    settle()
    words = text_of(letter_about(decision, outbound, world.davide))
    assert "una regola del sito" in words
    assert "una persona della redazione" not in words
    for who in (world.davide, world.giulia):
        page = visit(who).get(f"/it/decisions/{decision.id}").text
        assert "una regola del sito" in page


def test_the_law_is_named(world, scene, settle, outbound):
    decision = decide(
        "remove", by=world.giulia, at=now(), rule="illegal", law="art. 595 c.p.", facts=FACTS,
        affected_id=world.davide.id, post_id=scene.pitch.id, on_report=True,
    )  # fmt: skip
    db.session.commit()
    notices.tell_affected(Decided(decision.id))
    settle()
    words = text_of(letter_about(decision, outbound, world.davide))
    assert "art. 595 c.p." in words
    assert "dopo una segnalazione" in words


def test_every_decision_is_one_of_the_measures(world, scene):
    assert {each.measure for each in db.session.query(Decision)} <= set(MEASURES)
