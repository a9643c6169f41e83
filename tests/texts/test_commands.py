"""How texts change, and what is out of date then."""

import pytest
from sqlalchemy import select

from officine.blueprints.texts import commands, queries
from officine.blueprints.texts.commands import EditedMeanwhile, NothingChanged
from officine.core.audit import AuditEntry
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import RecordedEvent
from officine.models import Document, Edition
from officine.models.document import reason_text, reasons_for, words_of
from tests.texts.conftest import named
from tests.world import World


def outdated(document: Document) -> set[str]:
    state = queries.find_text(document.id)
    assert state is not None
    return {code for code in ("it", "en", "es") if state.is_outdated(code)}


def test_a_new_meaning_leaves_the_other_languages_behind(world: World, terms, publish):
    publish(terms, "it", by=world.ruth, text="Tutto cambia.")

    assert outdated(terms) == {"en", "es"}
    publish(terms, "en", by=world.ruth, change="translation", text="All changes.")
    assert outdated(terms) == {"es"}


def test_a_wording_leaves_nobody_behind(world: World, terms, publish):
    publish(terms, "it", by=world.ruth, change="wording", text="Detto meglio.")

    assert outdated(terms) == set()


def test_a_better_wording_does_not_bring_an_outdated_language_up_to_date(
    world: World, terms, publish
):
    publish(terms, "it", by=world.ruth, text="Tutto cambia.")
    publish(terms, "es", by=world.ruth, change="wording", text="Dicho mejor.")

    assert outdated(terms) == {"en", "es"}


def test_a_translation_that_needs_no_other_words_can_be_declared_up_to_date(
    world: World, terms, publish
):
    publish(terms, "it", by=world.ruth, text="Tutto cambia.")
    publish(terms, "es", by=world.ruth, change="translation")

    assert outdated(terms) == {"en"}


def test_an_edition_that_says_the_same_is_none(world: World, terms, publish):
    with pytest.raises(NothingChanged):
        publish(terms, "it", by=world.ruth)


def test_who_wrote_before_a_colleague_published_is_told(world: World, terms, publish):
    theirs = publish(terms, "it", by=world.beatriz, text="Versione di Beatriz.")

    with pytest.raises(EditedMeanwhile) as told:
        commands.publish(
            terms, "it", by=world.ruth, at=now(), title="Condizioni", text="Versione di Ruth.",
            change="wording", seen=1,
        )  # fmt: skip

    assert told.value.edition is theirs


def test_lists_of_words_are_never_out_of_date(world: World, publish):
    words = named("words", "held")
    publish(words, "it", by=world.giulia, text="  forno magico \n\nforno magico\nsconto folle")

    assert outdated(words) == set()
    assert words_of("it") == ["forno magico", "sconto folle"]
    assert "forno magico" not in words_of("es")


def test_editions_are_never_lost_and_say_who_wrote_them(world: World, terms, publish):
    publish(terms, "it", by=world.ruth, text="Due.")
    publish(terms, "it", by=world.beatriz, text="Tre.")

    editions = queries.editions_of(terms, "it")
    assert [(each.number, each.by_id) for each in editions] == [
        (3, world.beatriz.id), (2, world.ruth.id), (1, None),
    ]  # fmt: skip


def test_a_reason_keeps_what_it_said_when_something_was_decided(world: World, publish):
    document = named("reason", "tone")
    before, _ = reason_text(document.id, 1, "it")
    publish(document, "it", by=world.giulia, text="Un altro senso.")

    assert reason_text(document.id, 1, "it") == (before, "it")
    assert reason_text(document.id, 2, "it") == ("Un altro senso.", "it")
    # The English edition means something else now: what was decided is told as it was meant.
    assert reason_text(document.id, 2, "en") == ("Un altro senso.", "it")
    assert reason_text(999, 1, "en") == ("", "en")


def test_a_new_reason_is_in_the_library_of_every_language_until_it_is_retired(world: World):
    document = commands.write_reason(
        "it", by=world.giulia, at=now(), rule="respect", title="Nuovo motivo", text="Perché no."
    )

    assert "Nuovo motivo" in [title for _, _, title, _, _ in reasons_for("es")]
    commands.retire(document, by=world.giulia, at=now())
    assert "Nuovo motivo" not in [title for _, _, title, _, _ in reasons_for("it")]
    assert reason_text(document.id, 1, "it") == ("Perché no.", "it")
    commands.bring_back(document, by=world.giulia)
    assert "Nuovo motivo" in [title for _, _, title, _, _ in reasons_for("it")]


def test_two_reasons_may_have_one_title(world: World):
    for _ in range(2):
        commands.write_reason(
            "it", by=world.giulia, at=now(), rule="spam", title="Lo stesso", text="Testo."
        )

    assert sum(title == "Lo stesso" for _, _, title, _, _ in reasons_for("it")) == 2


def test_every_change_stands_in_the_log(world: World, terms, publish):
    publish(terms, "it", by=world.ruth, text="Due.")
    document = commands.write_reason(
        "it", by=world.giulia, at=now(), rule="spam", title="Motivo", text="Testo."
    )
    commands.retire(document, by=world.giulia, at=now())
    db.session.commit()

    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert [(entry.act, entry.by_id) for entry in entries] == [
        ("publish-text", world.ruth.id),
        ("publish-text", world.giulia.id),
        ("retire-text", world.giulia.id),
    ]


@pytest.mark.parametrize(("key", "change", "told"), [
    ("terms", "meaning", 1), ("rules", "meaning", 1), ("terms", "wording", 0),
    ("accessibility", "meaning", 0),
])  # fmt: skip
def test_members_hear_of_what_matters_to_them(world: World, publish, key, change, told):
    publish(named("legal", key), "it", by=world.ruth, change=change, text="Altro.")

    events = db.session.scalars(select(RecordedEvent).filter_by(name="TextChanged")).all()
    assert len(events) == told


def test_what_an_editor_writes_is_no_program(world: World, terms, publish):
    edition = publish(
        terms, "it", by=world.ruth,
        text="## Uno {#main}\n\n<script>alert(1)</script> [qui](javascript:alert(1)) ![x](/a.png)",
    )  # fmt: skip

    assert isinstance(edition, Edition)
    assert "<script" not in edition.html
    assert "javascript:" not in edition.html.replace("[qui](javascript:alert(1))", "")
    assert "<img" not in edition.html
    assert 'id="main"' not in edition.html
