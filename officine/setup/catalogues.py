"""The translators' catalogues, compiled into what the program reads."""

import os
from pathlib import Path

from officine.setup.place import TRANSLATIONS, fingerprint, is_marked, set_mark
from officine.setup.say import SetupError


def compile_all(folder: Path = TRANSLATIONS) -> None:
    """Compile each catalogue of the folder, unless all are compiled from the same already."""
    sources = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    mark = fingerprint(sources) if folder == TRANSLATIONS else ""
    if mark and is_marked("catalogues", mark) and all(_built(path).exists() for path in sources):
        return
    for source in sources:
        _compile(source)
    if mark:
        set_mark("catalogues", mark)


def _compile(source: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise SetupError(f"{source} is not a catalogue: {error}") from None
    # Another process may be reading the one that is there.
    fresh = source.with_suffix(f".{os.getpid()}")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(_built(source))


def _built(source: Path) -> Path:
    return source.with_suffix(".mo")
