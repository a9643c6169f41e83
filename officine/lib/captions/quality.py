"""How well captions can be read, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from officine.lib.captions.cues import Caption
from officine.lib.captions.markup import words_of

FASTEST = 17.0
"""Characters a second that most people can read."""
LONGEST_LINE = 42
MOST_LINES = 2
SHORTEST_MS = 700
LONGEST_MS = 7000
SMALLEST_GAP_MS = 80
"""A shorter pause flickers: it is two frames at 25 a second."""
LONGEST_SILENCE_MS = 10_000

Kind = Literal[
    "overlap", "gap", "silence", "speed", "line", "lines", "empty", "short", "long", "beyond"
]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that makes a cue hard to read: which cue (from 1), how much, and the limit.

    Times are milliseconds, speed is characters a second, lines are characters or lines.
    """

    cue: int
    kind: Kind
    value: float
    limit: float


def findings(cues: Sequence[Caption], duration_ms: int | None = None) -> list[Finding]:
    """Look at every cue, in order. Without a duration nothing can lie beyond the end."""
    found: list[Finding] = []
    latest = 0
    for number, cue in enumerate(cues, start=1):
        found += _between(number, cue, latest, is_first=number == 1)
        found += _of(number, cue)
        if duration_ms is not None and cue.ends_ms > duration_ms:
            found.append(Finding(number, "beyond", cue.ends_ms, duration_ms))
        latest = max(latest, cue.ends_ms)
    return found


def _between(number: int, cue: Caption, latest: int, *, is_first: bool) -> list[Finding]:
    gap = cue.starts_ms - latest
    if gap < 0:
        return [Finding(number, "overlap", -gap, 0)]
    if 0 < gap < SMALLEST_GAP_MS and not is_first:
        return [Finding(number, "gap", gap, SMALLEST_GAP_MS)]
    if gap > LONGEST_SILENCE_MS:
        return [Finding(number, "silence", gap, LONGEST_SILENCE_MS)]
    return []


def _of(number: int, cue: Caption) -> list[Finding]:
    text = words_of(cue.text).strip()
    lasts = cue.ends_ms - cue.starts_ms
    if not text:
        return [Finding(number, "empty", 0, 1)]
    found = []
    if (speed := len(text) * 1000 / max(1, lasts)) > FASTEST:
        found.append(Finding(number, "speed", speed, FASTEST))
    lines = [line.strip() for line in text.splitlines()]
    if (longest := max(map(len, lines))) > LONGEST_LINE:
        found.append(Finding(number, "line", longest, LONGEST_LINE))
    if len(lines) > MOST_LINES:
        found.append(Finding(number, "lines", len(lines), MOST_LINES))
    if lasts < SHORTEST_MS:
        found.append(Finding(number, "short", lasts, SHORTEST_MS))
    if lasts > LONGEST_MS:
        found.append(Finding(number, "long", lasts, LONGEST_MS))
    return found
