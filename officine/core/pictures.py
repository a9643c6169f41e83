"""Pictures that people give us: opened with care, turned upright, stripped of where and with
what they were taken, and made again as WebP.
"""

import secrets
from collections.abc import Mapping
from io import BytesIO
from typing import IO

from flask_babel import gettext as _
from PIL import Image, ImageOps

from officine.core import storage

LARGEST_FILE = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000
LARGEST_SIDE = 3200
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "MPO")

Shapes = Mapping[str, int | tuple[int, int]]


class BadPicture(Exception):
    """The file is no picture we can use. The message is a sentence for the person."""


def open_picture(file: IO[bytes]) -> Image.Image:
    """A picture, upright, without metadata. Raises BadPicture."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise BadPicture(_("The picture is larger than 8 MB. Choose a smaller one."))
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise BadPicture(_("The picture has too many pixels. Choose a smaller one."))
        # What no page shows is let go at once: a camera’s picture takes hundreds of megabytes.
        picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    except BadPicture:
        raise
    except Exception:
        # Pillow's decoders raise a dozen kinds of error on broken files; all mean the same here.
        raise BadPicture(
            _("This file is not a picture we can read. Use JPEG, PNG, WebP or GIF.")
        ) from None
    mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
    return upright.convert(mode)


def keep_picture(picture: Image.Image, folder: str, longest_side: int = 1600) -> str:
    """Keep a picture, reduced to fit; gives its storage key."""
    fitted = picture.copy()
    fitted.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    key = f"{folder}/{secrets.token_urlsafe(12)}.webp"
    storage.put(key, _webp(fitted))
    return key


def keep_squares(picture: Image.Image, folder: str, sizes: tuple[int, ...]) -> str:
    """Keep the middle square of a picture in several sizes; gives the key of their folder."""
    key = f"{folder}/{secrets.token_urlsafe(12)}"
    for size in sizes:
        square = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS)
        storage.put(f"{key}/{size}.webp", _webp(square))
    return key


def keep_shapes(picture: Image.Image, folder: str, shapes: Shapes) -> str:
    """Keep a picture in several shapes, by file name; gives the key of their folder. A shape is a
    width and a height to be filled, or how far the longest side goes.
    """
    key = f"{folder}/{secrets.token_urlsafe(12)}"
    for name, size in shapes.items():
        if isinstance(size, int):
            shaped = picture.copy()
            shaped.thumbnail((size, size), Image.Resampling.LANCZOS)
        else:
            shaped = ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
        storage.put(f"{key}/{name}", _jpeg(shaped) if name.endswith(".jpg") else _webp(shaped))
    return key


def forget_squares(key: str, sizes: tuple[int, ...]) -> None:
    """Delete what `keep_squares` kept under ``key``, or the drawing of that name."""
    for each in [key] if key.endswith(".svg") else [f"{key}/{size}.webp" for size in sizes]:
        storage.delete(each)


def _jpeg(picture: Image.Image) -> bytes:
    # Other sites show no WebP everywhere; what shows through is white there.
    out = BytesIO()
    clean = Image.new("RGB", picture.size, "white")
    clean.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    clean.save(out, "JPEG", quality=82)
    return out.getvalue()


def _webp(picture: Image.Image) -> bytes:
    out = BytesIO()
    # A picture made anew carries nothing of the old file but what is seen.
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    clean.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
