"""A technical drawing for a company’s page, by its sector: outline, hidden edges, axes and
measures, as a draughtsman would set them.

The same company always gets the same drawing. It carries no ids, styles or scripts; the classes
``edge``, ``fine``, ``hidden``, ``axis``, ``solid`` and ``figure`` get their colours from the page.
"""

import hashlib
import math
from collections.abc import Callable

WIDTH, HEIGHT = 520, 320
MIDDLE_X, MIDDLE_Y = WIDTH / 2, 150.0


class Sheet:
    """A sheet of paper, and what is drawn on it."""

    def __init__(self, seed: str) -> None:
        self.marks: list[str] = []
        self._digest = hashlib.sha256(seed.encode()).digest()
        self._taken = 0

    def pick(self, low: int, high: int) -> int:
        """A whole number from low to high that the company’s name decides."""
        self._taken = (self._taken + 1) % len(self._digest)
        return low + self._digest[self._taken] % (high - low + 1)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "edge") -> None:
        self.marks.append(f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>')

    def shape(self, points: list[tuple[float, float]], kind: str = "edge") -> None:
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        self.marks.append(f'<path class="{kind}" d="M{path}Z"/>')

    def path(self, d: str, kind: str = "edge") -> None:
        self.marks.append(f'<path class="{kind}" d="{d}"/>')

    def box(self, x: float, y: float, w: float, h: float, kind: str = "edge", r: float = 0) -> None:
        self.marks.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}"'
            f' rx="{r:.1f}"/>'
        )

    def circle(self, x: float, y: float, r: float, kind: str = "edge") -> None:
        self.marks.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>')

    def text(self, x: float, y: float, words: str, turned: bool = False) -> None:
        turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
        place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle"{turn}'
        self.marks.append(f'<text class="figure" {place}>{words}</text>')

    def axes(self, half_width: float, half_height: float) -> None:
        """The two axes through the middle."""
        self.line(MIDDLE_X - half_width, MIDDLE_Y, MIDDLE_X + half_width, MIDDLE_Y, "axis")
        self.line(MIDDLE_X, MIDDLE_Y - half_height, MIDDLE_X, MIDDLE_Y + half_height, "axis")

    def width_of(self, x1: float, x2: float, below: float, words: str) -> None:
        """The measure of a width, under the drawing."""
        y = min(below + 36, HEIGHT - 20)
        for x, turn in ((x1, 1), (x2, -1)):
            self.line(x, below + 6, x, y + 6, "fine")
            self.path(f"M{x:.1f} {y:.1f}l{7 * turn} -3v6z", "arrow")
        room = 8.0 * len(words) / 2 + 6
        middle = (x1 + x2) / 2
        self.line(x1, y, middle - room, y, "fine")
        self.line(middle + room, y, x2, y, "fine")
        self.text(middle, y + 5, words)

    def height_of(self, y1: float, y2: float, left: float, words: str) -> None:
        """The measure of a height, beside the drawing."""
        x = left - 34
        for y, turn in ((y1, 1), (y2, -1)):
            self.line(left - 6, y, x - 6, y, "fine")
            self.path(f"M{x:.1f} {y:.1f}l-3 {7 * turn}h6z", "arrow")
        room = 8.0 * len(words) / 2 + 6
        middle = (y1 + y2) / 2
        self.line(x, y1, x, middle - room, "fine")
        self.line(x, middle + room, x, y2, "fine")
        self.text(x + 5, middle, words, turned=True)


def technical_drawing(sector: str, seed: str) -> str:
    """The SVG elements of a company’s drawing, for a ``viewBox`` of 0 0 520 320."""
    sheet = Sheet(seed)
    DRAWINGS.get(sector, _joint)(sheet)
    return "".join(sheet.marks)


