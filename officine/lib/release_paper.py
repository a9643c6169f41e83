"""The signed release as a PDF: who allows what, until when, with the name that was typed.

The fonts are the site’s own, embedded: every letter of a European name is in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN = 22
INK, QUIET = (30, 26, 21), (80, 72, 64)


@dataclass(frozen=True)
class ReleasePaper:
    """What stands on it, in the guest’s language."""

    language: str
    title: str
    about: str
    """Which interview, in a sentence."""
    points: Sequence[str]
    """What is allowed."""
    facts: Sequence[tuple[str, str]]
    """Name, address, until when, signed on …"""
    signature_label: str
    signature: str
    foot: str
    signed_at: datetime


def draw_release(paper: ReleasePaper, *, fonts: Sequence[Path]) -> bytes:
    """The PDF. ``fonts``: the files of one family, the one with the commoner letters first."""
    # Imported here: it takes half a second and much memory, which no start needs to spend.
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    for number, font in enumerate(fonts):
        pdf.add_font(f"reading-{number}", fname=font)
    pdf.set_fallback_fonts([f"reading-{number}" for number in range(1, len(fonts))])
    pdf.set_margins(MARGIN, MARGIN, MARGIN)
    pdf.set_auto_page_break(True, margin=MARGIN)
    pdf.set_title(paper.title)
    pdf.set_lang(paper.language)
    pdf.set_creation_date(paper.signed_at)
    pdf.add_page()
    _say(pdf, paper.title, size=20, after=3)
    _say(pdf, paper.about, size=11.5, after=6, color=QUIET)
    for point in paper.points:
        _say(pdf, f"– {point}", size=11.5, after=2.5)
    pdf.ln(4)
    for label, value in paper.facts:
        _say(pdf, label, size=9.5, after=0, color=QUIET)
        _say(pdf, value, size=12, after=2.5)
    pdf.ln(6)
    _say(pdf, paper.signature_label, size=9.5, after=1, color=QUIET)
    _say(pdf, paper.signature, size=17, after=2)
    pdf.set_draw_color(*QUIET)
    pdf.line(MARGIN, pdf.get_y(), MARGIN + 90, pdf.get_y())
    pdf.ln(8)
    _say(pdf, paper.foot, size=9.5, after=0, color=QUIET)
    kept = BytesIO()
    pdf.output(kept)
    return kept.getvalue()


def _say(
    pdf: "FPDF", words: str, *, size: float, after: float, color: tuple[int, int, int] = INK
) -> None:
    from fpdf.enums import XPos, YPos

    pdf.set_font("reading-0", size=size)
    pdf.set_text_color(*color)
    pdf.multi_cell(0, size * 0.5, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    pdf.ln(after)
