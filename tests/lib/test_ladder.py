"""Sizes and rates of films."""

from fractions import Fraction

import pytest

from officine.lib.ladder import keyframe_distance, plain_rung, rate_for, rungs_for


@pytest.mark.parametrize(
    ("size", "rungs"),
    [
        ((3840, 2160), ["1920x1080", "1280x720", "854x480", "640x360", "426x240"]),
        ((1080, 1920), ["1080x1920", "720x1280", "480x854", "360x640", "240x426"]),
        ((1280, 720), ["1280x720", "854x480", "640x360", "426x240"]),
        ((160, 121), ["158x120"]),
    ],
)
def test_no_size_is_above_the_film(size: tuple[int, int], rungs: list[str]) -> None:
    assert [f"{rung.width}x{rung.height}" for rung in rungs_for(*size)] == rungs


def test_the_plain_file_is_no_larger_than_720() -> None:
    assert plain_rung(rungs_for(1920, 1080)).name == 720
    assert plain_rung(rungs_for(640, 360)).name == 360


@pytest.mark.parametrize(
    ("average", "rate", "distance"),
    [
        (Fraction(30000, 1001), Fraction(30000, 1001), 60),
        (Fraction(50), Fraction(25), 50),
        (Fraction(60), Fraction(30), 60),
        (Fraction(2718, 100), Fraction(25), 50),
        (Fraction(1, 5), Fraction(10), 20),
    ],
)
def test_the_rate_is_constant(average: Fraction, rate: Fraction, distance: int) -> None:
    assert rate_for(average) == rate
    assert keyframe_distance(rate) == distance
