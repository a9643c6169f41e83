"""Node, which fetches and builds what browsers load: the system's, or one among the packages."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from officine.setup.packages import BIN, install_lock
from officine.setup.place import LOCKS
from officine.setup.say import step

OLDEST = 20


def find_node() -> Path:
    """The path of a Node that is new enough and has npm beside it; installs one if need be."""
    if found := on_path():
        return found
    own = BIN / "node"
    if not own.exists() or _major(str(own)) < OLDEST:
        with step("Fetching Node"):
            install_lock(LOCKS / "node.txt")
    return own


def on_path() -> Path | None:
    """The system's Node, if it is new enough and has npm beside it."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _major(found) >= OLDEST:
        return Path(found)
    return None


def environ_with(node: Path) -> dict[str, str]:
    """The environment in which npm finds this Node."""
    return os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _major(node: str) -> int:
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    version = re.match(r"v(\d+)", told)
    return int(version[1]) if version else 0
