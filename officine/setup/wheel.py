"""Builds what a wheel carries beyond the sources: assets and compiled catalogues."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The build runs in an environment of its own, which does not know the package yet.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from officine.setup import assets, catalogues
from officine.setup.node import on_path
from officine.setup.place import LOCKS, TRANSLATIONS


class WheelHook(BuildHookInterface):
    """Called by hatchling before it gathers the files of a wheel."""

    def dependencies(self) -> list[str]:
        """What the build needs: Babel, and Node where there is none."""
        node = (LOCKS / "node.in").read_text().split()
        return ["babel>=2.18", *([] if on_path() else node)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets, compile the catalogues, and include the compiled ones alone."""
        assets.build()
        catalogues.compile_all()
        for path in TRANSLATIONS.glob("*/LC_MESSAGES/*.mo"):
            target = Path("officine/translations") / path.relative_to(TRANSLATIONS)
            build_data["force_include"][str(path)] = str(target)
