"""Moments of a recording, as people write and read them."""

import re

_WRITTEN = re.compile(r"(?:(?:(\d{1,2})[h:])?(\d{1,3})[m:])?(\d{1,6})(?:\.(\d{1,3}))?s?", re.ASCII)
LONGEST = 24 * 3600


def clock(milliseconds: int) -> str:
    """A moment as players show it: ``83_000`` → ``1:23``, ``3_723_000`` → ``1:02:03``."""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def moment(written: str) -> int | None:
    """The second that an address names: ``83``, ``1:23``, ``1m23s``; None for anything else."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(each or 0) for each in found.groups()[:3])
    whole = hours * 3600 + minutes * 60 + seconds
    return whole if whole <= LONGEST else None


def iso_duration(milliseconds: int) -> str:
    """A length of time for machines (ISO 8601): ``83_000`` → ``PT1M23S``."""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def vtt_time(milliseconds: int) -> str:
    """A moment as WebVTT writes it: ``00:01:23.000``."""
    seconds, rest = divmod(max(0, milliseconds), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