def _valve(sheet: Sheet) -> None:
    bore, body = sheet.pick(20, 30), sheet.pick(74, 88)
    left, right = MIDDLE_X - 140, MIDDLE_X + 140
    for x in (left, right - 46):
        sheet.box(x, MIDDLE_Y - 52, 46, 104)
        for step in range(1, 7):
            y = MIDDLE_Y - 52 + step * 104 / 7
            sheet.line(x, y, x + 46, y, "fine")
    reach = math.sqrt(body**2 - 38**2)
    for side in (-1, 1):
        inner = MIDDLE_X + side * 94
        for y in (-38, 38):
            sheet.line(inner, MIDDLE_Y + y, MIDDLE_X + side * reach, MIDDLE_Y + y)
    for sweep, y in ((1, -38), (0, 38)):
        sheet.path(
            f"M{MIDDLE_X - reach:.1f} {MIDDLE_Y + y}A{body} {body} 0 0 {sweep}"
            f" {MIDDLE_X + reach:.1f} {MIDDLE_Y + y}"
        )
    sheet.circle(MIDDLE_X, MIDDLE_Y, body * 0.6)
    for y in (-bore, bore):
        sheet.line(left, MIDDLE_Y + y / 1.6, right, MIDDLE_Y + y / 1.6, "hidden")
    sheet.box(MIDDLE_X - 12, MIDDLE_Y - body - 18, 24, 22)
    sheet.box(MIDDLE_X - 30, MIDDLE_Y - body - 38, 214, 20, "solid", 6)
    sheet.axes(162, body + 16)
    sheet.width_of(left, right, MIDDLE_Y + body + 2, str(sheet.pick(64, 128)))
    sheet.height_of(MIDDLE_Y - 52, MIDDLE_Y + 52, left, f"Ø {sheet.pick(21, 60)}")


def _gear(sheet: Sheet) -> None:
    teeth, outer, root = sheet.pick(16, 26), 112.0, 96.0
    points = []
    for tooth in range(teeth):
        for radius, offset in ((root, -0.32), (outer, -0.17), (outer, 0.17), (root, 0.32)):
            angle = math.tau * (tooth + offset) / teeth
            points.append(
                (MIDDLE_X + radius * math.cos(angle), MIDDLE_Y + radius * math.sin(angle))
            )
    sheet.shape(points)
    sheet.circle(MIDDLE_X, MIDDLE_Y, 104, "axis")
    sheet.circle(MIDDLE_X, MIDDLE_Y, 40)
    sheet.circle(MIDDLE_X, MIDDLE_Y, 22, "solid")
    holes = sheet.pick(4, 6)
    for hole in range(holes):
        angle = math.tau * hole / holes - math.pi / 2
        sheet.circle(MIDDLE_X + 68 * math.cos(angle), MIDDLE_Y + 68 * math.sin(angle), 12)
    sheet.circle(MIDDLE_X, MIDDLE_Y, 68, "axis")
    sheet.axes(150, 132)
    sheet.width_of(
        MIDDLE_X - outer, MIDDLE_X + outer, MIDDLE_Y + outer + 4, f"Ø {sheet.pick(80, 260)}"
    )
    sheet.text(MIDDLE_X + 158, MIDDLE_Y - 88, f"z = {teeth}")


def _weave(sheet: Sheet) -> None:
    step, left, top, jump = 26, MIDDLE_X - 156, 24.0, sheet.pick(2, 4)
    for row in range(9):
        y = top + row * step
        sheet.line(left - 14, y + step / 2, left + 12 * step + 14, y + step / 2, "axis")
        for column in range(12):
            over = (column + row) % jump == 0
            x = left + column * step
            kind = "solid" if over and row == 4 else "edge"
            if over:
                sheet.box(x + 3, y + 7, step - 6, step - 14, kind, 3)
            else:
                sheet.box(x + 7, y + 3, step - 14, step - 6, "fine", 3)
    sheet.width_of(left, left + 12 * step, top + 9 * step, f"{sheet.pick(140, 180)} cm")
    sheet.height_of(top, top + jump * step, left, f"1/{jump}")


