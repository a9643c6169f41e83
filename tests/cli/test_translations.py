"""What makes a catalogue whole."""

import polib
import pytest

from officine.cli.translations import _faults_of, _rewritten


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


def said(text: str, **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=text, **more)


WANTED = catalogue(
    said("Groups"),
    said("%(name)s joined"),
    said("%(count)s answer", msgid_plural="%(count)s answers"),
)


def whole() -> polib.POFile:
    return catalogue(
        said("Groups", msgstr="Gruppi"),
        said("%(name)s joined", msgstr="%(name)s è dei nostri"),
        said(
            "%(count)s answer",
            msgid_plural="%(count)s answers",
            msgstr_plural={0: "Una risposta", 1: "%(count)s risposte"},
        ),
    )


def test_a_whole_catalogue_has_no_fault() -> None:
    assert list(_faults_of(whole(), WANTED)) == []


@pytest.mark.parametrize(
    ("place", "change", "fault"),
    [
        (0, {"msgstr": ""}, "not translated: 'Groups'"),
        (0, {"flags": ["fuzzy"]}, "fuzzy: 'Groups'"),
        (0, {"msgid": "Circles"}, "not gathered yet: 'Groups'"),
        (0, {"msgid": "Circles"}, "no longer said anywhere: 'Circles'"),
        (0, {"obsolete": True}, "not gathered yet: 'Groups'"),
        (1, {"msgstr": "%(nome)s è dei nostri"}, "placeholders differ"),
        (1, {"msgstr": "Uno di più"}, "placeholders differ"),
        (2, {"msgstr_plural": {0: "Una", 1: ""}}, "not translated: '%(count)s answer'"),
        (2, {"msgstr_plural": {0: "Una", 1: "Tante risposte"}}, "placeholders differ"),
        (2, {"msgstr_plural": {0: "%(n)s", 1: "%(count)s"}}, "placeholders differ"),
    ],
)
def test_a_fault_is_named(place: int, change: dict[str, object], fault: str) -> None:
    broken = whole()
    for name, value in change.items():
        setattr(broken[place], name, value)

    assert any(found.startswith(fault) for found in _faults_of(broken, WANTED))


def test_gathering_keeps_what_is_translated_and_drops_what_is_no_longer_said() -> None:
    old = whole()
    old.append(said("Circles", msgstr="Cerchi"))
    wanted = catalogue(*WANTED, said("Answers"))

    fresh = _rewritten(old, wanted)

    assert [entry.msgid for entry in fresh] == sorted(entry.msgid for entry in wanted)
    assert fresh.find("Groups").msgstr == "Gruppi"
    assert fresh.find("Answers").msgstr == ""
    assert fresh.find("%(count)s answer").msgstr_plural[1] == "%(count)s risposte"
