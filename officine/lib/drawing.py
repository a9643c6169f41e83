"""Pictures that Officine draws by itself: its icon, and what shared links show."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PAPER = "#FBF8F2"
INK = "#1E1A15"
INK_2 = "#504840"
RED = "#B4281A"

# The mark on a grid of 32: an ink tail in a red socket.
TAIL = ((3, 3), (12.6, 3), (12.6, 13), (20.4, 10.2), (20.4, 21.8), (12.6, 19), (12.6, 29), (3, 29))
SOCKET = (
    (14.8, 3), (29, 3), (29, 29), (14.8, 29), (14.8, 22), (22.6, 24.8), (22.6, 7.2), (14.8, 10),
)  # fmt: skip
GRID = 32
CORNER = 3
FINER = 4

SHARE_SIZE = (1200, 630)
MARGIN = 80
TITLE_SIZES = (84, 72, 62, 54, 46)
LONGEST_TITLE = 5


def icon_png(size: int) -> bytes:
    """The app icon: the mark on paper, with the room around it that round masks need."""
    picture = Image.new("RGB", (size, size), PAPER)
    mark = draw_mark(round(size * 0.72))
    offset = (size - mark.width) // 2
    picture.paste(mark, (offset, offset), mark)
    return _png(picture)


def icon_ico() -> bytes:
    """The small icon for what still asks for favicon.ico."""
    out = io.BytesIO()
    draw_mark(48).save(out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    return out.getvalue()


def share_png(title: str, label: str, site: str, title_font: Path, text_font: Path) -> bytes:
    """The picture of a shared page, 1200 × 630: its title as large as fits, where it belongs,
    and the name of the site. ``label`` may be empty.
    """
    picture = Image.new("RGB", SHARE_SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    width, height = SHARE_SIZE
    pen.line((MARGIN, MARGIN, width - MARGIN, MARGIN), fill=INK, width=4)

    top = MARGIN + 36
    if label:
        pen.text((MARGIN, top), label, font=_font(text_font, 32, weight=400), fill=INK_2)
        top += 60
    font, lines = _fit(title, title_font, width - 2 * MARGIN, height - top - 150)
    pen.multiline_text((MARGIN, top), "\n".join(lines), font=font, fill=INK, spacing=8)

    mark = draw_mark(56)
    picture.paste(mark, (MARGIN, height - MARGIN - mark.height), mark)
    name = _font(title_font, 44, weight=700)
    pen.text((MARGIN + 74, height - MARGIN - 28), site, font=name, fill=INK, anchor="lm")
    return _png(picture)


def draw_mark(size: int) -> Image.Image:
    """The mark alone, on nothing."""
    scale = size * FINER / GRID
    shape = Image.new("RGBA", (size * FINER, size * FINER), (0, 0, 0, 0))
    pen = ImageDraw.Draw(shape)
    for points, colour in ((TAIL, INK), (SOCKET, RED)):
        pen.polygon([(x * scale, y * scale) for x, y in points], fill=colour)
    rounded = Image.new("L", shape.size, 0)
    ImageDraw.Draw(rounded).rounded_rectangle(
        (3 * scale, 3 * scale, 29 * scale, 29 * scale), CORNER * scale, fill=255
    )
    cut = Image.new("RGBA", shape.size, (0, 0, 0, 0))
    cut.paste(shape, (0, 0), rounded)
    return cut.resize((size, size), Image.Resampling.LANCZOS)


def _fit(
    title: str, path: Path, width: int, height: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the title fits; the smallest one cuts it."""
    for size in TITLE_SIZES:
        font = _font(path, size, weight=680, optical=min(size, 96))
        lines = _wrap(title, font, width)
        if len(lines) * size * 1.15 <= height and len(lines) <= LONGEST_TITLE:
            return font, lines
    shown = lines[:LONGEST_TITLE]
    shown[-1] = shown[-1].rstrip(".,;: ") + "…"
    return font, shown


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            while font.getlength(word) > width:
                cut = next(n for n in range(len(word), 0, -1) if font.getlength(word[:n]) <= width)
                lines.append(word[:cut])
                word = word[cut:]
            lines.append(word)
    return lines or [""]


def _font(path: Path, size: int, *, weight: int, optical: int = 40) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(path), size)
    axes = font.get_variation_axes()
    font.set_variation_by_axes([optical, weight] if len(axes) == 2 else [weight])
    return font


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
