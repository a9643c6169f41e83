"""What the README’s command leaves in an empty folder, for all who ask for the demo community."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

PATIENCE_SECONDS = 180


def environment(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Nobody’s settings, and this folder for the data."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("OFFICINE_")},
        "OFFICINE_DATA_DIR": str(folder),
        "OFFICINE_PORT": str(free_port()),
        "OFFICINE_LOG_LEVEL": "warning",
        **(more or {}),
    }


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_once(folder: Path, environ: Mapping[str, str]) -> None:
    """Start as a clean clone starts, until the demo community is written; then stop. Who comes
    meanwhile waits, and finds it written.
    """
    log = folder.with_suffix(".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        fcntl.flock(out, fcntl.LOCK_EX)
        if (folder / "demo").exists():
            return
        process = subprocess.Popen(
            [sys.executable, "-m", "officine"], env=dict(environ), stdout=out, stderr=out
        )
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not (folder / "demo").exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"no demo was written:\n{log.read_text()[-3000:]}")
                time.sleep(0.05)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
