"""What the docs say of settings and commands is what the program knows."""

from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from officine.cli import officine
from officine.core.config import OTHER_NAMES, Settings, env_name

ROOT = Path(__file__).parents[2]
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def shown(default: object) -> str:
    """A default as the page of settings shows it."""
    if default is None or default is MISSING:
        return ""
    return f"`{'yes' if default else 'no'}`" if isinstance(default, bool) else f"`{default}`"


@pytest.mark.parametrize("row", fields(Settings), ids=lambda row: row.name)
def test_the_page_of_settings_tells_each_with_its_default(row) -> None:
    line = f"| `{env_name(row.name)}` | {shown(row.default)} | {row.metadata['doc']} |"

    assert line in CONFIGURATION.splitlines()


def test_the_page_of_settings_tells_no_other() -> None:
    told = {line.split("`")[1] for line in CONFIGURATION.splitlines() if line.startswith("| `O")}

    assert told == {env_name(row.name) for row in fields(Settings)} | set(OTHER_NAMES)


def test_the_page_of_settings_tells_the_names_that_are_none() -> None:
    for name, doc in OTHER_NAMES.items():
        assert f"| `{name}` | {doc} |" in CONFIGURATION.splitlines()


def test_the_page_of_commands_tells_each_and_no_other() -> None:
    told = {line.split("`")[1] for line in RUNNING.splitlines() if line.startswith("| `")}
    commands = {name for name, command in officine.commands.items() if not command.hidden}

    assert told - {"officine.db", "files/", "secret", "jobs.db"} == commands


def test_every_command_explains_itself() -> None:
    for name, command in officine.commands.items():
        assert command.help, f"{name} says nothing of itself"


def test_the_readme_leads_to_every_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    for page in (ROOT / "docs").glob("*.md"):
        assert f"docs/{page.name}" in readme + contributing
