"""A setting that cannot be stops the start with one sentence, which names it."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from officine.cli import officine
from officine.core import config


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a file in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.txt").write_text("what somebody keeps\n")
    return tmp_path


def told(command: str, **environ: str) -> str:
    """What the command says when it refuses to start, without the word in front."""
    names = {f"OFFICINE_{name.upper()}": value for name, value in environ.items()}
    result = CliRunner().invoke(officine, command.split(), env=names)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    [sentence] = result.output.splitlines()
    return sentence.removeprefix("Error: ")


@pytest.mark.parametrize("command", ["serve", "work", "migrate", "make-admin you@company.example"])
def test_every_command_that_needs_the_data_folder_refuses_a_file(
    folder: Path, command: str
) -> None:
    assert told(command, data_dir="list.txt") == (
        f"OFFICINE_DATA_DIR names the folder {folder}/list.txt, but that is a file."
    )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("database_url", "sqlite:///list.txt/officine.db"),
        ("search_url", "whoosh:///list.txt/search"),
        ("storage_url", "file:///list.txt/files"),
        ("mail_url", "file:///list.txt"),
        ("jobs_url", "sqlite:///list.txt/jobs.db"),
    ],
)
def test_nothing_is_kept_inside_a_file(folder: Path, name: str, address: str) -> None:
    said = told("migrate", **{name: address})

    assert said.startswith(f"OFFICINE_{name.upper()} names the folder {folder}/list.txt")
    assert said.endswith("is a file.")


def test_a_folder_that_nobody_may_write_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config.os, "access", lambda path, _mode: Path(path) != folder)

    assert told("migrate", data_dir="theirs/data") == (
        f"OFFICINE_DATA_DIR names the folder {folder}/theirs/data, but {folder} cannot be written."
    )


def test_a_folder_that_cannot_be_made_is_refused(folder: Path) -> None:
    Path("nowhere").symlink_to("/proc/nowhere/data")

    assert told("migrate", data_dir="nowhere").startswith(
        f"OFFICINE_DATA_DIR names the folder {folder}/nowhere, which cannot be used: "
    )


@pytest.mark.parametrize(
    ("name", "address", "package", "extra"),
    [
        ("database_url", "postgresql://db.example/officine", "psycopg", "postgres"),
        ("jobs_url", "postgresql://db.example/officine", "psycopg", "postgres"),
        ("jobs_url", "redis://db.example/0", "redis", "redis"),
        ("cache_url", "rediss://db.example/1", "redis", "redis"),
    ],
)
def test_the_package_that_is_missing_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, address: str, package: str, extra: str
) -> None:
    monkeypatch.setattr(config, "find_spec", lambda _name: None)

    assert told("migrate", **{name: address}) == (
        f"OFFICINE_{name.upper()} names a server that only the package {package} can speak to. "
        f"Run: pip install 'officine[{extra}]'"
    )


@pytest.mark.parametrize(
    ("command", "name", "address"),
    [
        ("migrate", "database_url", "postgresql://{nobody}/officine"),
        ("work", "jobs_url", "postgresql://{nobody}/officine"),
        ("serve", "jobs_url", "redis://{nobody}/0"),
        ("serve", "cache_url", "redis://{nobody}/1"),
    ],
)
def test_a_server_that_does_not_answer_is_named(
    folder: Path, command: str, name: str, address: str
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        nobody = f"someone:secret@127.0.0.1:{silent.getsockname()[1]}"
        said = told(command, port=free_port(), **{name: address.replace("{nobody}", nobody)})

    assert f"OFFICINE_{name.upper()}" in said
    assert "refused" in said
    assert "secret" not in said


def free_port() -> str:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
