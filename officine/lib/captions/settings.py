"""Where a caption stands: the settings behind its times, and those of the regions of a file."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

_PERCENTAGE = re.compile(r"[0-9]+(?:\.[0-9]+)?%")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(slots=True)
class Settings:
    """Where a cue stands, as `settings_of` reads it. None is “auto”."""

    region: str | None = None
    vertical: str = ""
    snaps_to_lines: bool = True
    line: float | None = None
    line_align: str = "start"
    position: float | None = None
    position_align: str = "auto"
    size: float = 100.0
    align: str = "center"


def settings_of(text: str, regions: Iterable[str] = ()) -> Settings:
    """Where a cue stands; what cannot be understood is passed over, as browsers do."""
    return read_settings(text, set(regions))[0]


def bad_settings(text: str) -> list[str]:
    """The settings of a cue that cannot be understood. Regions are not ours to know."""
    return [each for each in read_settings(text, None)[1] if each]


def read_settings(text: str, regions: set[str] | None) -> tuple[Settings, list[str]]:
    """Read the settings after a cue’s times; gives also those that are wrong."""
    settings = Settings()
    bad: list[str] = []
    seen: set[str] = set()
    for each in parts_of(text):
        name, colon, value = each.partition(":")
        fits = bool(name and colon and value) and _set(settings, name, value, regions)
        if not fits or name in seen:
            bad.append(each)
        seen.add(name)
    return settings, bad


def parts_of(text: str) -> list[str]:
    """The words of a line. Only the spaces of the format divide them, as many as Unicode has."""
    return [part for part in re.split(r"[\t\n\f\r ]+", text) if part]


def _set(settings: Settings, name: str, value: str, regions: set[str] | None) -> bool:
    match name:
        case "region":
            if regions is not None and value not in regions:
                settings.region = None
                return False
            settings.region = value
            return True
        case "vertical" if value in ("rl", "lr"):
            settings.vertical = value
            settings.region = None
            return True
        case "line":
            return _set_line(settings, value)
        case "position":
            return _set_position(settings, value)
        case "size":
            size = _percentage(value)
            if size is None:
                return False
            settings.size = size
            if size != 100:
                settings.region = None
            return True
        case "align" if value in ("start", "center", "end", "left", "right"):
            settings.align = value
            return True
    return False


def _set_line(settings: Settings, value: str) -> bool:
    where, comma, align = value.partition(",")
    if where.endswith("%"):
        number = _percentage(where)
        if number is None:
            return False
    elif _NUMBER.fullmatch(where) and math.isfinite(float(where)):
        number = float(where)
    else:
        return False
    if comma and align not in ("start", "center", "end"):
        return False
    if comma:
        settings.line_align = align
    settings.line = number
    settings.snaps_to_lines = not where.endswith("%")
    settings.region = None
    return True


def _set_position(settings: Settings, value: str) -> bool:
    where, comma, align = value.partition(",")
    number = _percentage(where)
    if number is None or (comma and align not in ("line-left", "center", "line-right")):
        return False
    if comma:
        settings.position_align = align
    settings.position = number
    return True


def _percentage(text: str) -> float | None:
    if not _PERCENTAGE.fullmatch(text):
        return None
    number = float(text[:-1])
    return number if 0 <= number <= 100 else None


def fits_region(name: str, value: str) -> bool:
    """Whether a setting of a region has a value that the format knows."""
    match name:
        case "id":
            return True
        case "width":
            return _percentage(value) is not None
        case "lines":
            return re.fullmatch("[0-9]+", value) is not None
        case "regionanchor" | "viewportanchor":
            x, comma, y = value.partition(",")
            return bool(comma) and _percentage(x) is not None and _percentage(y) is not None
        case "scroll":
            return value == "up"
    return False
