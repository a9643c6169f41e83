"""What is told while things are made: one line a step, with the seconds running."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn


class SetupError(Exception):
    """Something is missing or failed. The message says what, and what to do."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    begun = time.monotonic()
    done = threading.Event()
    in_terminal = sys.stderr.isatty()

    def count() -> None:
        while not done.wait(1):
            _write(f"\r  {what} … {time.monotonic() - begun:.0f} s ")

    _write(f"  {what} …" if in_terminal else f"  {what} …\n")
    counter = threading.Thread(target=count, daemon=True)
    if in_terminal:
        counter.start()
    try:
        yield
    except BaseException:
        done.set()
        _write("\n" if in_terminal else "")
        raise
    done.set()
    spent = f"{time.monotonic() - begun:.1f} s"
    _write(f"\r  {what}: {spent}   \n" if in_terminal else f"  {what}: {spent}\n")


def run(
    arguments: Sequence[object],
    *,
    otherwise: str,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> None:
    """Run a program quietly. Raises SetupError with `otherwise` and its last lines if it fails."""
    try:
        done = subprocess.run(
            [str(argument) for argument in arguments],
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise SetupError(f"{otherwise}\n{error}") from None
    if done.returncode:
        last = "\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-15:])
        raise SetupError(f"{otherwise}\n{last}")


def give_up(why: str) -> NoReturn:
    """Say why, and stop."""
    _write(f"{why}\n")
    sys.exit(1)


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
