"""Templates are compiled once for all processes."""

import stat
import sys
from pathlib import Path

import pytest
from flask import Flask, render_template

from officine.core import templates


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an installation keeps them, whose Python keeps its bytecode beside its modules."""
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return tmp_path / "data/templates"


def shown(folder: Path) -> str:
    """A page, as a process that just started shows it."""
    app = Flask("start", template_folder=str(folder / "pages"))
    templates.init_app(app, folder / "data")
    with app.app_context():
        return render_template("page.html")


def test_a_second_process_finds_what_the_first_compiled(tmp_path: Path, kept: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/page.html").write_text('<a hx-get="/it">Ciao</a>')

    first, made = shown(tmp_path), [path.stat().st_mtime_ns for path in kept.iterdir()]
    second = shown(tmp_path)

    assert first == second == '<a data-hx-get="/it">Ciao</a>'
    assert len(made) == 1
    assert [path.stat().st_mtime_ns for path in kept.iterdir()] == made


def test_what_was_changed_is_compiled_anew(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pages").mkdir()
    page = tmp_path / "pages/page.html"
    page.write_text("before")
    assert shown(tmp_path) == "before"
    [made] = [path.read_bytes() for path in kept.iterdir()]

    page.write_text("after")
    assert shown(tmp_path) == "after"
    [changed] = [path.read_bytes() for path in kept.iterdir()]
    monkeypatch.setattr(templates.CompiledTemplates, "read_by", "another Jinja")
    assert shown(tmp_path) == "after"
    [read_otherwise] = [path.read_bytes() for path in kept.iterdir()]

    assert len({made, changed, read_otherwise}) == 3


def test_nobody_else_can_write_where_they_are_kept(tmp_path: Path, kept: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/page.html").write_text("x")
    shown(tmp_path)

    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
