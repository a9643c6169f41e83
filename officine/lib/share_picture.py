"""The picture that other sites show beside a shared link: our paper, the mark, and the title.

The fonts are the site's own web fonts, which FreeType reads as they are.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
MOST_LINES = 4
TITLE_SIZES = (112, 100, 92, 84, 76, 70, 64, 58, 52, 46)
TITLE_ROOM = 330
NOTE_TOP = 530

PAPER, INK, INK_2, INK_3 = "#FBF8F2", "#1E1A15", "#504840", "#6B6257"
ACCENT, LINE_FIRM = "#B4281A", "#8A7F70"

# The dovetail of the mark, on its grid of 32.
TAIL = (
    (3, 6), (3.2, 4.9), (3.9, 3.9), (4.9, 3.2), (6, 3), (12.6, 3), (12.6, 13), (20.4, 10.2),
    (20.4, 21.8), (12.6, 19), (12.6, 29), (6, 29), (4.9, 28.8), (3.9, 28.1), (3.2, 27.1), (3, 26),
)  # fmt: skip
SOCKET = (
    (14.8, 3), (26, 3), (27.1, 3.2), (28.1, 3.9), (28.8, 4.9), (29, 6), (29, 26), (28.8, 27.1),
    (28.1, 28.1), (27.1, 28.8), (26, 29), (14.8, 29), (14.8, 22), (22.6, 24.8), (22.6, 7.2),
    (14.8, 10),
)  # fmt: skip


@dataclass(frozen=True)
class ShareFonts:
    """The files of the two families, the one with the commoner letters first."""

    display: tuple[Path, ...]
    reading: tuple[Path, ...]

    @classmethod
    def found_in(cls, *folders: Path) -> "ShareFonts":
        """The web fonts among ``folders``: the built ones, or the packages they come from."""
        return cls(
            display=_files(folders, "bricolage-grotesque-{}-opsz-normal*.woff2"),
            reading=_files(folders, "atkinson-hyperlegible-next-{}-wght-normal*.woff2"),
        )


def _files(folders: Sequence[Path], pattern: str) -> tuple[Path, ...]:
    found = []
    for subset in ("latin", "latin-ext"):
        name = pattern.format(subset)
        file = next((file for folder in folders for file in sorted(folder.glob(name))), None)
        if file is None:
            raise FileNotFoundError(f"No font {name} in {', '.join(map(str, folders))}")
        found.append(file)
    return tuple(found)


def draw(
    title: str,
    eyebrow: str = "",
    language: str = "",
    site_name: str = "Officine",
    *,
    fonts: ShareFonts,
    note: str = "",
    sos: bool = False,
) -> bytes:
    """A PNG of 1200 × 630.

    ``eyebrow`` stands above the title (the group, the kind of page), ``note`` below it (who wrote
    it, when the event is), ``language`` is the code in the tag. The title takes up to four lines
    and is set as large as they allow; one that is longer still ends after a whole word and “…”.
    """
    picture = _ground(site_name, fonts).copy()
    pen = ImageDraw.Draw(picture)

    if language:
        _tag(pen, language.upper(), fonts)
    top = 176
    if eyebrow or sos:
        _eyebrow(pen, eyebrow, top, fonts, sos=sos)
        top += 58
    room = TITLE_ROOM - (0 if eyebrow or sos else -40) - (44 if note else 0)
    size, lines = _set_title(_plain(title, fonts.display), room, fonts)
    face = _Typeface(fonts.display, size, 680, tracking=-0.03)
    step = round(size * 1.06)
    for number, line in enumerate(lines):
        face.write(pen, (MARGIN - size * 0.04, top + number * step), line, INK)
    if note:
        _line_of_text(pen, note, (MARGIN, NOTE_TOP), fonts, size=30, weight=400, color=INK_2)

    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=4)
    return file.getvalue()


# ── The parts ────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=8)
def _ground(site_name: str, fonts: ShareFonts) -> Image.Image:
    """What every picture has: paper, the mark with the site's name, the joint along the foot."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    _joint(picture)
    mark = 60
    _shape(picture, [(x * mark / 32, y * mark / 32) for x, y in TAIL], (MARGIN - 6, 58), INK)
    _shape(picture, [(x * mark / 32, y * mark / 32) for x, y in SOCKET], (MARGIN - 6, 58), ACCENT)
    name = _Typeface(fonts.display, 42, 680, tracking=-0.012)
    pen = ImageDraw.Draw(picture)
    name.write(pen, (MARGIN + mark + 8, 62), _plain(site_name, fonts.display), INK)
    return picture


