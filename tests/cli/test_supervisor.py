"""The supervisor keeps its children running and leaves none behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import os, sys
from officine.cli.supervisor import Child, Supervisor

SAYS = "import os, time; says = lambda *words: os.write(1, ('%s %d' % words + chr(10)).encode())"

def child(name, does):
    # A line is written at once: both children write to one file, and the pieces would mix.
    code = f"{SAYS}; says('{name}', os.getpid()); {does}"
    return Child(name, [sys.executable, "-c", code])

children = [child("web", sys.argv[1]), child("worker", "time.sleep(60)")]
sys.exit(Supervisor(children, os.environ).run())
"""


class Watched:
    """A supervisor in a process of its own, and the children it tells of."""

    def __init__(self, does: str, log: Path) -> None:
        self.log = log
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SCRIPT, does], stdout=out, stderr=subprocess.DEVNULL
            )

    def children(self, name: str, at_least: int = 1) -> list[int]:
        """The process ids of every child of this name so far, once there are enough."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            words = [line.split() for line in self.log.read_text().splitlines()]
            found = [int(line[1]) for line in words if len(line) == 2 and line[0] == name]
            if len(found) >= at_least:
                return found
            time.sleep(0.05)
        raise AssertionError(f"{name} did not start {at_least} times")

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@pytest.fixture
def watch(tmp_path: Path):
    """Starts a supervisor whose web child does this."""
    started: list[Watched] = []

    def start(does: str) -> Watched:
        started.append(Watched(does, tmp_path / "log"))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_stops_every_child(watch, number: int) -> None:
    site = watch("time.sleep(60)")
    (web,), (worker,) = site.children("web"), site.children("worker")

    assert site.stop(number) == 0
    assert not is_alive(web) and not is_alive(worker)


def test_a_killed_child_is_started_again_and_the_other_left_alone(watch) -> None:
    site = watch("time.sleep(60)")
    (web,) = site.children("web")

    os.kill(web, signal.SIGKILL)

    assert len(set(site.children("web", at_least=2))) == 2
    assert len(site.children("worker")) == 1
    assert site.stop() == 0


def test_a_child_that_cannot_live_ends_it_all(watch) -> None:
    site = watch("time.sleep(0.5); raise SystemExit(3)")

    assert site.process.wait(30) == 1
    assert len(site.children("web")) == 5
    assert not is_alive(site.children("worker")[0])


def test_a_child_that_finishes_its_work_is_waited_for(watch, tmp_path: Path) -> None:
    done = tmp_path / "done"
    finish = f"time.sleep(1), open({str(done)!r}, 'w'), os._exit(0)"
    site = watch(
        f"import signal; signal.signal(signal.SIGTERM, lambda *_: ({finish})); "
        "says('ready', 1); time.sleep(60)"
    )
    site.children("ready")

    assert site.stop() == 0
    assert done.exists()


def test_told_twice_it_stops_at_once(watch) -> None:
    site = watch(
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "says('ready', 1); time.sleep(60)"
    )
    site.children("ready")
    site.process.send_signal(signal.SIGINT)
    time.sleep(0.5)

    begun = time.monotonic()
    site.stop(signal.SIGINT)

    assert time.monotonic() - begun < 5