def _vase(sheet: Sheet) -> None:
    belly, neck, foot = sheet.pick(70, 104), sheet.pick(22, 38), sheet.pick(38, 58)
    top, bottom = 26.0, 262.0
    for side in (-1, 1):
        sheet.path(
            f"M{MIDDLE_X + side * (neck + 12):.1f} {top}"
            f"C{MIDDLE_X + side * neck:.1f} {top + 26} {MIDDLE_X + side * neck:.1f} {top + 44}"
            f" {MIDDLE_X + side * (neck + 4):.1f} {top + 60}"
            f"S{MIDDLE_X + side * belly * 1.12:.1f} {top + 96}"
            f" {MIDDLE_X + side * belly:.1f} {top + 146}"
            f"S{MIDDLE_X + side * foot:.1f} {bottom - 30} {MIDDLE_X + side * foot:.1f} {bottom}"
        )
    sheet.line(MIDDLE_X - neck - 12, top, MIDDLE_X + neck + 12, top)
    sheet.line(MIDDLE_X - foot, bottom, MIDDLE_X + foot, bottom)
    sheet.box(MIDDLE_X - neck - 4, top + 52, 2 * neck + 8, 10, "solid", 2)
    for y in (top + 108, top + 146, top + 184):
        sheet.line(MIDDLE_X - belly * 0.96, y, MIDDLE_X + belly * 0.96, y, "hidden")
    sheet.line(MIDDLE_X, top - 12, MIDDLE_X, bottom + 10, "axis")
    sheet.width_of(MIDDLE_X - foot, MIDDLE_X + foot, bottom, f"Ø {sheet.pick(90, 180)}")
    sheet.height_of(top, bottom, MIDDLE_X - belly - 14, str(sheet.pick(240, 420)))


def _carton(sheet: Sheet) -> None:
    width, depth, height = sheet.pick(150, 190), 74.0, sheet.pick(112, 140)
    left, top = MIDDLE_X - (width + depth) / 2, 56.0
    front = top + depth / 2
    sheet.box(left, front, width, height)
    sheet.shape(
        [(left, front), (left + depth, top), (left + width + depth, top), (left + width, front)]
    )
    sheet.shape(
        [
            (left + width, front),
            (left + width + depth, top),
            (left + width + depth, top + height),
            (left + width, front + height),
        ]
    )
    tape = left + width / 2
    sheet.shape(
        [(tape - 9, front), (tape - 9 + depth, top), (tape + 9 + depth, top), (tape + 9, front)],
        "solid",
    )
    sheet.box(tape - 9, front, 18, 26, "solid")
    sheet.line(left + depth, top, left + depth, top + height, "hidden")
    sheet.line(left, front + height, left + depth, top + height, "hidden")
    sheet.line(left + depth, top + height, left + width + depth, top + height, "hidden")
    sheet.width_of(left, left + width, front + height, str(sheet.pick(300, 600)))
    sheet.height_of(front, front + height, left, str(sheet.pick(200, 400)))


def _bottle(sheet: Sheet) -> None:
    half, neck, shoulder = sheet.pick(46, 62), 17, sheet.pick(86, 112)
    top, bottom = 22.0, 264.0
    sheet.box(MIDDLE_X - neck - 3, top, 2 * neck + 6, 30, "solid", 3)
    for side in (-1, 1):
        sheet.path(
            f"M{MIDDLE_X + side * neck} {top + 30}V{top + 56}"
            f"C{MIDDLE_X + side * neck} {shoulder} {MIDDLE_X + side * half} {shoulder}"
            f" {MIDDLE_X + side * half} {shoulder + 44}V{bottom - 10}"
            f"Q{MIDDLE_X + side * half} {bottom} {MIDDLE_X + side * (half - 10)} {bottom}"
        )
    sheet.line(MIDDLE_X - half + 10, bottom, MIDDLE_X + half - 10, bottom)
    sheet.box(MIDDLE_X - half, shoulder + 62, 2 * half, 58, "fine")
    sheet.line(MIDDLE_X - half, bottom - 18, MIDDLE_X + half, bottom - 18, "hidden")
    sheet.line(MIDDLE_X, top - 10, MIDDLE_X, bottom + 10, "axis")
    sheet.width_of(MIDDLE_X - half, MIDDLE_X + half, bottom, f"Ø {sheet.pick(62, 96)}")
    sheet.height_of(top, bottom, MIDDLE_X - half - 14, str(sheet.pick(220, 330)))


