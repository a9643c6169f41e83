"""Films of high dynamic range on screens that have none.

Phones write light in one of two ways (ITU-R BT.2100): PQ names absolute brightness, HLG leaves it
to the screen. Shown as if they were ordinary films they look pale. Here each colour is brought to
an ordinary screen (BT.709) whose white is as bright as paper (BT.2408): what is dark stays as it
is, what is bright is pressed together along the curve of BT.2390. FFmpeg reads the table as a cube,
which it knows in every build.
"""

PAPER = 203.0
"""Candelas of a white sheet (BT.2408)."""
PEAK = 1000.0
"""The brightest that is told apart: for what phones and most studios master."""
SIZE = 33

# How the primaries of BT.2020 are mixed from those of BT.709 (BT.2087).
TO_709 = (
    (1.660491, -0.587641, -0.072850),
    (-0.124550, 1.132900, -0.008349),
    (-0.018151, -0.100579, 1.118730),
)
LUMA_2020 = (0.2627, 0.6780, 0.0593)

Colour = tuple[float, float, float]


def cube(light: str, size: int = SIZE) -> str:
    """The table for films whose light is written as ``pq`` or ``hlg``, as a .cube file."""
    steps = [n / (size - 1) for n in range(size)]
    linear = [_pq(each) if light == "pq" else _hlg(each) for each in steps]
    lines = [f"LUT_3D_SIZE {size}"]
    for blue in linear:
        for green in linear:
            for red in linear:
                shown = (red, green, blue) if light == "pq" else _on_screen((red, green, blue))
                lines.append(" ".join(f"{part:.6f}" for part in ordinary(shown)))
    return "\n".join(lines) + "\n"


def ordinary(nits: Colour) -> Colour:
    """A colour of BT.2020, in candelas, as an ordinary film writes it: 0 to 1 of BT.709."""
    brightest = max(nits)
    factor = _pressed(brightest) / brightest if brightest > 0 else 0.0
    wide = [each * factor for each in nits]
    red, green, blue = (
        sum(weight * part for weight, part in zip(row, wide, strict=True)) for row in TO_709
    )
    return _written(red), _written(green), _written(blue)


def _pressed(nits: float) -> float:
    """How bright it is on an ordinary screen, where 1 is its white (BT.2390, section 5.4.1)."""
    signal, white = _signal(min(nits, PEAK)) / _signal(PEAK), _signal(PAPER) / _signal(PEAK)
    knee = 1.5 * white - 0.5
    if signal > knee:
        t = (signal - knee) / (1 - knee)
        signal = (
            (2 * t**3 - 3 * t**2 + 1) * knee
            + (t**3 - 2 * t**2 + t) * (1 - knee)
            + (-2 * t**3 + 3 * t**2) * white
        )
    return _pq(signal * _signal(PEAK)) / PAPER


def _written(part: float) -> float:
    return min(1.0, max(0.0, part)) ** (1 / 2.4)


def _pq(signal: float) -> float:
    """Candelas (BT.2100, table 4)."""
    power = signal ** (32 / 2523)
    return 10000 * (max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (8192 / 1305)


def _signal(nits: float) -> float:
    """What PQ writes for candelas: the inverse of the above."""
    power = (nits / 10000) ** (1305 / 8192)
    return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** (2523 / 32)


def _hlg(signal: float) -> float:
    """Light of the scene, 0 to 1 (BT.2100, table 5)."""
    if signal <= 0.5:
        return signal**2 / 3
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return (2.718281828459045 ** ((signal - c) / a) + b) / 12


def _on_screen(scene: Colour) -> Colour:
    """Candelas on a screen of 1000 (BT.2100, table 5: system gamma 1.2)."""
    luma = sum(weight * part for weight, part in zip(LUMA_2020, scene, strict=True))
    factor = PEAK * luma**0.2
    red, green, blue = (factor * part for part in scene)
    return red, green, blue
