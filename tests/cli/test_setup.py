"""Setting up a checkout: what was made is not made again, what is missing is named."""

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from officine.setup import catalogues, node, packages, place, say
from officine.setup.say import SetupError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that holds nothing yet."""
    for module in (place, packages):
        monkeypatch.setattr(module, "CHECKOUT", tmp_path)
        monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(packages, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(place, "MARKS", tmp_path / ".venv" / "officine")
    return tmp_path


def without(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    found = shutil.which
    monkeypatch.setattr(
        shutil, "which", lambda name, *more: None if name in programs else found(name, *more)
    )


def test_a_step_is_marked_until_what_it_was_made_from_changes(checkout: Path) -> None:
    source = checkout / "source"
    source.write_text("one")
    place.set_mark("step", place.fingerprint([source]))

    assert place.is_marked("step", place.fingerprint([source]))
    source.write_text("two")
    assert not place.is_marked("step", place.fingerprint([source]))


def test_a_file_that_moves_changes_the_fingerprint(checkout: Path) -> None:
    source = checkout / "source"
    source.write_text("one")
    before = place.fingerprint([source])

    moved = source.rename(checkout / "moved")

    assert place.fingerprint([moved]) != before


def test_the_missing_piece_of_debian_is_named_with_the_line_that_installs_it(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find(name)
    )
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt" if name == "apt" else None)

    with pytest.raises(SetupError) as refusal:
        packages.install("run")

    assert "apt install python3." in str(refusal.value)
    assert "-venv" in str(refusal.value)


def test_a_program_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(SetupError) as refusal:
        say.run(["sh", "-c", "echo no route to host; exit 3"], otherwise="Nothing was fetched.")

    assert str(refusal.value) == "Nothing was fetched.\n    no route to host"


def test_a_program_that_is_not_there_is_told_too() -> None:
    with pytest.raises(SetupError, match="Nothing was fetched"):
        say.run(["no-such-program"], otherwise="Nothing was fetched.")


def fake_node(folder: Path, version: str) -> None:
    for name in ("node", "npm"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)


@pytest.mark.parametrize(("version", "is_taken"), [("v20.1.0", True), ("v18.20.4", False)])
def test_a_node_is_taken_from_the_path_if_it_is_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, is_taken: bool
) -> None:
    fake_node(tmp_path, version)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")

    assert (node.on_path() == tmp_path / "node") is is_taken


def test_a_node_without_npm_is_of_no_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_node(tmp_path, "v22.0.0")
    (tmp_path / "npm").unlink()
    monkeypatch.setenv("PATH", str(tmp_path))

    assert node.on_path() is None


def write_catalogue(folder: Path, text: str) -> Path:
    path = folder / "it" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(header + text, encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_into_what_the_program_reads(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, 'msgid "Groups"\nmsgstr "Gruppi"\n')

    catalogues.compile_all(tmp_path)

    assert b"Gruppi" in path.with_suffix(".mo").read_bytes()
    assert [each.suffix for each in sorted(path.parent.iterdir())] == [".mo", ".po"]


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    write_catalogue(tmp_path, 'msgid "Groups"\nmsgstr "Gruppi"\nnonsense\n')

    with pytest.raises(SetupError, match=r"messages\.po is not a catalogue"):
        catalogues.compile_all(tmp_path)


def lock_names(name: str) -> set[str]:
    lines = (place.LOCKS / name).read_text().splitlines()
    return {line.split("==")[0].lower() for line in lines if line and not line.startswith(" ")}


@pytest.mark.parametrize("name", ["run.txt", "test.txt", "uv.txt", "node.txt"])
def test_a_lock_holds_hashes_and_names_no_host(name: str) -> None:
    lock = (place.LOCKS / name).read_text()

    assert "://" not in lock and "index" not in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")


def test_the_lock_of_npm_holds_hashes_and_names_no_host() -> None:
    lock = (ROOT / "static" / "package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') > 10


def test_every_package_that_is_asked_for_is_locked(declared: Callable[[str], set[str]]) -> None:
    assert declared("run") <= lock_names("run.txt")
    assert declared("run") | declared("test") <= lock_names("test.txt")


@pytest.fixture
def declared() -> Callable[[str], set[str]]:
    """The names in pyproject.toml, for a run or for tests."""
    import re
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = {
        "run": project["project"]["dependencies"],
        "test": project["dependency-groups"]["test"],
    }
    return lambda which: {
        re.split(r"[<>=\[;, ]", name, maxsplit=1)[0].lower() for name in lists[which]
    }
