"""Commands for translators, and what makes a catalogue whole."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from officine.cli.application import Refused
from officine.cli.assets import refuse_outside_checkout
from officine.setup.packages import BIN
from officine.setup.place import CHECKOUT, TRANSLATIONS
from officine.setup.say import run

if TYPE_CHECKING:
    from polib import POEntry, POFile

KEYWORDS = (
    *("_l", "lazy_gettext", "_n:1,2", "lazy_ngettext:1,2", "_lp:1c,2", "lazy_pgettext:1c,2"),
    *("pgettext:1c,2", "npgettext:1c,2,3"),
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[a-z]")


@click.group()
def translations() -> None:
    """Gather, check and compile the sentences of the interface."""
    refuse_outside_checkout()


@translations.command()
def update() -> None:
    """Gather the sentences from code and templates into every catalogue."""
    import polib

    for path in _catalogues():
        fresh = _rewritten(polib.pofile(str(path)), _said())
        path.write_text(f"{fresh}\n", encoding="utf-8")
    for fault in faults():
        click.echo(fault)


@translations.command()
def compile() -> None:
    """Compile the catalogues into what the program reads."""
    from officine.setup.catalogues import compile_all

    compile_all()
    click.echo("The catalogues are compiled.")


@translations.command()
def check() -> None:
    """Say what is missing, left over or wrong in the catalogues."""
    found = faults()
    for fault in found:
        click.echo(fault)
    if found:
        raise Refused(f"{len(found)} to mend.")
    click.echo("Every catalogue is whole.")


def faults() -> list[str]:
    """What keeps the catalogues from being whole, in words; empty when they are."""
    import polib

    wanted = _said()
    paths = _catalogues()
    if not paths:
        return ["there is no catalogue in translations/"]
    return [
        f"{path.parent.parent.name}: {fault}"
        for path in paths
        for fault in _faults_of(polib.pofile(str(path)), wanted)
    ]


def _catalogues() -> list[Path]:
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def _faults_of(catalogue: "POFile", wanted: "POFile") -> Iterator[str]:
    present = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    sought = {_key(entry) for entry in wanted}
    for key in sorted(sought - present.keys()):
        yield f"not gathered yet: {key[1]!r}"
    for key in sorted(present.keys() - sought):
        yield f"no longer said anywhere: {key[1]!r}"
    for entry in present.values():
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not entry.translated():
            yield f"not translated: {entry.msgid!r}"
        elif wrong := _wrong_placeholders(entry):
            yield f"placeholders differ: {entry.msgid!r} and {wrong!r}"


def _wrong_placeholders(entry: "POEntry") -> str | None:
    """The first translation that names other things than its sentence does."""
    if not entry.msgid_plural:
        same = _placeholders(entry.msgstr) == _placeholders(entry.msgid)
        return None if same else entry.msgstr
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    forms = [form for _, form in sorted(entry.msgstr_plural.items())]
    # One thing may be said without its number: "una risposta". Many may not.
    for form in forms[:-1]:
        if not _placeholders(form) <= allowed:
            return form
    return None if _placeholders(forms[-1]) == _placeholders(entry.msgid_plural) else forms[-1]


def _placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _key(entry: "POEntry") -> tuple[str, str, str]:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _rewritten(catalogue: "POFile", wanted: "POFile") -> "POFile":
    """The catalogue with every sentence that is said, and no other, sorted."""
    import polib

    present = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = catalogue.metadata
    for entry in wanted:
        old = present.get(_key(entry))
        if entry.msgid_plural:
            entry.msgstr_plural = old.msgstr_plural if old else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        fresh.append(entry)
    fresh.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return fresh


def _said() -> "POFile":
    """Every sentence of code and templates, without a translation."""
    import polib

    # No line numbers: a catalogue changes when a sentence does, not when a line moves.
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        run(
            [BIN / "pybabel", "extract", "-F", "pyproject.toml", "-o", template]
            + ["--no-location", "--omit-header", "--add-comments=Translators:"]
            + ["--ignore-dirs=node_modules dist .*"]
            + [f"--keyword={keyword}" for keyword in KEYWORDS]
            + ["."],
            folder=CHECKOUT,
            otherwise="The sentences could not be gathered.",
        )
        return polib.pofile(str(template))
