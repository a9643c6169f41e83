"""Keeps the web and worker processes running, and stops them all together."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import click

GIVE_UP_AFTER = 5
"""Deaths in a row, each soon after its start."""
SOON = 10.0
PATIENCE = 15.0
"""Seconds a process has to finish what it is doing, once told to stop."""


@dataclass
class Child:
    """A process to keep running: what we call it, and how it is started."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    early_deaths: int = 0
    start_again_at: float | None = field(default=None)


class Supervisor:
    """Starts the children, starts again those that die, stops them when told to."""

    def __init__(self, children: Sequence[Child], environ: Mapping[str, str]) -> None:
        self.children = children
        self.environ = dict(environ)
        self.told_to_stop = threading.Event()

    def run(self, *, meanwhile: Callable[[threading.Event], None] | None = None) -> int:
        """Run until told to stop, and return the exit code: 0 if we were told, 1 if a child
        cannot live. `meanwhile` runs beside, and watches the event it is given.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        if meanwhile:
            threading.Thread(target=meanwhile, args=(self.told_to_stop,), daemon=True).start()
        try:
            for child in self.children:
                self._start(child)
            return self._watch()
        finally:
            self._stop_all()

    def _stop(self, *_: object) -> None:
        if self.told_to_stop.is_set():  # told twice: at once
            for child in self.children:
                _signal(child, signal.SIGKILL)
        self.told_to_stop.set()

    def _watch(self) -> int:
        while not self.told_to_stop.wait(0.2):
            for child in self.children:
                if child.start_again_at is not None:
                    if time.monotonic() >= child.start_again_at:
                        self._start(child)
                elif _is_dead(child) and not self._bury(child):
                    return 1
        return 0

    def _start(self, child: Child) -> None:
        child.start_again_at = None
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            child.command,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            # In its own session a Ctrl-C in the terminal reaches us alone, and we stop it in order.
            start_new_session=True,
        )

    def _bury(self, child: Child) -> bool:
        """Plan the next start of a child that died; False when there is no use in it."""
        assert child.process is not None
        soon = time.monotonic() - child.started < SOON
        child.early_deaths = child.early_deaths + 1 if soon else 1
        if child.early_deaths >= GIVE_UP_AFTER:
            click.echo(f"The {child.name} process keeps ending; giving up.", err=True)
            return False
        pause = 0.2 * 2 ** (child.early_deaths - 1)
        code = child.process.returncode
        click.echo(f"The {child.name} process ended ({code}); starting it again.", err=True)
        child.start_again_at = time.monotonic() + pause
        return True

    def _stop_all(self) -> None:
        for child in self.children:
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(child, signal.SIGKILL)
                child.process.wait()


def end_with_parent() -> None:
    """Stop this process when the one that started it is gone, even if it was killed outright."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()


def _is_dead(child: Child) -> bool:
    return child.process is not None and child.process.poll() is not None


def _signal(child: Child, number: int) -> None:
    if child.process and child.process.poll() is None:
        # A kill takes the whole session, so that nothing it started is left.
        if number == signal.SIGKILL:
            os.killpg(child.process.pid, number)
        else:
            child.process.send_signal(number)
