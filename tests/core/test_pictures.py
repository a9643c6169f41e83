"""Pictures that people give us."""

import io

from PIL import Image

from officine.core.pictures import LARGEST_SIDE, open_picture


def test_a_camera_s_picture_is_let_go_of_but_for_what_a_page_can_show():
    file = io.BytesIO()
    Image.new("RGB", (4200, 2100), "teal").save(file, "PNG")
    file.seek(0)

    assert open_picture(file).size == (LARGEST_SIDE, LARGEST_SIDE // 2)


def test_a_small_picture_stays_as_large_as_it_is():
    file = io.BytesIO()
    Image.new("RGBA", (40, 30)).save(file, "PNG")
    file.seek(0)

    assert (open_picture(file).size, open_picture(io.BytesIO(file.getvalue())).mode) == (
        (40, 30),
        "RGBA",
    )
