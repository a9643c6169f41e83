"""Where things lie in a checkout, and the marks that tell what was made from what."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent
LOCKS = PACKAGE / "locks"
STATIC = CHECKOUT / "static"
TRANSLATIONS = CHECKOUT / "translations"
VENV = CHECKOUT / ".venv"
MARKS = VENV / "officine"


def in_checkout() -> bool:
    """Whether this runs from a clone, not from an installed package."""
    return (CHECKOUT / "pyproject.toml").is_file() and (STATIC / "package.json").is_file()


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """What these files hold and are called, and these words, in one short text."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(CHECKOUT)} {content}\n".encode())
    return digest.hexdigest()


def is_marked(step: str, mark: str) -> bool:
    """Whether this step was last done from the very same."""
    path = MARKS / step
    return path.is_file() and path.read_text() == mark


def set_mark(step: str, mark: str) -> None:
    """Remember what this step was done from."""
    MARKS.mkdir(parents=True, exist_ok=True)
    (MARKS / step).write_text(mark)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second start wait while the first one makes things."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    # The folder itself is the lock, so no file is left behind. It opens when the process starts
    # again inside .venv, which takes it anew.
    handle = os.open(CHECKOUT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
