"""Scripts, styles, fonts and icons: fetched by npm, built by esbuild into static/dist/."""

from collections.abc import Iterator
from pathlib import Path

from officine.setup.node import environ_with, find_node
from officine.setup.place import STATIC, fingerprint, is_marked, set_mark
from officine.setup.say import run, step

NOT_SOURCES = {"node_modules", "dist"}


def build(*, for_tests: bool = False) -> None:
    """Fetch what the lock file names, and build; tests fetch more."""
    _fetch(for_tests)
    mark = fingerprint(_sources())
    if is_marked("assets", mark) and (STATIC / "dist" / "manifest.json").is_file():
        return
    node = find_node()
    with step("Building scripts and styles"):
        run([node, "build.mjs"], folder=STATIC, otherwise="The scripts and styles were not built.")
    set_mark("assets", mark)


def _fetch(for_tests: bool) -> None:
    mark = fingerprint([STATIC / "package.json", STATIC / "package-lock.json"])
    there = (STATIC / "node_modules").is_dir()
    if there and (is_marked("npm-test", mark) or (not for_tests and is_marked("npm", mark))):
        return
    node = find_node()
    with step("Fetching scripts and fonts" + (" and the tests’ browser" if for_tests else "")):
        run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            + ([] if for_tests else ["--omit=dev"]),
            folder=STATIC,
            environ=environ_with(node),
            otherwise="npm could not fetch the scripts and fonts.",
        )
    set_mark("npm-test" if for_tests else "npm", mark)
    if not for_tests:
        set_mark("npm-test", "")


def _sources() -> Iterator[Path]:
    for folder in STATIC.iterdir():
        if folder.name.split(".")[0] in NOT_SOURCES:
            continue
        yield from [folder] if folder.is_file() else _files(folder)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
