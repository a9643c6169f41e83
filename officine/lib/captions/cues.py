"""One caption, what is wrong with a file of them, and times as people write them."""

import re
from dataclasses import dataclass, field

# Ten hours more than any recording we take; a larger number would not fit the database.
LATEST_MS = 100 * 3600 * 1000

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)(?:[.,](\d{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Caption:
    """Words on the screen from one moment to another.

    `text` is a WebVTT cue text: `&amp;`, `&lt;` and `&gt;` stand for what they name, and it may
    hold `<i>`, `<b>`, `<u>`, `<c>`, `<lang>`, `<ruby>` and times. `speaker` is plain.
    """

    starts_ms: int
    ends_ms: int
    text: str
    speaker: str = ""
    settings: str = ""
    name: str = ""
    """Its identifier in the file."""
    line: int = 0
    """Where its times stand in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that is not as it must be, or that is worth saying.

    `key` is a word for the sentence a person reads; `value` is what it is about.
    """

    line: int
    key: str
    value: str = ""


@dataclass(frozen=True)
class Reading:
    """What a file holds. `captions` is what a browser would show of it; with `problems` it is not
    as the format asks, and nobody should rely on it. `remarks` are no faults.
    """

    captions: list[Caption] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    regions: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def clock(ms: int) -> str:
    """A moment as WebVTT writes it: ``00:01:23.000``."""
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def read_clock(text: str) -> int | None:
    """A moment as people write it, in milliseconds: ``1:23``, ``01:23.5``, ``0:01:23,500``.
    None when it is none.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, part = match.groups()
    if hours is not None and int(minutes) > 59:
        return None
    ms = (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000
    return ms + int((part or "").ljust(3, "0"))


def plain(text: str) -> str:
    """On one line."""
    return " ".join(text.split())
