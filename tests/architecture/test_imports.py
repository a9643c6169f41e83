"""Data flows one way through the house: a module imports from its left."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "officine"

LAYERS = {"lib": 0, "core": 1, "setup": 2, "models": 2}
RANKS = {
    "events": 3, "queries": 4, "policy": 5, "commands": 6, "notices": 7, "search": 7, "jobs": 7,
    "cases": 7, "exports": 7,
    "forms": 8, "routes": 9, "__init__": 10,
}  # fmt: skip
ABOVE_ALL = {"reactions": 11, "demo": 12, "app": 13, "cli": 14, "__main__": 15, "__init__": 0}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def feature(path: tuple[str, ...]) -> str | None:
    """The feature a module of `officine.blueprints` belongs to."""
    return path[1] if len(path) > 1 and path[0] == "blueprints" else None


def rank(path: tuple[str, ...]) -> int:
    """How far right a module stands; `path` is its dotted name below `officine`."""
    if path[0] in LAYERS:
        return LAYERS[path[0]]
    if path[0] == "blueprints":
        return RANKS.get(path[2], -1) if len(path) > 2 else RANKS["__init__"]
    return ABOVE_ALL.get(path[0], -1)


def dotted(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """What a module imports of Officine, except for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("officine"):
            base = tuple((node.module or "").split(".")[1:])
            for name in node.names:
                target = (*base, name.name)
                yield target if _is_module(target) else base
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.startswith("officine."):
                    yield tuple(name.name.split(".")[1:])


def _is_module(path: tuple[str, ...]) -> bool:
    place = PACKAGE.joinpath(*path)
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_from_its_left(path: Path) -> None:
    here = dotted(path)
    mine = rank(here)
    assert mine >= 0, f"{path.name} has no rank: name it as style asks"
    for target in imports(path):
        if not target:
            continue
        theirs = rank(target)
        same_place = feature(here) == feature(target) if feature(here) else here[0] == target[0]
        assert theirs < mine or (theirs == mine and same_place), (
            f"{'.'.join(here)} imports {'.'.join(target)} from its right"
        )


def test_features_do_not_know_flask_below_their_forms() -> None:
    for path in modules():
        here = dotted(path)
        if (
            feature(here)
            and len(here) > 2
            and here[2] in ("queries", "policy", "commands", "events")
        ):
            names = path.read_text(encoding="utf-8")
            assert "from flask import" not in names, f"{'.'.join(here)} knows the request"
