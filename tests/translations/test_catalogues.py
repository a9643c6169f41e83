"""Every sentence exists in Italian, English and Spanish."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = ("it", "en", "es")
SAID_ALIKE = {
    "it": {"Idea", "Link", "Logo", "No", "Online", "online", "Password", "Privacy", "SOS", "Spam",
           "Video", "Video: %(title)s", "Volume", "partner", "sponsor", "In %(language)s",
           "in %(language)s", "in %(languages)s"},
    "es": {"Error:", "Idea", "No", "Original", "original", "SOS", "Sector", "Spam"},
}  # fmt: skip
"""What a language says in the same letters as English. All else that is equal was forgotten."""
ALONE = re.compile(r'\b(?:_|_l|gettext|lazy_gettext)\(\s*"((?:[^"\\]|\\.)*)"')
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(ROOT / "translations" / language / "LC_MESSAGES" / "messages.po")


def sentences(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each translation beside the English it stands for."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    first, *more = [entry.msgstr_plural[key] for key in sorted(entry.msgstr_plural)]
    return [(entry.msgid, first), *((entry.msgid_plural, each) for each in more)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete_and_certain(language: str) -> None:
    entries = catalogue(language)

    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []
    assert [entry.msgid for entry in entries.obsolete_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_what_the_sentence_names(language: str) -> None:
    for entry in catalogue(language):
        for source, translated in sentences(entry):
            wanted, found = (Counter(PLACEHOLDER.findall(text)) for text in (source, translated))
            # One of a thing may leave its number out: “un mensaje”.
            if entry.msgid_plural and source == entry.msgid:
                assert set(found) <= set(wanted), f"{language}: {source!r} → {translated!r}"
            else:
                assert set(found) == set(wanted), f"{language}: {source!r} → {translated!r}"


@pytest.mark.parametrize("language", ["it", "es"])
def test_no_english_stands_for_a_translation(language: str) -> None:
    alike = {
        source
        for entry in catalogue(language)
        for source, translated in sentences(entry)
        if source == translated and re.search(r"[^\W\d_]{2,}", PLACEHOLDER.sub("", source))
    }

    assert alike == SAID_ALIKE[language]


@pytest.mark.parametrize("language", ["it", "es"])
def test_typography_is_the_language_s_own(language: str) -> None:
    for entry in catalogue(language):
        for _source, translated in sentences(entry):
            plain = re.sub(r"<[^>]*>|%\(\w+\)[sd]", "", translated)
            assert "'" not in plain, f"{language}: a straight apostrophe in {translated!r}"
            assert "“" not in plain, f"{language}: English quotes in {translated!r}"


def test_the_languages_know_the_same_sentences() -> None:
    keys = [{(e.msgctxt, e.msgid) for e in catalogue(language)} for language in LANGUAGES]

    assert keys[0] == keys[1] == keys[2]


def test_who_says_one_of_what_is_counted_says_how_many() -> None:
    """Some Pythons, such as 3.11.2, find no translation for the singular alone."""
    counted = {entry.msgid for entry in catalogue("en") if entry.msgid_plural}
    alone = [
        (str(path.relative_to(ROOT)), said)
        for folder, kind in (("officine", "*.py"), ("templates", "**/*"))
        for path in (ROOT / folder).rglob(kind)
        if path.is_file()
        for said in ALONE.findall(path.read_text(encoding="utf-8"))
        if said in counted
    ]

    assert alone == []
