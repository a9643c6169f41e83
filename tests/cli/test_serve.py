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
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]


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
            time.sleep(0.1)
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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The site, answering."""
    started = Site(tmp_path)
    started.until("answering", lambda: started.status("/healthz") == 200)
    yield started
    rest = started.processes() if started.process.poll() is None else []
    started.process.kill()
    started.process.wait()
    for process in rest:
        if process.is_running():
            process.kill()


def test_the_site_comes_up_recovers_and_stops(site: Site) -> None:
    """One start serves several questions, for a start is dear."""
    site.until("ready", lambda: site.status("/readyz") == 200)

    for word in ("web", "work"):
        victims = [each for each in site.processes() if each.cmdline()[-1:] == [word]]
        victims[-1].kill()
        site.until(f"back after {word}", lambda: site.status("/healthz") == 200)
        site.until("whole again", lambda: len(site.processes()) == 3)

    doctor = site.command("doctor")
    assert doctor.returncode == 0, doctor.stdout
    for name in ("Configuration", "Database", "Search", "Files", "Worker"):
        assert f"✓ {name}" in doctor.stdout

    taken = site.command("serve")
    assert taken.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {site.port}" in taken.stderr

    everything = site.processes()
    site.process.send_signal(signal.SIGTERM)
    assert site.process.wait(20) == 0
    assert [each for each in everything if each.is_running()] == []


def test_killed_outright_it_leaves_nothing_running(site: Site) -> None:
    everything = site.processes()

    site.process.kill()
    site.process.wait()

    site.until("gone", lambda: not any(each.is_running() for each in everything))
