"""Captions as they arrive: bytes of one format or the other, in one encoding or another."""

import codecs
from collections.abc import Collection
from dataclasses import replace

from officine.lib.captions.cues import Problem, Reading
from officine.lib.captions.subrip import read_subrip
from officine.lib.captions.webvtt import read_webvtt, with_speakers


def read_captions(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read a file of captions of either format, in the form we keep. SRT need not be UTF-8."""
    text, problems, remarks = decoded(data)
    if _is_webvtt(text):
        reading = read_webvtt(text)
        reading = replace(reading, captions=with_speakers(reading.captions))
        if remarks:
            problems, remarks = [Problem(_first_bad_line(data), "not-utf8")], []
    elif "-->" in text:
        reading = read_subrip(text, speakers)
    else:
        reading = Reading(problems=[Problem(1, "header", text.partition("\n")[0].strip()[:80])])
    if not reading.captions and not reading.problems:
        reading.problems.append(Problem(1, "no-cues"))
    return replace(
        reading,
        problems=sorted(problems + reading.problems, key=lambda problem: problem.line),
        remarks=remarks + reading.remarks,
    )


def decoded(data: bytes) -> tuple[str, list[Problem], list[Problem]]:
    """The text of a file, with what is wrong and what is worth saying about its encoding."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace"), [], [Problem(1, "utf16")]
    try:
        return data.decode("utf-8"), [], []
    except UnicodeDecodeError:
        pass
    # Old subtitle programs write what Western Windows wrote; five bytes of it are nothing.
    return data.decode("cp1252", "replace"), [], [Problem(_first_bad_line(data), "cp1252")]


def _is_webvtt(text: str) -> bool:
    return text.removeprefix("\ufeff").startswith("WEBVTT")


def _first_bad_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
