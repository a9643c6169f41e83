"""The picture beside a shared link."""

import io
from pathlib import Path
from time import thread_time

import pytest
from PIL import Image, ImageChops

from officine.lib.share_picture import ACCENT, HEIGHT, MARGIN, PAPER, WIDTH, ShareFonts, draw

STATIC = Path(__file__).parents[2] / "static"
PACKAGES = STATIC / "node_modules" / "@fontsource-variable"

SHORT = "Chi fa impresa trova qui chi ci è già passato"
LONG = (
    "Packaging rules since August: what customers ask for, and what we owe, with the annexes "
    "nobody had time to read and the forms that four customers have sent us since"
)


@pytest.fixture(scope="module")
def fonts():
    return ShareFonts.found_in(
        STATIC / "dist",
        PACKAGES / "bricolage-grotesque" / "files",
        PACKAGES / "atkinson-hyperlegible-next" / "files",
    )


def seen(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def inked(png: bytes, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Where something stands on the paper within ``box``, in the coordinates of the box."""
    part = seen(png).crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).getbbox()


TITLE_BOX = (0, 176, WIDTH, HEIGHT - 50)


def test_it_is_a_png_of_the_size_that_other_sites_expect(fonts):
    picture = Image.open(io.BytesIO(draw(SHORT, "Passaggio generazionale", "it", fonts=fonts)))

    assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_the_same_words_give_the_same_picture(fonts):
    assert draw(SHORT, "Gruppo", "it", fonts=fonts) == draw(SHORT, "Gruppo", "it", fonts=fonts)


@pytest.mark.parametrize("title", ["Perché l’IVA all’estero è così?", SHORT, LONG, "ffi " * 60])
def test_a_title_stays_between_the_margins(fonts, title):
    box = inked(draw(title, fonts=fonts), TITLE_BOX)

    assert box is not None
    left, top, right, foot = box
    assert left >= MARGIN - 10
    assert right <= WIDTH - MARGIN + 10
    assert top >= 0
    assert foot < TITLE_BOX[3] - TITLE_BOX[1], "The title reaches the foot."


def test_every_word_of_a_long_title_is_there(fonts):
    whole, shorter = draw(LONG, fonts=fonts), draw(LONG.rsplit(" ", 1)[0], fonts=fonts)

    assert whole != shorter


def test_a_title_without_end_ends_after_a_whole_word(fonts):
    endless = draw("impresa " * 90, fonts=fonts)

    assert endless == draw("impresa " * 200, fonts=fonts)


def test_a_shorter_title_is_set_larger(fonts):
    _, _, _, short_line = inked(draw("Gru", fonts=fonts), TITLE_BOX)
    _, _, _, longer = inked(draw(LONG, fonts=fonts), (0, 176, WIDTH, 176 + 60))

    assert short_line > longer


def test_a_word_wider_than_the_picture_is_broken(fonts):
    picture = draw("Donaudampfschifffahrtsgesellschaft" * 3, fonts=fonts)

    assert inked(picture, (WIDTH - MARGIN + 10, 176, WIDTH, HEIGHT - 50)) is None


def test_letters_of_the_wider_subset_are_drawn(fonts):
    assert draw("Łódź", fonts=fonts) != draw("ód", fonts=fonts)


def test_what_no_font_has_is_left_out(fonts):
    assert draw("Ottone 🎉 日本", fonts=fonts) == draw("Ottone", fonts=fonts)
    assert inked(draw("🎉", fonts=fonts), TITLE_BOX) is None


@pytest.mark.parametrize("title", ["", " ", "\x00\x1b[31m", "a\nb\tc", "e\u0301", "\u202eabc", "…"])
def test_odd_titles_are_drawn_without_complaint(fonts, title):
    assert seen(draw(title, title, "en", fonts=fonts, note=title)).size == (WIDTH, HEIGHT)


def test_an_accent_written_apart_is_the_same_letter(fonts):
    assert draw("perche\u0301", fonts=fonts) == draw("perché", fonts=fonts)


def test_language_group_and_note_are_told(fonts):
    plain = draw(SHORT, fonts=fonts)
    pictures = {
        plain,
        draw(SHORT, language="it", fonts=fonts),
        draw(SHORT, language="es", fonts=fonts),
        draw(SHORT, "Export e dogane", fonts=fonts),
        draw(SHORT, note="Marco Bellandi", fonts=fonts),
        draw(SHORT, site_name="Bottega", fonts=fonts),
    }

    assert len(pictures) == 6


def test_a_call_for_help_is_marked_in_red(fonts):
    red = tuple(int(ACCENT[at : at + 2], 16) for at in (1, 3, 5))
    place = (MARGIN, 176, MARGIN + 90, 218)

    calm, sos = (draw(SHORT, "Gruppo", fonts=fonts, sos=sos) for sos in (False, True))

    assert red in {color for _, color in seen(sos).crop(place).getcolors(9999) or []}
    assert red not in {color for _, color in seen(calm).crop(place).getcolors(9999) or []}


def test_it_takes_under_sixty_milliseconds(fonts):
    draw(LONG, "Exporting to the EU", "en", fonts=fonts)

    times = []
    for number in range(5):
        began = thread_time()
        draw(f"{LONG[:100]} {number}", "Exporting to the EU", "en", fonts=fonts)
        times.append(thread_time() - began)

    assert min(times) < 0.060


def test_a_folder_without_the_fonts_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="bricolage-grotesque-latin"):
        ShareFonts.found_in(tmp_path)
