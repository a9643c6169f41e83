"""The icon of Officine, for phones and for browsers that want a PNG."""

import io
from functools import cache

from PIL import Image, ImageDraw

PAPER = "#FBF8F2"
INK = "#1E1A15"
RED = "#B4281A"

# The mark on a grid of 32: an ink tail in a red socket.
TAIL = ((3, 3), (12.6, 3), (12.6, 13), (20.4, 10.2), (20.4, 21.8), (12.6, 19), (12.6, 29), (3, 29))
SOCKET = (
    (14.8, 3), (29, 3), (29, 29), (14.8, 29), (14.8, 22), (22.6, 24.8), (22.6, 7.2), (14.8, 10),
)  # fmt: skip
GRID = 32
CORNER = 3
FINER = 4


@cache
def icon_png(size: int) -> bytes:
    """The app icon: the mark on paper, with the room around it that round masks need."""
    picture = Image.new("RGB", (size, size), PAPER)
    mark = draw_mark(round(size * 0.72))
    offset = (size - mark.width) // 2
    picture.paste(mark, (offset, offset), mark)
    return _png(picture)


@cache
def icon_ico() -> bytes:
    """The small icon for what still asks for favicon.ico."""
    out = io.BytesIO()
    draw_mark(48).save(out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    return out.getvalue()


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


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
