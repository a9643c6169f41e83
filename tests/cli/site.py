"""The whole site, started as its owner starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil


class Site:
    """`officine serve` in an empty folder."""

    def __init__(self, folder: Path, *command: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "log"
        self.environ = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith("OFFICINE")
            },
            "OFFICINE_PORT": str(self.port),
            "OFFICINE_DATA_DIR": str(folder / "data"),
        }
        self.folder = folder
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "officine", "serve", *command],
                cwd=folder,
                env=self.environ,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def status(self, path: str) -> int:
        """What the site answers; 0 if it does not."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=5) as reply:
                return int(reply.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def until(self, what: str, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if holds():
                return
            if self.process.poll() not in (None, 0, -signal.SIGKILL):
                break
            time.sleep(0.05)
        last = [line[:200] for line in self.log.read_text().splitlines()[-5:]]
        raise AssertionError("\n".join([f"not {what}", *last]))

    def processes(self) -> list[psutil.Process]:
        """Everything that was started, the web process that answers last."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another command, on the same site."""
        return subprocess.run(
            [sys.executable, "-m", "officine", *words],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
        )

    def kill(self) -> list[psutil.Process]:
        """Kill what keeps it running, outright; gives what that had started."""
        rest = self.processes() if self.process.poll() is None else []
        self.process.kill()
        self.process.wait()
        return rest


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """The site, answering; nothing of it is left at the end."""
    started = Site(folder)
    try:
        started.until("answering", lambda: started.status("/healthz") == 200)
        yield started
    finally:
        for process in started.kill():
            with suppress(psutil.NoSuchProcess):
                process.kill()
