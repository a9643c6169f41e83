"""Pictures and slides that organisers send."""

import secrets
from typing import Any

from flask_babel import gettext as _

from officine.core import storage
from officine.core.limits import too_often
from officine.core.pictures import BadPicture, Shapes, keep_picture, keep_shapes, open_picture
from officine.core.session import viewer
from officine.models.event_file import FOLDER, LARGE, LINK, SMALL

LARGEST_SLIDES = 10 * 1024 * 1024
MOST_FILES = "120 per hour"
SHAPES: Shapes = {LARGE: 1600, SMALL: (480, 320), LINK: (1200, 630)}


class BadFile(Exception):
    """The file cannot be used. The message is a sentence for the person."""


BAD = (BadFile, BadPicture)


def kept_picture(file: Any, side: int) -> str:
    """Keep a picture that is not wider or higher than ``side``; its key."""
    _not_too_often()
    return keep_picture(open_picture(file), FOLDER, side)


def kept_cover(file: Any) -> str:
    """Keep the picture of an event in the shapes in which it is shown; the key of their folder."""
    _not_too_often()
    return keep_shapes(open_picture(file), FOLDER, SHAPES)


def kept_slides(file: Any) -> str:
    """Keep slides; their key."""
    _not_too_often()
    data = file.read(LARGEST_SLIDES + 1)
    if len(data) > LARGEST_SLIDES:
        raise BadFile(_("The file is larger than 10 MB. Make it smaller, or link to it."))
    if not data.startswith(b"%PDF-"):
        raise BadFile(_("This file is no PDF."))
    key = f"{FOLDER}/{secrets.token_urlsafe(12)}.pdf"
    storage.put(key, data)
    return key


def _not_too_often() -> None:
    if refused := too_often((MOST_FILES, f"event-files:{viewer().id}")):
        raise BadFile(refused)