def _joint(picture: Image.Image) -> None:
    """Two boards along the foot, joined by the dovetail of the mark."""
    top, foot, tail, gap = HEIGHT - 44, HEIGHT, 838, 6
    middle = (top + foot) / 2
    dark = (
        (0, top), (tail, top), (tail, middle - 6), (tail + 26, middle - 13),
        (tail + 26, middle + 13), (tail, middle + 6), (tail, foot), (0, foot),
    )  # fmt: skip
    red = (
        (tail + gap, top), (WIDTH, top), (WIDTH, foot), (tail + gap, foot),
        (tail + gap, middle + 15), (tail + 32, middle + 21), (tail + 32, middle - 21),
        (tail + gap, middle - 15),
    )  # fmt: skip
    _shape(picture, dark, (0, 0), INK)
    _shape(picture, red, (0, 0), ACCENT)


def _shape(
    picture: Image.Image, points: Iterable[tuple[float, float]], at: tuple[int, int], color: str
) -> None:
    """A filled outline with smooth edges: drawn four times as large, then laid on."""
    scaled = [(x * 4, y * 4) for x, y in points]
    size = (int(max(x for x, _ in scaled)) // 4 + 1, int(max(y for _, y in scaled)) // 4 + 1)
    mask = Image.new("L", (size[0] * 4, size[1] * 4))
    ImageDraw.Draw(mask).polygon(scaled, fill=255)
    mask = mask.resize(size, Image.Resampling.BOX)
    picture.paste(color, (*at, at[0] + size[0], at[1] + size[1]), mask)


def _tag(pen: ImageDraw.ImageDraw, code: str, fonts: ShareFonts) -> None:
    face = _Typeface(fonts.reading, 28, 700, tracking=0.04)
    width = face.length(code) + 30
    box = (WIDTH - MARGIN - width, 66, WIDTH - MARGIN, 66 + 46)
    pen.rounded_rectangle(box, radius=9, outline=LINE_FIRM, width=2)
    face.write(pen, (box[0] + 15, box[1] + 6), code, INK_2)


def _eyebrow(
    pen: ImageDraw.ImageDraw, text: str, top: float, fonts: ShareFonts, *, sos: bool
) -> None:
    left: float = MARGIN
    if sos:
        face = _Typeface(fonts.reading, 26, 750, tracking=0.06)
        width = face.length("SOS") + 28
        pen.rounded_rectangle((left, top, left + width, top + 42), radius=9, fill=ACCENT)
        face.write(pen, (left + 14, top + 5), "SOS", "#FFFFFF")
        left += width + 18
    _line_of_text(pen, text, (left, top), fonts, size=32, weight=500, color=INK_3)


def _line_of_text(
    pen: ImageDraw.ImageDraw,
    text: str,
    at: tuple[float, float],
    fonts: ShareFonts,
    *,
    size: int,
    weight: int,
    color: str,
) -> None:
    """One line in the reading face; what does not fit ends after a whole word."""
    face = _Typeface(fonts.reading, size, weight)
    room = WIDTH - MARGIN - at[0]
    lines = _wrapped(_plain(text, fonts.reading).split(" "), face, room)
    if lines:
        face.write(pen, at, lines[0] if len(lines) == 1 else _ended(lines[0], face, room), color)


# ── The title ────────────────────────────────────────────────────────────────────────────────


def _set_title(title: str, room: float, fonts: ShareFonts) -> tuple[int, list[str]]:
    """The largest size at which the title takes its lines, and those lines, evenly filled."""
    width = WIDTH - 2 * MARGIN
    words = _words(title)
    size, lines = TITLE_SIZES[-1], [""]
    for size in TITLE_SIZES:
        face = _Typeface(fonts.display, size, 680, tracking=-0.03)
        if size > TITLE_SIZES[-1] and any(face.length(word) > width for word in words):
            continue
        lines = _wrapped(words, face, width)
        most = min(MOST_LINES, int(room // (size * 1.06)))
        if len(lines) <= most:
            return size, _balanced(words, face, width, lines)
    return size, [*lines[: MOST_LINES - 1], _ended(lines[MOST_LINES - 1], face, width)]


def _words(title: str) -> list[str]:
    """The words of a line; a number stays with the unit behind it."""
    return re.sub(r"(\d) (?=(\w{1,3}|%|€|£|°\w?)(\W|$))", "\\1\N{NO-BREAK SPACE}", title).split(" ")


def _wrapped(words: Sequence[str], face: "_Typeface", width: float) -> list[str]:
    """Lines as full as they go. A word wider than a line is broken, since there is no other way."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.length(longer) <= width:
            lines[-1] = longer
            continue
        while face.length(word) > width:
            most = next(n for n in range(len(word), 0, -1) if face.length(word[:n]) <= width)
            lines.append(word[:most])
            word = word[most:]
        lines.append(word)
    return lines


def _balanced(words: Sequence[str], face: "_Typeface", width: float, lines: list[str]) -> list[str]:
    """The same number of lines with the least difference between them."""
    narrow, wide, best = width / 2, float(width), lines
    while wide - narrow > 8:
        middle = (narrow + wide) / 2
        tried = _wrapped(words, face, middle)
        if len(tried) <= len(lines) and all(face.length(word) <= middle for word in words):
            wide, best = middle, tried
        else:
            narrow = middle
    return best


def _ended(line: str, face: "_Typeface", width: float) -> str:
    words = line.split(" ")
    while len(words) > 1 and face.length(" ".join(words) + "…") > width:
        words.pop()
    return " ".join(words).rstrip(",;:–—-") + "…"


# ── Letters ──────────────────────────────────────────────────────────────────────────────────


class _Typeface:
    """A family at one size, weight and spacing; each letter comes from the file that has it."""

    def __init__(
        self, files: tuple[Path, ...], size: int, weight: int, tracking: float = 0
    ) -> None:
        self.fonts = [_font(file, size, weight) for file in files]
        self.tracking = tracking * size
        self.gap = self.fonts[0].getlength(" ") + 2 * self.tracking
        self.lengths: dict[str, float] = {}

    def length(self, text: str) -> float:
        """How wide ``text`` stands. Words are measured once, as lines are tried again and again."""
        words = text.split(" ")
        for word in words:
            if word not in self.lengths:
                self.lengths[word] = sum(self._steps(word)) - self.tracking if word else 0
        return sum(self.lengths[word] for word in words) + self.gap * (len(words) - 1)

    def write(
        self, pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, color: str
    ) -> None:
        """Write ``text``; ``at`` is the left end of the line and the top of its letters' box."""
        x, baseline = at[0], at[1] + self.fonts[0].getmetrics()[0]
        for letter, step in zip(text, self._steps(text), strict=True):
            if letter != " ":
                pen.text((x, baseline), letter, color, font=self._font_of(letter), anchor="ls")
            x += step

    def _steps(self, text: str) -> list[float]:
        following = [*text[1:], ""] if text else []
        return [
            _step(self._font_of(letter), letter, after)
            # The bars of two neighbours such as “ff” would grow into one another.
            + (0 if letter == "f" and after in ("f", "i", "t", "l") else self.tracking)
            for letter, after in zip(text, following, strict=True)
        ]

    def _font_of(self, letter: str) -> ImageFont.FreeTypeFont:
        return next((font for font in self.fonts if _has(font, letter)), self.fonts[0])


@lru_cache(maxsize=64)
def _font(file: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(file), size)
    wished = {b"Weight": weight, b"Optical size": size}
    values: list[float] = []
    for axis in font.get_variation_axes():
        least, usual, most = axis["minimum"] or 0, axis["default"] or 0, axis["maximum"] or 0
        values.append(min(max(wished.get(axis["name"] or b"", usual), least), most))
    font.set_variation_by_axes(values)
    return font


@lru_cache(maxsize=16384)
def _step(font: ImageFont.FreeTypeFont, letter: str, after: str) -> float:
    """How far the pen moves after ``letter``, with the kerning towards the next."""
    if not after:
        return font.getlength(letter)
    return font.getlength(letter + after) - font.getlength(after)


@lru_cache(maxsize=8192)
def _has(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    """Whether the file draws this letter, and not the box that stands for a missing one."""
    if letter.isspace():
        return True
    drawn, missing = font.getmask(letter), font.getmask("\U0010fffd")
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def _plain(text: str, files: tuple[Path, ...]) -> str:
    """The text as one line of letters that the family has; the others are left out."""
    fonts = [_font(file, 46, 400) for file in files]
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    kept = "".join(letter for letter in composed if any(_has(font, letter) for font in fonts))
    return " ".join(kept.split())
