"""WebVTT, read as a browser reads it and looked at as the format asks.

The parser follows “WebVTT parser algorithm” of the W3C step by step: what it gives is what every
browser shows. Beside it stands each place where the file breaks the format’s syntax, with its
line, all of them at once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from officine.lib.captions.cues import LATEST_MS, Caption, Problem, Reading, clock
from officine.lib.captions.markup import (
    SPACE,
    settle_markup,
    spoken_by,
    text_problems,
    with_voice,
)
from officine.lib.captions.settings import fits_region, parts_of, read_settings

_TIMES = re.compile(r"\s*[0-9:.]+\s*-->\s*[0-9:.]+")
_SHORT_HOURS = re.compile(r"(?<![0-9:])[0-9]:[0-9]{2}:[0-9]{2}\.")


@dataclass
class _State:
    lines: list[str]
    reading: Reading = field(default_factory=Reading)
    position: int = 0
    seen_cue: bool = False
    names: set[str] = field(default_factory=set)
    last_start: int = 0

    def wrong(self, number: int, key: str, value: str = "") -> None:
        self.reading.problems.append(Problem(number, key, value[:80]))

    def remark(self, number: int, key: str, value: str = "") -> None:
        self.reading.remarks.append(Problem(number, key, value[:80]))


def read_webvtt(text: str) -> Reading:
    """Read a WebVTT file whose bytes are decoded already."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    state = _State(text.split("\n"))
    if state.lines[-1] == "" and len(state.lines) > 1:
        state.lines.pop()
    first = state.lines[0]
    if not re.match(r"WEBVTT(?:$|[ \t])", first):
        state.wrong(1, "header", first)
        return state.reading
    if "-->" in first:
        state.wrong(1, "header", first)
    state.position = 1
    if state.position < len(state.lines) and state.lines[state.position] != "":
        _block(state, in_header=True)
    _skip_empty(state)
    while state.position < len(state.lines):
        _block(state, in_header=False)
        _skip_empty(state)
    for kind, found in (("styles", state.reading.styles), ("regions", state.reading.regions)):
        if found:
            state.remark(0, kind, str(len(found)))
    if state.reading.notes:
        state.remark(0, "notes", str(len(state.reading.notes)))
    state.reading.problems.sort(key=lambda problem: problem.line)
    return state.reading


def _skip_empty(state: _State) -> None:
    while state.position < len(state.lines) and state.lines[state.position] == "":
        state.position += 1


def _block(state: _State, *, in_header: bool) -> None:
    """Collect one block: a cue, a style sheet, a region, a comment, or nothing known."""
    began = state.position
    count, previous = 0, state.position
    buffer: list[str] = []
    has_arrow = False
    cue: Caption | None = None
    kind = ""
    while state.position < len(state.lines):
        line = state.lines[state.position]
        number = state.position + 1
        count += 1
        state.position += 1
        if "-->" in line:
            if not in_header and (count == 1 or (count == 2 and not has_arrow)):
                has_arrow = True
                name = "\n".join(buffer)
                previous = state.position
                cue = _timing(state, line, number, name)
                buffer = []
                # What looks like a cue counts as one even if its times cannot be read.
                state.seen_cue = state.seen_cue or cue is not None
                continue
            if in_header:
                state.wrong(number, "header-arrow", line)
            else:
                state.wrong(number, "no-blank" if _TIMES.match(line) else "arrow", line)
            state.position = previous
            break
        if line == "":
            break
        if not in_header and count == 2 and not has_arrow:
            kind = _kind(state, buffer[0], began + 1)
            if kind in ("STYLE", "REGION"):
                buffer = []
        buffer.append(line)
        previous = state.position
    _finish(state, cue, kind, buffer, began + 1, has_arrow=has_arrow, in_header=in_header)


def _kind(state: _State, line: str, number: int) -> str:
    for word in ("STYLE", "REGION"):
        if line.startswith(word) and not line[len(word) :].strip(SPACE):
            if not state.seen_cue:
                return word
            state.wrong(number, "late", word)
            return "LATE"
    return ""


def _finish(
    state: _State,
    cue: Caption | None,
    kind: str,
    buffer: list[str],
    began: int,
    *,
    has_arrow: bool,
    in_header: bool,
) -> None:
    text = "\n".join(buffer)
    if cue is not None:
        _keep_cue(state, cue, text)
    elif kind == "STYLE":
        state.reading.styles.append(text)
    elif kind == "REGION":
        state.reading.regions.append(_region(state, buffer, began))
    elif has_arrow or kind == "LATE":
        return
    elif re.match(r"NOTE(?:$|[ \t\n])", text):
        state.reading.notes.append(text)
    elif in_header:
        state.remark(began, "header-text", text)
    elif text and text.strip(SPACE) not in ("STYLE", "REGION"):
        state.wrong(began, "no-times", buffer[0])


