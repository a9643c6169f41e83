"""What can be wrong with a change."""

from collections.abc import Sequence
from typing import Any


class EditedMeanwhile(Exception):
    """Somebody else changed the same thing since it was read."""


class NotAllowedThere(Exception):
    """An interview does not go from this stage to that one."""


class NotReady(Exception):
    """Something is missing before publication; ``missing`` says all of it."""

    def __init__(self, missing: Sequence[tuple[str, Any]]) -> None:
        super().__init__([word for word, _ in missing])
        self.missing = missing


class BadChapters(Exception):
    """A line of the chapters cannot be read: its ``number`` and ``words``."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__(number)
        self.number, self.words = number, words


class OriginalFirst(Exception):
    """There is nothing to translate yet."""


class NoAddress(Exception):
    """There is no address to write to the guest."""


class NoLongerOpen(Exception):
    """What the guest was asked cannot be answered any more."""
