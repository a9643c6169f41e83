"""Portraits of people who have no photograph, drawn from a few traits.

Flat shapes, light from the left, a calm look. A picture is a square of 96 that pages show round.
It carries no ids, styles or scripts, so that many may stand in one page under a strict policy.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields

SKINS = {
    "light": ("#EBBE99", "#D8A67F"),
    "tan": ("#D9A477", "#C28C60"),
    "brown": ("#B67C50", "#9F683F"),
    "dark": ("#85563A", "#6E452E"),
}
HAIR_COLORS = {
    "black": ("#2A2320", "#1D1816"),
    "brown": ("#5A3C2A", "#482F21"),
    "blond": ("#CFA057", "#B98943"),
    "red": ("#B04A2C", "#963B22"),
    "grey": ("#9C958A", "#878075"),
    "white": ("#DCD6CB", "#C6BFB2"),
}
TOPS = {
    "red": ("#9A3527", "#842A1E"),
    "green": ("#5F7350", "#506243"),
    "navy": ("#38456A", "#2D3856"),
    "ochre": ("#A87B22", "#91691A"),
    "teal": ("#24615A", "#1B504A"),
    "ink": ("#34302C", "#282522"),
}
GROUNDS = {
    "sand": "#E8D3A8",
    "sage": "#B3CBBF",
    "rose": "#E2BCAD",
    "lilac": "#CBC5DA",
    "sky": "#BBCBD6",
}
HAIRS = ("short", "bun", "curly", "long", "bald", "bob", "wavy", "grey-short", "ponytail")
BEARDS = ("none", "short", "full", "moustache")

INK = "#221D19"
LINEN = "#F2EADB"


@dataclass(frozen=True)
class Face:
    """What a portrait shows. Each trait is one of a few words; an unknown word is an error."""

    skin: str = "light"
    hair: str = "short"
    hair_color: str = "brown"
    glasses: bool = False
    beard: str = "none"
    top: str = "teal"
    ground: str = "sand"

    def __post_init__(self) -> None:
        known = {
            "skin": SKINS,
            "hair": HAIRS,
            "hair_color": HAIR_COLORS,
            "glasses": (True, False),
            "beard": BEARDS,
            "top": TOPS,
            "ground": GROUNDS,
        }
        for trait, words in known.items():
            value = getattr(self, trait)
            if value not in words:
                raise ValueError(f"A face knows no {trait} “{value}”.")

    @classmethod
    def of(cls, traits: Mapping[str, object]) -> "Face":
        """The face that a table of traits describes, as the demo community writes it."""
        unknown = traits.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"A face has no trait “{min(unknown)}”.")
        return cls(**traits)  # type: ignore[arg-type]


def draw_face(traits: Face) -> str:
    """The portrait as one SVG document. The same traits always give the same picture."""
    ways = _Ways(traits)
    shapes = (
        _rect(GROUNDS[traits.ground]),
        _hair_behind(traits, ways),
        _clothes(traits, ways),
        _neck(traits),
        _clothes_in_front(traits, ways),
        _head(traits),
        _beard(traits),
        _look(traits),
        _hair_in_front(traits, ways),
        _glasses(traits),
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        + "".join(shapes)
        + "</svg>"
    )


class _Ways:
    """The small liberties of one portrait: which side the hair parts, which collar."""

    def __init__(self, traits: Face) -> None:
        digest = hashlib.sha256(repr(astuple(traits)).encode()).digest()
        self.mirrored = digest[0] % 2 == 1
        self.collar = ("round", "shirt", "vee", "apron")[digest[1] % 4]
        self.fringe = digest[2] % 2


# ── Body ─────────────────────────────────────────────────────────────────────────────────────


def _neck(traits: Face) -> str:
    lit, shaded = SKINS[traits.skin]
    return (
        _path("M40.5 56V71.5A7.5 5 0 0 0 55.5 71.5V56Z", lit)
        + _path("M48 56V76.5A7.5 5 0 0 0 55.5 71.5V56Z", shaded)
        + _path("M40.5 60V64.5C43 68.6 53 68.6 55.5 64.5V60Z", _deeper(shaded))
    )


def _clothes(traits: Face, ways: _Ways) -> str:
    lit, shaded = TOPS[traits.top]
    body = "M11 96C12.5 81 22 72.6 38 70.6H58C74 72.6 83.5 81 85 96Z"
    right = "M48 70.6H58C74 72.6 83.5 81 85 96H48Z"
    if ways.collar == "apron":
        cloth = _path(body, LINEN) + _path(right, "#E2D8C6")
        straps = _path("M30 72.4 35.5 71 39.5 85H56.5L60.5 71 66 72.4 61.5 96H34.5Z", lit)
        return cloth + straps + _path("M48 85H56.5L60.5 71 66 72.4 61.5 96H48Z", shaded)
    return _path(body, lit) + _path(right, shaded)


def _clothes_in_front(traits: Face, ways: _Ways) -> str:
    lit, shaded = TOPS[traits.top]
    skin, skin_shaded = SKINS[traits.skin]
    if ways.collar == "shirt":
        return (
            _path("M40 67.5 48 77.5 42 83.5 35.5 71.2Z", _lighter(lit))
            + _path("M56 67.5 48 77.5 54 83.5 60.5 71.2Z", lit)
            + _line("M48 78V96", shaded, 1)
        )
    if ways.collar == "vee":
        return _path("M40.5 70.6 48 84 48 70.6Z", skin) + _path(
            "M55.5 70.6 48 84 48 70.6Z", skin_shaded
        )
    if ways.collar == "round":
        return _line("M39.6 71A8.4 6.4 0 0 0 56.4 71", _deeper(shaded), 1.8)
    return _line("M39.6 71A8.4 6.2 0 0 0 56.4 71", "#CFC3AE", 1.4)


def _head(traits: Face) -> str:
    lit, shaded = SKINS[traits.skin]
    ears = ""
    if _shows_ears(traits):
        ears = _ellipse(31.6, 45.5, 2.9, 4, lit) + _ellipse(64.4, 45.5, 2.9, 4, _deeper(shaded))
    return (
        ears
        + _path(
            "M48 26C58.4 26 65 33 65 42.2 65 54 57.4 64.6 48 64.6 38.6 64.6 31 54 31 42.2"
            " 31 33 37.6 26 48 26Z",
            lit,
        )
        + _path("M48 26C58.4 26 65 33 65 42.2 65 54 57.4 64.6 48 64.6Z", shaded)
    )


def _look(traits: Face) -> str:
    """Eyes, brows, nose and mouth, so light that a small portrait simply has none."""
    skin_dark = _deeper(_deeper(SKINS[traits.skin][1]))
    features = "#3A241A" if traits.skin != "dark" else "#24140D"
    brows = HAIR_COLORS[traits.hair_color][1]
    if traits.hair_color in ("white", "blond") or traits.skin == "dark":
        brows = skin_dark
    brows_at = "" if traits.glasses else _line("M38 39.6C39.6 38.4 42.4 38.3 44 39.2", brows, 1.3)
    brows_at += "" if traits.glasses else _line("M52 39.2C53.6 38.3 56.4 38.4 58 39.6", brows, 1.3)
    mouth = (
        ""
        if traits.beard == "moustache"
        else _line("M43.8 55.4C46 57.4 50 57.4 52.2 55.4", _lips(traits), 1.3)
    )
    return (
        brows_at
        + _ellipse(41.1, 44, 1.15, 1.35, features)
        + _ellipse(54.9, 44, 1.15, 1.35, features)
        + _line("M48 45.5 49.6 50.6 47.4 51.2", skin_dark, 1)
        + mouth
    )


def _lips(traits: Face) -> str:
    if traits.beard in ("full", "short"):
        return "#C98E78" if traits.skin in ("light", "tan") else "#B57862"
    return {"light": "#A8604A", "tan": "#96523D", "brown": "#6E3A28", "dark": "#4B261B"}[
        traits.skin
    ]


def _glasses(traits: Face) -> str:
    if not traits.glasses:
        return ""
    return (
        _ring(41, 44.2, 5.9, INK, 1.5)
        + _ring(55, 44.2, 5.9, INK, 1.5)
        + _line("M46.8 43.2C47.4 42.5 48.6 42.5 49.2 43.2", INK, 1.5)
        + _line("M35.2 43.4 31.6 42.4M60.8 43.4 64.4 42.4", INK, 1.3)
    )


def _beard(traits: Face) -> str:
    if traits.beard == "none":
        return ""
    lit, shaded = HAIR_COLORS[traits.hair_color]
    moustache = _path(
        "M48 52.4C45.4 51 41.6 52.4 40.2 56.6 43.4 55.4 45.8 56 48 55.6Z", lit
    ) + _path("M48 52.4C50.6 51 54.4 52.4 55.8 56.6 52.6 55.4 50.2 56 48 55.6Z", shaded)
    if traits.beard == "moustache":
        return moustache
    if traits.beard == "short":
        skin_lit, skin_shaded = SKINS[traits.skin]
        lit, shaded = _mixed(lit, skin_lit, 0.62), _mixed(shaded, skin_shaded, 0.62)
        left = "M48 52.8C44 51.8 41 53 39.6 55.4 36.6 54.6 33 50 31.1 45.2 31.8 56 39 64.9 48 64.9"
    else:
        left = (
            "M48 52.2C44 51.2 41 52.4 39.4 54.6 36.4 53.6 33 49.6 31 44 30.8 58.6 37.4 69.4 48 69.4"
        )
    return _path(f"{left}Z", lit) + _path(_mirror(f"{left}Z"), shaded)


# ── Hair ─────────────────────────────────────────────────────────────────────────────────────


def _shows_ears(traits: Face) -> bool:
    hidden = ("long", "bob") if traits.beard == "none" else ()
    loose = ("wavy", "curly") if traits.beard == "none" else ()
    return traits.hair not in (*hidden, *loose)


def _hair_behind(traits: Face, ways: _Ways) -> str:
    lit, shaded = HAIR_COLORS[traits.hair_color]
    loose = traits.beard == "none"
    if traits.hair == "long":
        shape = "M48 19C36 19 27.4 27 27.4 40V80C36 84.5 60 84.5 68.6 80V40C68.6 27 60 19 48 19Z"
        return _path(shape, lit) + _path(
            "M48 19V83C56 83 63 82.6 68.6 80V40C68.6 27 60 19 48 19Z", shaded
        )
    if traits.hair == "bob":
        left = "M48 19.6C35.4 19.6 27 28 27 41 27 50 26.6 57.4 30.6 65.4 36 67.6 42 66.6 48 66Z"
        return _path(left, lit) + _path(_mirror(left), shaded)
    if traits.hair == "wavy" and loose:
        left = (
            "M48 18.8C36 18.6 27.6 26 27.4 37 25 41 28.6 45 26.6 50 24.2 55 28.4 59.4 26.2 64.4"
            " 25 69 28.6 73.6 33.4 74.6 39 75.4 44 74 48 74Z"
        )
        return _path(left, lit) + _path(_mirror(left), shaded)
    if traits.hair == "curly":
        return _curls(lit, shaded, full=loose)
    if traits.hair == "bun":
        return _circle(48, 14.4, 8.8, lit) + _path("M48 5.6A8.8 8.8 0 0 1 48 23.2Z", shaded)
    if traits.hair == "ponytail":
        tail = (
            "M60 26C70.5 25.5 76.5 34 75.2 45 74.2 53 76 59 72.6 66.6 69.4 62 67.6 57.6 67.8 51"
            " 68 42 66 34 58 31Z"
        )
        return _path(_mirror(tail) if ways.mirrored else tail, shaded)
    return ""


def _hair_in_front(traits: Face, ways: _Ways) -> str:
    lit, shaded = HAIR_COLORS[traits.hair_color]
    cap = {
        "short": "M30.4 43.4C27.6 29 35.6 20.6 48.4 20.6 61.4 20.6 68.4 29 65.6 43.4"
        " 64.9 39.6 63.8 36.2 61.6 33.2 55 35 44.4 34.4 38.6 30.6 34.6 33.4 31.8 38 30.4 43.4Z",
        "grey-short": "M30.6 44C28 31 35.6 22.4 48 22.4 60.4 22.4 68 31 65.4 44 64.9 40.4 63.9 37.6"
        " 62.4 35.4 61.6 30.4 56.6 28.2 48 28.4 39.4 28.2 34.4 30.4 33.6 35.4 32.1 37.6"
        " 31.1 40.4 30.6 44Z",
        "bun": "M29.9 43.2C28.6 29.6 36.6 21.6 48 21.6 59.4 21.6 67.4 29.6 66.1 43.2"
        " 63.6 34.6 57 29.4 48 29.4 39 29.4 32.4 34.6 29.9 43.2Z",
        "ponytail": "M30 43C28.2 29.4 36 21 48 21 60 21 67.8 29.4 66 43 64 36 60.4 31.6 54 29.6"
        " 47 33.4 37 33 33.6 35.6 31.8 37.6 30.8 40 30 43Z",
        "long": "M29.4 49C27.8 31 35.6 21 48 21 60.4 21 68.2 31 66.6 49 65.4 41.6 62 35 55.4 29.4"
        " 50 35 39.6 38 33.4 38.6 31.2 41.6 30 45 29.4 49Z",
        "bob": "M28.8 53C27 33.4 35.4 21.2 48 21.2 60.6 21.2 69 33.4 67.2 53 66 43 62.6 37 57 33.2"
        " 49 36.6 38.6 36.6 33.6 35.8 31.2 40 29.6 46 28.8 53Z",
        "wavy": "M29.2 50C27 32 35.6 20.4 48 20.4 60.4 20.4 69 32 66.8 50 65.8 44 65.6 39.4"
        " 61.4 36.4 58.4 34.2 56.8 32.4 56.2 29.4 52.4 33.6 46.4 33.2 42.6 34.6 37.8 36.4"
        " 33.6 38 32 41.6 30.8 44.2 30 46.8 29.2 50Z",
    }.get(traits.hair)
    if traits.hair == "curly":
        return _fringe_of_curls(lit, shaded)
    if traits.hair == "bald":
        return _gleam(traits)
    if traits.hair == "wavy" and traits.beard != "none":
        cap = (
            "M30.2 44.4C25.6 38 27.4 31 31.4 29.4 30.6 23.4 36.6 19 42 20.4 45.6 16.4 53.6 16.6"
            " 56.4 20.2 62.4 19.2 66.6 24.4 65.4 29.6 69.2 32 69.4 38.8 65.8 44.4 65.6 40 64.4 36.4"
            " 61.4 34.4 56.8 35.4 53.4 33.4 51.6 30.8 46.6 34.8 39.4 35.6 35 33.6 32.6 36.6"
            " 30.8 40 30.2 44.4Z"
        )
    if cap is None:
        return ""
    if ways.mirrored:
        cap = _mirror(cap)
    return _path(cap, lit)


def _curls(lit: str, shaded: str, full: bool) -> str:
    reach = range(-58, 239, 27) if full else range(-8, 189, 28)
    far_x, far_y, size = (19.6, 17.4, 7.4) if full else (16.6, 15.4, 5.6)
    drawn = [_ellipse(48, 38 if full else 34, far_x + 1, far_y + 1, lit)]
    for degrees in reach:
        angle = math.radians(degrees)
        x, y = 48 + far_x * math.cos(angle), 40 - far_y * math.sin(angle)
        if not full:
            y -= 3
        drawn.append(_circle(x, y, size, shaded if x > 49 else lit))
    return "".join(drawn)


def _fringe_of_curls(lit: str, shaded: str) -> str:
    curls = ((34.4, 33.4, 4.6), (40.6, 29.6, 5), (48, 28, 5.2), (55.4, 29.6, 5), (61.6, 33.4, 4.6))
    return "".join(_circle(x, y, size, shaded if x > 49 else lit) for x, y, size in curls)


def _gleam(traits: Face) -> str:
    return _line("M37.6 33.4C39.4 30.8 41.8 29.4 44.4 29", _lighter(SKINS[traits.skin][0]), 1.8)


# ── Marks ────────────────────────────────────────────────────────────────────────────────────


def _rect(color: str) -> str:
    return f'<rect width="96" height="96" fill="{color}"/>'


def _path(shape: str, color: str) -> str:
    return f'<path fill="{color}" d="{shape}"/>'


def _line(shape: str, color: str, width: float) -> str:
    return (
        f'<path fill="none" stroke="{color}" stroke-width="{width:g}" stroke-linecap="round"'
        f' stroke-linejoin="round" d="{shape}"/>'
    )


def _ellipse(x: float, y: float, rx: float, ry: float, color: str) -> str:
    return f'<ellipse cx="{x:.4g}" cy="{y:.4g}" rx="{rx:.4g}" ry="{ry:.4g}" fill="{color}"/>'


def _circle(x: float, y: float, radius: float, color: str) -> str:
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius:.4g}" fill="{color}"/>'


def _ring(x: float, y: float, radius: float, color: str, width: float) -> str:
    return (
        f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius:.4g}" fill="{LINEN}" fill-opacity=".16"'
        f' stroke="{color}" stroke-width="{width:g}"/>'
    )


def _mirror(shape: str) -> str:
    """The same outline seen in a mirror. It must be written in points: no arcs, no H or V."""
    mirrored, x_next, token = [], True, ""
    for sign in [*shape, " "]:
        if sign.isdigit() or sign in ".-":
            token += sign
            continue
        if token:
            mirrored.append(f"{96 - float(token):.4g}" if x_next else token)
            x_next, token = not x_next, ""
        mirrored.append(sign)
    return "".join(mirrored).rstrip()


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _mixed(color: str, other: str, share: float) -> str:
    pairs = zip(_rgb(color), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _deeper(color: str) -> str:
    return _mixed(color, "#3A1E12", 0.86)


def _lighter(color: str) -> str:
    return _mixed(color, "#FFF6E8", 0.82)