def _keep_cue(state: _State, cue: Caption, text: str) -> None:
    problems, remarks = text_problems(text, cue.line + 1, cue.starts_ms, cue.ends_ms)
    state.reading.problems.extend(problems)
    state.reading.remarks.extend(remarks)
    state.reading.captions.append(replace(cue, text=text))


def _timing(state: _State, line: str, number: int, name: str) -> Caption | None:
    position = _skip_space(line, 0)
    starts, position = _timestamp(line, position)
    if starts is None:
        state.wrong(number, "timing", line)
        return None
    before = position
    position = _skip_space(line, position)
    if line[position : position + 3] != "-->":
        state.wrong(number, "timing", line)
        return None
    after = position + 3
    position = _skip_space(line, after)
    ends, end = _timestamp(line, position)
    if ends is None:
        state.wrong(number, "timing", line)
        return None
    rest = line[end:]
    is_loose = line[0] in SPACE or before == after - 3 or position == after
    if is_loose or (rest and rest[0] not in SPACE):
        state.wrong(number, "timing-space", line)
    if _SHORT_HOURS.search(line):
        state.wrong(number, "hours", line)
    if max(starts, ends) > LATEST_MS:
        state.wrong(number, "too-late", line)
    if ends <= starts:
        state.wrong(number, "end-first", line)
    if starts < state.last_start:
        state.wrong(number, "out-of-order", line)
    state.last_start = max(state.last_start, starts)
    if name:
        if name in state.names:
            state.wrong(number - 1, "name-again", name)
        state.names.add(name)
    known = {region.get("id", "") for region in state.reading.regions}
    _settings, bad = read_settings(rest, known)
    for each in bad:
        state.wrong(number, "setting", each)
    return Caption(starts, ends, "", settings=" ".join(parts_of(rest)), name=name, line=number)


def _skip_space(line: str, position: int) -> int:
    while position < len(line) and line[position] in SPACE:
        position += 1
    return position


def _timestamp(line: str, position: int) -> tuple[int | None, int]:
    """Collect a timestamp: its milliseconds, or None, and where it ends."""
    match = re.compile(r"([0-9]+):([0-9]+)(?::([0-9]+))?").match(line, position)
    if match is None:
        return None, position
    first, second, third = match.groups()
    if len(second) != 2 or (third is not None and len(third) != 2):
        return None, position
    if third is None:
        # Anything but two figures up to 59 would be hours, and then seconds must follow.
        if len(first) != 2 or int(first) > 59 or line[match.end() : match.end() + 1] == ":":
            return None, position
        hours, minutes, seconds = 0, int(first), int(second)
    else:
        # A browser takes any number of figures for the hours.
        hours, minutes, seconds = int(first.lstrip("0")[:9] or 0), int(second), int(third)
    part = re.compile(r"\.([0-9]+)").match(line, match.end())
    if part is None or len(part[1]) != 3 or minutes > 59 or seconds > 59:
        return None, position
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(part[1]), part.end()


def _region(state: _State, buffer: list[str], began: int) -> dict[str, str]:
    region: dict[str, str] = {}
    for offset, line in enumerate(buffer, start=1):
        for each in parts_of(line):
            name, colon, value = each.partition(":")
            if not name or not colon or not value or not fits_region(name, value):
                state.wrong(began + offset, "region", each)
            elif name in region and name != "id":
                state.wrong(began + offset, "region", each)
                region[name] = value
            else:
                region[name] = value
    if "id" not in region:
        state.wrong(began, "region", "id")
    return region


def with_speakers(captions: Iterable[Caption]) -> list[Caption]:
    """The captions of a file in the form we keep: who speaks apart, the text in one spelling."""
    kept = []
    for caption in captions:
        speaker, text = spoken_by(caption.text)
        # Regions and style sheets are not kept, and so nothing stands in one.
        settings = " ".join(s for s in parts_of(caption.settings) if not s.startswith("region:"))
        kept.append(replace(caption, speaker=speaker, text=settle_markup(text), settings=settings))
    return kept


def write_webvtt(captions: Iterable[Caption], *, note: str = "") -> str:
    """A WebVTT file. `note` is a comment at its top."""
    parts = ["WEBVTT"]
    if note:
        parts.append("NOTE\n" + settle_note(note))
    for caption in captions:
        times = f"{clock(caption.starts_ms)} --> {clock(caption.ends_ms)}"
        settings = f" {caption.settings}" if caption.settings else ""
        text = settle_markup(with_voice(caption.speaker, caption.text))
        parts.append(f"{times}{settings}" + (f"\n{text}" if text else ""))
    return "\n\n".join(parts) + "\n"


def settle_note(text: str) -> str:
    """A comment in which nothing can be taken for a cue."""
    lines = (line.strip().replace("-->", "→") for line in text.splitlines())
    return "\n".join(line for line in lines if line)
