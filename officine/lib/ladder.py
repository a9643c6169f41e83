"""Into which sizes a film is made, how many pictures a second, and what each may weigh."""

from dataclasses import dataclass
from fractions import Fraction

RUNGS = (1080, 720, 480, 360, 240)
PLAIN = 720
"""The plain file is no larger than this: it must play on any phone and weigh little."""

SECONDS_BETWEEN_KEYFRAMES = 2
SECONDS_OF_SEGMENT = 4

# The most kilobits a second of each rung: what lets talking heads look good, and a phone follow.
MOST_KILOBITS = {1080: 5000, 720: 2800, 480: 1400, 360: 800, 240: 400}

RATES = tuple(
    Fraction(*rate)
    for rate in ((10, 1), (12, 1), (15, 1), (24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1))
)


@dataclass(frozen=True)
class Rung:
    """One size of the film."""

    name: int
    """The shorter side that the rung is called after: 1080 of 1920×1080 and of 1080×1920."""
    width: int
    height: int

    @property
    def most_kilobits(self) -> int:
        """The most that a second of picture may weigh."""
        return next((MOST_KILOBITS[rung] for rung in RUNGS if self.name >= rung), 400)


def rungs_for(width: int, height: int) -> list[Rung]:
    """The sizes that a film of this size is made into, the largest first; none above the film.
    A film smaller than the lowest rung keeps its size.
    """
    side = min(width, height)
    names = [rung for rung in RUNGS if rung <= side] or [max(2, side // 2 * 2)]
    return [Rung(name, *_scaled(width, height, name)) for name in names]


def plain_rung(rungs: list[Rung]) -> Rung:
    """The size of the plain file."""
    return next((rung for rung in rungs if rung.name <= PLAIN), rungs[-1])


def rate_for(average: Fraction) -> Fraction:
    """The constant number of pictures a second that is nearest to how the film was taken. Above
    thirty every second picture goes: people who talk lose nothing by it.
    """
    while average > 33:
        average /= 2
    return min(RATES, key=lambda rate: abs(rate - average))


def keyframe_distance(rate: Fraction) -> int:
    """After how many pictures a new beginning stands: the same in every size, so that a player
    can change between them.
    """
    return round(rate * SECONDS_BETWEEN_KEYFRAMES)


def _scaled(width: int, height: int, side: int) -> tuple[int, int]:
    factor = Fraction(side, min(width, height))
    return _even(width * factor), _even(height * factor)


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)
