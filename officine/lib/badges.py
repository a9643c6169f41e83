"""Badges to print and cut: sheets of A4, ten of 90 × 55 mm on each.

The fonts are the site’s own, embedded: every letter of a European name is in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import segno
from PIL import Image

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT = 90, 55
COLUMNS, ROWS = 2, 5
LEFT, TOP = (210 - COLUMNS * WIDTH) / 2, (297 - ROWS * HEIGHT) / 2
INSET = 6
CODE = 22
NAME_SIZES = (24, 21, 18, 16, 14, 12, 10)
A_POINT = 0.3528
"""In millimetres."""
INK, QUIET, LINE = (30, 26, 21), (80, 72, 64), (200, 192, 180)


@dataclass(frozen=True)
class Badge:
    """What one person wears."""

    name: str
    firm: str
    """Their company, or whose guest they are."""
    languages: str
    code: str
    """What their QR code says."""


@dataclass(frozen=True)
class Fonts:
    """The files of the two families, the one with the commoner letters first."""

    name: Sequence[Path]
    words: Sequence[Path]


def draw_badges(
    badges: Sequence[Badge], *, title: str, language: str, at: datetime, fonts: Fonts
) -> bytes:
    """The PDF, one sheet for every ten; ``title`` is the event’s, on each badge."""
    # Imported here: it takes half a second and much memory, which no start needs to spend.
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    for family, files in (("name", fonts.name), ("words", fonts.words)):
        for number, font in enumerate(files):
            pdf.add_font(f"{family}-{number}", fname=font)
    pdf.set_auto_page_break(False)
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.set_creation_date(at)
    pdf.add_page()
    for number, badge in enumerate(badges):
        place = number % (COLUMNS * ROWS)
        if number and place == 0:
            pdf.add_page()
        row, column = divmod(place, COLUMNS)
        _draw(pdf, badge, title, LEFT + column * WIDTH, TOP + row * HEIGHT)
    kept = BytesIO()
    pdf.output(kept)
    return kept.getvalue()


def _draw(pdf: "FPDF", badge: Badge, title: str, x: float, y: float) -> None:
    pdf.set_draw_color(*LINE)
    pdf.set_line_width(0.1)
    pdf.rect(x, y, WIDTH, HEIGHT)
    inside, beside = WIDTH - 2 * INSET, WIDTH - 2 * INSET - CODE - 3
    _line(pdf, title, "words", 8, QUIET, x + INSET, y + 5, inside)
    size, lines = _fitting(pdf, badge.name, inside)
    for number, line in enumerate(lines):
        _line(pdf, line, "name", size, INK, x + INSET, y + 12 + number * size * 0.4, inside)
    _line(pdf, badge.firm, "words", 11, INK, x + INSET, y + HEIGHT - 17, beside)
    _line(pdf, badge.languages, "words", 9, QUIET, x + INSET, y + HEIGHT - 11, beside)
    code = _picture(badge.code)
    pdf.image(code, x + WIDTH - CODE - 4, y + HEIGHT - CODE - 4, CODE, CODE)


def _fitting(pdf: "FPDF", name: str, width: float) -> tuple[float, list[str]]:
    """The name as large as it fits into two lines."""
    for size in NAME_SIZES:
        _font(pdf, "name", size)
        lines = [""]
        for word in name.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and pdf.get_string_width(longer) > width - 2:
                lines.append(word)
            else:
                lines[-1] = longer
        if len(lines) <= 2 and max(map(pdf.get_string_width, lines)) <= width - 2:
            break
    return size, lines[:2]


def _line(
    pdf: "FPDF", words: str, family: str, size: float, color: tuple[int, int, int],
    x: float, y: float, width: float,
) -> None:  # fmt: skip
    """One line; what does not fit is left out."""
    _font(pdf, family, size)
    pdf.set_text_color(*color)
    if pdf.get_string_width(words) > width - 2:
        while words and pdf.get_string_width(f"{words}…") > width - 2:
            words = words[:-1].rstrip()
        words = f"{words}…"
    pdf.set_xy(x, y)
    pdf.cell(width, size * A_POINT, words)


def _font(pdf: "FPDF", family: str, size: float) -> None:
    """The family whose rarer letters stand in a file of their own. Chosen anew for each line: a
    line that ends in one of those would otherwise leave its font to the next.
    """
    pdf.set_fallback_fonts([each for each in pdf.fonts if each.startswith(f"{family}-1")])
    pdf.set_font(f"{family}-1", size=size)
    pdf.set_font(f"{family}-0", size=size)


def _picture(code: str) -> Image.Image:
    """The code, ten dots for each of its squares; the paper is its quiet zone."""
    # Any mask is read; to look for the fairest takes longer than all the rest of a badge.
    rows = segno.make(code, error="m", micro=False, mask=3).matrix
    side = len(rows)
    dots = bytes(0 if dark else 255 for row in rows for dark in row)
    return (
        Image.frombytes("L", (side, side), dots)
        .resize((side * 10, side * 10), Image.Resampling.NEAREST)
        .convert("1")
    )
