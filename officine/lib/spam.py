"""How much a text resembles unwanted advertising: points, each with its reason.

Nothing is learnt and nothing leaves the house: each signal can be read and disputed. The score
only ever asks a person to look. Members of long standing may link, praise their wares and give
their telephone number; the same counts for more from an account of this morning.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from officine.lib.language import clear_language
from officine.lib.words import fold, folded_words

NEW_DAYS = 90
SHINGLE = 4
FEWEST_SHINGLES = 6
ALIKE = 0.6
"""From this share of common shingles on, two texts are the same."""

_QUOTED = re.compile(r"<blockquote>.*?</blockquote>", re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*\bhref="((?:https?:)?//[^"]+|mailto:[^"]+)"')
_PICTURE = re.compile(r"<img\b")
_TAG = re.compile(r"<[^>]*>")
_PHONE = re.compile(r"(?<![\w/.,-])\+?\d[\d ().-]{7,16}\d(?![\w/,])")
_SHOUTING = re.compile(r"[!¡]{3,}|(?:[€$]\s*){3,}")
_ELSEWHERE = re.compile(r"\b(whats\s?app|telegram|t\.me|wa\.me|wechat|signal|viber)\b", re.I)

# Phrases of letters that nobody wrote for this reader, folded. One alone means little.
_PITCH = (
    # Italian
    "guadagna", "guadagni da casa", "soldi facili", "clicca qui", "offerta imperdibile",
    "100 gratis", "senza rischi", "prestito immediato", "finanziamento garantito", "casino",
    "scommesse", "criptovalute", "rendimento garantito", "affrettati", "posti limitati",
    "solo per oggi", "miglior prezzo", "followers", "prima pagina di google", "dimagrire",
    "contattami in privato", "sconto esclusivo", "ultimi pezzi", "entrate passive",
    # English
    "click here", "earn money", "make money", "work from home", "risk free", "guaranteed return",
    "guaranteed returns", "act now", "limited time", "buy now", "best price", "100 free",
    "crypto investment", "bitcoin", "forex", "online casino", "betting", "instant loan",
    "personal loan", "seo services", "first page of google", "backlinks", "cheap", "viagra",
    "weight loss", "passive income", "dm me", "message me privately", "winner", "free gift",
    "exclusive offer", "double your",
    # Spanish
    "gana dinero", "ganar dinero", "dinero facil", "haz clic", "haga clic", "pincha aqui",
    "oferta exclusiva", "sin riesgo", "rentabilidad garantizada", "prestamo inmediato",
    "prestamos rapidos", "apuestas", "criptomonedas", "plazas limitadas", "solo por hoy",
    "mejor precio", "seguidores", "primera pagina de google", "adelgazar", "ingresos pasivos",
    "trabaja desde casa", "escribeme al privado", "gratis 100", "ultimas unidades",
)  # fmt: skip
_PITCH_SETS = tuple((phrase, f" {phrase} ") for phrase in _PITCH)

# Letters that look like others, after folding: what a borrowed name is written with.
_LOOK_ALIKES = str.maketrans(
    {
        "0": "o", "1": "l", "3": "e", "5": "s", "i": "l", "|": "l", "q": "g", "v": "u",
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "l", "ѕ": "s",
        "ԁ": "d", "һ": "h", "ո": "n", "в": "b", "к": "k", "м": "m", "н": "h", "т": "t", "г": "r",
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "l", "κ": "k", "ν": "u", "ο": "o", "ρ": "p",
        "τ": "t", "υ": "u", "χ": "x", "ı": "l", "ł": "l", "ø": "o", "đ": "d",
    }
)  # fmt: skip


class Signal(NamedTuple):
    """One thing that raised the score, with the value that did and the points it gave."""

    name: str
    value: int | str
    points: int


@dataclass(frozen=True, slots=True)
class Writer:
    """What is known of whoever wrote."""

    days: int
    """Since they joined."""
    posts: int
    """That readers can see."""
    reads: tuple[str, ...] = ()
    disposable: str = ""
    """The domain of their address, where it is of those that are thrown away."""
    resembles: str = ""
    """The member whose name theirs looks like."""

    @property
    def is_new(self) -> bool:
        """Whether neither time nor posts speak for them yet."""
        return self.posts < 3 and self.days < NEW_DAYS


def score(
    text: str,
    html: str,
    writer: Writer,
    *,
    language: str,
    languages: Sequence[str],
    copies: int = 0,
    echoes: int = 0,
    own_host: str = "",
) -> list[Signal]:
    """What speaks for spam in a text, the heaviest first. ``html`` is the text as it is shown,
    ``language`` the group’s, ``copies`` the other places where the same member wrote the same,
    ``echoes`` those where others did.
    """
    own = _QUOTED.sub("", html)
    selling = [
        _links(own, writer, own_host),
        _pictures(own, writer),
        _contact(text, writer),
        _pitch(text, writer),
    ]
    found = [
        *selling,
        # Two people may well ask the same question; they do not sell in the same words.
        _echoes(echoes, writer) if any(selling) else None,
        _shouting(text),
        _repetition(text),
        _copies(copies, writer),
        Signal("spam-disposable", writer.disposable, 25) if writer.disposable else None,
        Signal("spam-name", writer.resembles, 40) if writer.resembles else None,
        _language(text, writer, language, languages),
        _letters(text),
        Signal("spam-new", writer.days, 15) if writer.is_new and not writer.posts else None,
    ]
    return sorted((each for each in found if each), key=lambda each: -each.points)


def points(signals: Iterable[Signal]) -> int:
    """The score."""
    return sum(signal.points for signal in signals)


def links_in(html: str, own_host: str = "") -> list[str]:
    """The addresses outside this site to which a text leads, each once; what it quotes from
    others does not count.
    """
    found = dict.fromkeys(_LINK.findall(_QUOTED.sub("", html)))
    return [each for each in found if not own_host or urlsplit(each).hostname != own_host]


def skeleton(name: str) -> str:
    """A name as it looks at a glance: *Giu1ia Sеrra* (with a Russian е) and *Giulia Serra* are
    one.
    """
    plain = " ".join(name.casefold().translate(_LOOK_ALIKES).split())
    letters = (fold(each).translate(_LOOK_ALIKES) for each in plain if each.isalnum())
    return "".join(letters).replace("rn", "m").replace("uu", "w")


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[int]:
    """A text as the set of its runs of SHINGLE words; empty where it is too short to be told from
    others.
    """
    words = folded_words(text)
    runs = frozenset(
        hash(tuple(words[start : start + SHINGLE])) for start in range(len(words) - SHINGLE + 1)
    )
    return runs if len(runs) >= FEWEST_SHINGLES else frozenset()


def copies_of(text: str, others: Iterable[str]) -> int:
    """In how many of the other texts most of a text stands again."""
    mine = shingles(text)
    if not mine:
        return 0
    return sum(len(mine & shingles(other)) / len(mine) >= ALIKE for other in others)


def _copies(copies: int, writer: Writer) -> Signal | None:
    """The same question put in two groups is no spam yet, from who is known here."""
    weight = min(90, (60 if writer.is_new else 40) * copies)
    return Signal("spam-copies", copies, weight) if copies else None


def _echoes(echoes: int, writer: Writer) -> Signal | None:
    weight = min(90, 45 * echoes)
    return Signal("spam-copies", echoes, weight) if echoes and writer.is_new else None


def _links(html: str, writer: Writer, own_host: str) -> Signal | None:
    links = links_in(html, own_host)
    if not links:
        return None
    words = len(folded_words(_TAG.sub(" ", html))) or 1
    dense = words < 15 * len(links)
    if writer.is_new:
        weight = 20 + 8 * (len(links) - 1) + (15 if dense else 0)
    else:
        weight = 6 * (len(links) - 2) + (10 if dense and len(links) > 2 else 0)
    return Signal("spam-links", len(links), min(weight, 60)) if weight > 0 else None


def _pictures(html: str, writer: Writer) -> Signal | None:
    count = len(_PICTURE.findall(html))
    words = len(folded_words(_TAG.sub(" ", html)))
    if not writer.is_new or not count or words > 40 * count:
        return None
    return Signal("spam-pictures", count, min(15 + 5 * count, 30))


def _contact(text: str, writer: Writer) -> Signal | None:
    ways = [match.group().strip() for match in _ELSEWHERE.finditer(text)]
    ways += [match.group().strip() for match in _PHONE.finditer(text) if _is_phone(match.group())]
    if not ways:
        return None
    shown = ", ".join(dict.fromkeys(ways))[:80]
    return Signal("spam-contact", shown, 25 if writer.is_new else 8)


def _is_phone(found: str) -> bool:
    """A telephone number rather than a date, an amount or a series of years."""
    digits = sum(letter.isdigit() for letter in found)
    return 9 <= digits <= 15 and (found.startswith("+") or found.count(" ") <= 4) and (
        not re.search(r"\d{4}\s*[-–]\s*\d{4}", found)
    )  # fmt: skip


def _pitch(text: str, writer: Writer) -> Signal | None:
    folded = f" {' '.join(folded_words(text))} "
    phrases = [phrase for phrase, spaced in _PITCH_SETS if spaced in folded]
    if not phrases:
        return None
    each = 18 if writer.is_new else 8
    return Signal("spam-pitch", ", ".join(phrases[:4]), min(each * len(phrases), 55))


def _shouting(text: str) -> Signal | None:
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    loud = len(letters) > 30 and capitals > 0.5 * len(letters)
    marks = len(_SHOUTING.findall(text))
    weight = (15 if loud else 0) + min(10 * marks, 20)
    return Signal("spam-shouting", marks, weight) if weight else None


def _repetition(text: str) -> Signal | None:
    lines = Counter(line.strip() for line in text.splitlines() if len(line.strip()) > 12)
    again = sum(count - 1 for count in lines.values())
    words = folded_words(text)
    poor = 40 < len(words) < 400 and len(set(words)) < 0.3 * len(words)
    weight = (20 if again > 2 else 0) + (25 if poor else 0)
    return Signal("spam-repetition", again, weight) if weight else None


def _language(text: str, writer: Writer, language: str, languages: Sequence[str]) -> Signal | None:
    """Whoever writes the language of the group, or one they read, is at home here."""
    written = clear_language(text, languages)
    if not writer.is_new or written is None or written in (language, *writer.reads):
        return None
    return Signal("spam-language", written, 15)


def _letters(text: str) -> Signal | None:
    """A text mostly of letters that none of our languages has."""
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(not _is_latin(letter) for letter in letters)
    if len(letters) < 20 or foreign < 0.3 * len(letters):
        return None
    return Signal("spam-letters", foreign, 60)


@cache
def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "GREEK SMALL"))
