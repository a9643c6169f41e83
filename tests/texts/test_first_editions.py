"""What the software brings along, in three languages."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from officine.blueprints.texts import commands
from officine.core.clock import now
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.lib.language import clear_language
from officine.models import Document, Edition
from officine.models.decision import RULES
from officine.models.document import LEGAL, reason_text, reasons_for, words_of
from tests.texts.conftest import named
from tests.world import World


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_each_text_comes_in_each_language(app):
    names = {
        language: {path.name for path in (commands.FIRST / language).glob("*.md")}
        for language in LANGUAGES
    }

    assert names["it"] == names["en"] == names["es"]
    assert {f"legal.{key}.md" for key in LEGAL} <= names["it"]


@pytest.mark.parametrize(
    "first",
    [first for first in commands.first_editions() if first.kind != "words"],
    ids=lambda first: f"{first.language}-{first.kind}-{first.key}",
)
def test_each_is_written_in_its_language(first):
    assert first.title and first.text
    assert clear_language(first.text, LANGUAGES) == first.language


def test_they_are_put_in_once(app):
    before = count(Document), count(Edition)

    assert commands.put_first_editions(at=now()) == 0
    assert (count(Document), count(Edition)) == before


def test_what_editors_wrote_stays_when_they_are_put_in_again(world: World, terms, publish):
    publish(terms, "it", by=world.ruth, text="Nuove condizioni.")

    commands.put_first_editions(at=now())

    texts = db.session.scalars(
        select(Edition.text).filter_by(document_id=terms.id, language="it").order_by(Edition.number)
    ).all()
    assert len(texts) == 2
    assert texts[-1] == "Nuove condizioni."


def test_a_language_that_is_missing_is_put_in(app):
    document = named("legal", "privacy")
    db.session.query(Edition).filter_by(document_id=document.id, language="es").delete()

    assert commands.put_first_editions(at=now()) == 1


def test_the_rules_explain_each_rule_that_a_decision_may_name(visit):
    for language in LANGUAGES:
        html = visit().get(f"/{language}/rules", most_queries=1).text
        for rule in RULES:
            assert rule == "other" or f'<h3 id="{rule}">' in html, rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_has_a_reason_for_each_rule_of_the_community(app, language):
    reasons = reasons_for(language)

    assert len(reasons) >= 8
    assert {rule for _, rule, _, _, _ in reasons} == set(RULES) - {"minors", "terrorism"}
    document_id, _, _, text, revision = reasons[0]
    assert reason_text(document_id, revision, language) == (text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_list_of_words(app, language):
    assert len(words_of(language)) >= 8


@pytest.mark.parametrize(("language", "words"), [
    ("it", ("90 giorni", "30 giorni", "sei mesi", "articolo 21", "intenzione")),
    ("en", ("90 days", "30 days", "six months", "Article 21", "intention")),
    ("es", ("90 días", "30 días", "seis meses", "artículo 21", "intención")),
])  # fmt: skip
def test_the_terms_state_how_misuse_is_answered_and_how_one_objects(visit, language, words):
    page = visit().get(f"/{language}/terms").text

    for word in words:
        assert word in page


def test_they_travel_with_the_package():
    assert commands.FIRST.is_relative_to(Path(commands.__file__).parents[2])
