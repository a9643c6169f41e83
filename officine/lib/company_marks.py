"""Marks for companies that have no logo of their own: a few plain shapes on a square of 96.

The same name always gets the same mark. It carries no ids, styles or scripts.
"""

import hashlib
from collections.abc import Callable

GROUNDS_AND_INKS = (
    ("#24615A", "#E8C15A"),
    ("#A9C3B6", "#1B504A"),
    ("#B65437", "#F2E1CF"),
    ("#38456A", "#D9A23A"),
    ("#E6CFA0", "#7A2E20"),
    ("#34302C", "#C9D9D2"),
    ("#8C3B2B", "#E9CDB9"),
    ("#5F7350", "#F1E8D2"),
)


def company_mark(name: str) -> str:
    """The mark of a company, as an SVG document."""
    digest = hashlib.sha256(name.encode()).digest()
    ground, ink = GROUNDS_AND_INKS[digest[0] % len(GROUNDS_AND_INKS)]
    shapes = MOTIFS[digest[1] % len(MOTIFS)](ground, ink)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        f'<rect width="96" height="96" fill="{ground}"/>{shapes}</svg>'
    )


def _ring(ground: str, ink: str) -> str:
    return (
        f'<circle cx="48" cy="48" r="26" fill="none" stroke="{ink}" stroke-width="8"/>'
        f'<rect x="43" y="12" width="10" height="72" fill="{ink}"/>'
    )


def _steps(ground: str, ink: str) -> str:
    return (
        f'<path d="M18 18h36v24h24v36H18z" fill="{ink}"/><path d="M60 18h18v18H60z" fill="{ink}"/>'
    )


def _arch(ground: str, ink: str) -> str:
    return (
        f'<path d="M20 80V46a28 28 0 0 1 56 0v34z" fill="{ink}"/>'
        f'<path d="M37 80V54a11 11 0 0 1 22 0v26z" fill="{ground}"/>'
    )


def _warp(ground: str, ink: str) -> str:
    threads = "".join(
        f'<rect x="{16 + 16 * column}" y="{10 + 22 * ((column + row) % 2) + 32 * row}"'
        f' width="9" height="22" fill="{ink}"/>'
        for column in range(4)
        for row in range(2)
    )
    return threads + "".join(f'<path d="M10 {y}h76v4H10z" fill="{ink}"/>' for y in (34, 58))


def _quarters(ground: str, ink: str) -> str:
    return (
        f'<path d="M48 16a32 32 0 0 1 32 32H48zM48 80a32 32 0 0 1-32-32h32z" fill="{ink}"/>'
        f'<circle cx="32" cy="32" r="9" fill="{ink}"/><circle cx="64" cy="64" r="9" fill="{ink}"/>'
    )


def _nut(ground: str, ink: str) -> str:
    return (
        f'<path d="M48 14l29.4 17v34L48 82 18.6 65V31z" fill="{ink}"/>'
        f'<circle cx="48" cy="48" r="15" fill="{ground}"/>'
    )


def _waves(ground: str, ink: str) -> str:
    return "".join(
        f'<path d="M12 {y}q9-13 18 0t18 0 18 0 18 0" fill="none" stroke="{ink}" stroke-width="8"/>'
        for y in (30, 50, 70)
    )


def _dovetail(ground: str, ink: str) -> str:
    return (
        f'<path d="M16 18h26v14l22-8v48l-22-8v14H16z" fill="{ink}"/>'
        f'<path d="M70 18h10v60H70z" fill="{ink}"/>'
    )


MOTIFS: tuple[Callable[[str, str], str], ...] = (
    _ring, _steps, _arch, _warp, _quarters, _nut, _waves, _dovetail,
)  # fmt: skip
