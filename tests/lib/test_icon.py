"""The icon that the site draws by itself."""

import io

import pytest
from PIL import Image

from officine.lib.icon import icon_png


@pytest.mark.parametrize("size", [180, 192, 512])
def test_the_icon_shows_the_mark_on_paper(size):
    picture = Image.open(io.BytesIO(icon_png(size)))

    assert picture.size == (size, size)
    assert picture.getpixel((0, 0)) == (0xFB, 0xF8, 0xF2)
    assert picture.getpixel((round(size * 0.25), size // 2)) == (0x1E, 0x1A, 0x15)
