"""SRT (SubRip): no standard, one habit. Numbers are optional; who speaks stands before a colon."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from officine.lib.captions.cues import LATEST_MS, Caption, Problem, Reading, clock
from officine.lib.captions.markup import (
    Node,
    escaped,
    settle_markup,
    text_problems,
    tree,
    voices,
)

_MOMENT = r"(\d{1,3}):(\d{1,2}):(\d{1,2})([,.])(\d{1,3})"
_TIMES = re.compile(rf"\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s+(.*))?", re.ASCII)
_TAG = re.compile(r"(</?[ibu]>)|(</?font(?:\s[^<>]*)?>)|(\{\\[^{}]*\})", re.IGNORECASE)


def read_subrip(text: str, speakers: Collection[str] = ()) -> Reading:
    """Read an SRT file whose bytes are decoded already. A beginning such as “Marta:” names who
    speaks where the name is among `speakers`.
    """
    reading = Reading()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.replace("\0", "\ufffd") for line in text.split("\n")]
    begins = [number for number, line in enumerate(lines) if "-->" in line]
    if not begins:
        reading.problems.append(Problem(1, "no-cues"))
        return reading
    first = begins[0]
    for number, line in enumerate(lines[:first]):
        if line.strip() and not (line.strip().isdecimal() and number == first - 1):
            reading.problems.append(Problem(number + 1, "no-times", line.strip()[:80]))
    last_start = 0
    for here, following in zip(begins, [*begins[1:], len(lines)], strict=True):
        caption = _timing(reading, lines[here], here + 1, last_start)
        body = _body(lines, here + 1, following, is_last=following == len(lines))
        _look_between(reading, lines, here + 1, body, following)
        if caption is None:
            continue
        last_start = max(last_start, caption.starts_ms)
        kept = _text(reading, "\n".join(body), here + 2)
        speaker, kept = _speaker(kept, speakers)
        reading.captions.append(replace(caption, speaker=speaker, text=kept))
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _body(lines: list[str], begin: int, end: int, *, is_last: bool) -> list[str]:
    """The lines of a cue’s words: up to the number of the next."""
    body = lines[begin:end]
    if not is_last and body and body[-1].strip().isdecimal():
        is_number = len(body) == 1 or not body[-2].strip()
        if is_number:
            body = body[:-1]
    kept = []
    for line in body:
        if not line.strip():
            break
        kept.append(line.strip())
    return kept


def _look_between(
    reading: Reading, lines: list[str], begin: int, body: list[str], end: int
) -> None:
    """Words after an empty line belong to no cue."""
    for number in range(begin + len(body), end):
        line = lines[number].strip()
        is_number = number == end - 1 and end < len(lines) and line.isdecimal()
        if line and not is_number:
            reading.problems.append(Problem(number + 1, "no-times", line[:80]))


def _timing(reading: Reading, line: str, number: int, last_start: int) -> Caption | None:
    match = _TIMES.fullmatch(line)
    starts = _ms(match.groups()[:5]) if match else None
    ends = _ms(match.groups()[5:10]) if match else None
    if match is None or starts is None or ends is None:
        is_text = not re.match(r"\s*[\d:]", line)
        reading.problems.append(Problem(number, "arrow" if is_text else "timing", line[:80]))
        return None
    if match[4] == "." or match[9] == ".":
        reading.remarks.append(Problem(number, "points", line[:80]))
    if match[11]:
        reading.remarks.append(Problem(number, "places", match[11][:80]))
    if max(starts, ends) > LATEST_MS:
        reading.problems.append(Problem(number, "too-late", line[:80]))
    if ends <= starts:
        reading.problems.append(Problem(number, "end-first", line[:80]))
    if starts < last_start:
        reading.problems.append(Problem(number, "out-of-order", line[:80]))
    return Caption(starts, ends, "", line=number)


def _ms(parts: Iterable[str]) -> int | None:
    hours, minutes, seconds, _point, part = parts
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(part.ljust(3, "0"))


def _text(reading: Reading, text: str, line: int) -> str:
    parts: list[str] = []
    end = 0
    for match in _TAG.finditer(text):
        parts.append(escaped(text[end : match.start()]))
        if match[1]:
            parts.append(match[1].lower())
        else:
            at = line + text.count("\n", 0, match.start())
            reading.remarks.append(Problem(at, "dropped", match[0]))
        end = match.end()
    joined = "".join([*parts, escaped(text[end:])])
    problems, _remarks = text_problems(joined, line)
    reading.problems.extend(problems)
    return settle_markup(joined)


def _speaker(text: str, speakers: Collection[str]) -> tuple[str, str]:
    for speaker in sorted(speakers, key=len, reverse=True):
        beginning = escaped(speaker) + ":"
        if speaker and text.startswith(beginning):
            return speaker, text[len(beginning) :].lstrip()
    return "", text


def write_subrip(captions: Iterable[Caption]) -> str:
    """An SRT file: numbered, with commas, who speaks before a colon, and no more than i, b, u."""
    parts = []
    for number, caption in enumerate(captions, start=1):
        starts, ends = (
            clock(each).replace(".", ",") for each in (caption.starts_ms, caption.ends_ms)
        )
        text = _plain_tags(tree(caption.text))
        if caption.speaker:
            text = f"{caption.speaker}: {text}"
        else:
            said = voices(caption.text)
            if any(speaker for speaker, _words in said):
                text = "\n".join(
                    f"{speaker}: {words.strip()}" if speaker else words.strip()
                    for speaker, words in said
                )
        text = "\n".join(line for line in text.splitlines() if line.strip())
        text = text.replace("-->", "->")
        parts.append(f"{number}\n{starts} --> {ends}\n{text}\n")
    return "\n".join(parts)


def _plain_tags(node: Node) -> str:
    if node.kind == "text":
        return node.value
    inside = "".join(_plain_tags(child) for child in node.children if child.kind != "rt")
    return f"<{node.kind}>{inside}</{node.kind}>" if node.kind in ("i", "b", "u") else inside