def _joint(sheet: Sheet) -> None:
    height, flare = 160, sheet.pick(14, 24)
    left, right, top = MIDDLE_X - 170, MIDDLE_X + 170, MIDDLE_Y - 80.0
    seam, tails = MIDDLE_X + 10, sheet.pick(2, 3)
    pitch = height / tails
    sheet.box(left, top, seam - left, height)
    for tail in range(tails):
        middle = top + pitch * (tail + 0.5)
        narrow, wide = pitch * 0.2, pitch * 0.2 + flare / 2
        sheet.shape(
            [
                (seam, middle - narrow),
                (seam + 70, middle - wide),
                (seam + 70, middle + wide),
                (seam, middle + narrow),
            ],
            "solid" if tail == 0 else "edge",
        )
    sheet.box(seam, top, right - seam, height)
    sheet.line(seam + 70, top, seam + 70, top + height, "hidden")
    for y in range(1, 5):
        sheet.line(left + 14, top + y * height / 5, seam - 16, top + y * height / 5, "fine")
    sheet.line(left - 18, MIDDLE_Y, right + 18, MIDDLE_Y, "axis")
    sheet.width_of(seam, seam + 70, top + height, str(sheet.pick(18, 40)))
    sheet.height_of(top, top + height, left, str(sheet.pick(80, 220)))


def _house(sheet: Sheet) -> None:
    floors, bays = sheet.pick(2, 3), sheet.pick(4, 6)
    left, right, bottom = MIDDLE_X - 150, MIDDLE_X + 150, 258.0
    storey = 50
    top = bottom - floors * storey
    sheet.box(left, top, right - left, floors * storey)
    sheet.shape([(left - 14, top), (MIDDLE_X, top - 56), (right + 14, top)])
    pitch = (right - left) / bays
    for floor in range(floors):
        y = top + floor * storey
        if floor:
            sheet.line(left, y, right, y, "hidden")
        for bay in range(bays):
            x = left + bay * pitch + pitch / 2
            door = floor == floors - 1 and bay == bays // 2
            sheet.box(x - 11, y + 12, 22, 38 if door else 26, "solid" if door else "edge")
    sheet.line(left - 40, bottom, right + 40, bottom)
    sheet.line(MIDDLE_X, top - 76, MIDDLE_X, bottom + 10, "axis")
    sheet.width_of(left, right, bottom, f"{sheet.pick(12, 40)} m")
    sheet.height_of(top, bottom, left - 14, f"{floors * 3 + 1} m")


def _circuit(sheet: Sheet) -> None:
    pins, half = sheet.pick(6, 8), 70.0
    left, top = MIDDLE_X - half, MIDDLE_Y - half - 6
    sheet.box(left, top, 2 * half, 2 * half, "edge", 6)
    sheet.box(left + 34, top + 34, 2 * half - 68, 2 * half - 68, "solid", 4)
    sheet.circle(left + 16, top + 16, 5, "fine")
    pitch = 2 * half / pins
    for pin in range(pins):
        at = pitch * (pin + 0.5)
        for side in (-1, 1):
            x = MIDDLE_X + side * half
            sheet.box(x if side > 0 else x - 20, top + at - 3, 20, 6)
            sheet.box(left + at - 3, top + 2 * half if side > 0 else top - 20, 6, 20)
        bend = 40 + 12 * (pin % 4)
        sheet.path(
            f"M{left + 2 * half + 20:.1f} {top + at:.1f}h{bend}v{(pin - pins / 2) * 7:.1f}h40",
            "fine",
        )
    sheet.line(MIDDLE_X, top - 34, MIDDLE_X, top + 2 * half + 34, "axis")
    sheet.line(left - 34, top + half, left + 2 * half + 26, top + half, "axis")
    sheet.width_of(left, left + 2 * half, top + 2 * half + 22, str(sheet.pick(5, 14)))
    sheet.height_of(top, top + 2 * half, left - 22, str(sheet.pick(5, 14)))


DRAWINGS: dict[str, Callable[[Sheet], None]] = {
    **dict.fromkeys(("metal", "energy", "waste"), _valve),
    **dict.fromkeys(("machinery", "automotive", "repair"), _gear),
    "textile": _weave,
    "ceramics": _vase,
    **dict.fromkeys(("packaging", "printing", "trade", "retail", "transport"), _carton),
    **dict.fromkeys(("food", "agriculture", "chemicals", "plastics", "health"), _bottle),
    **dict.fromkeys(("construction", "hospitality", "education", "culture", "finance"), _house),
    **dict.fromkeys(("electronics", "digital"), _circuit),
}
