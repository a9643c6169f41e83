"""What any text goes through before it is kept."""

import re
import unicodedata
from html import unescape

# Controls that change how neighbouring text is shown (bidirectional overrides) or that no
# keyboard sends; line breaks and tabs stay.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_TAG = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_SURROGATES = re.compile("[\ud800-\udfff]")


def without_controls(text: str) -> str:
    """The text without hidden controls and halves of letters."""
    return _UNWANTED.sub("", _SURROGATES.sub("", text))


def clean(text: str | None) -> str:
    """One spelling for each letter (NFC), Unix line ends, no hidden controls, trimmed."""
    text = unicodedata.normalize("NFC", without_controls(text or ""))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def clean_line(text: str | None) -> str:
    """A single line: every run of white space becomes one space."""
    return " ".join(clean(text).split())


def excerpt(text: str, length: int = 200) -> str:
    """The beginning of a text, cut after a word, with an ellipsis if something follows."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length + 1].rsplit(" ", 1)[0] or text[:length]
    return cut.rstrip(" ,;:.—–-") + "…"


def words_in(html: str) -> str:
    """The words of our own HTML, as a reader sees them: no tags, references resolved. Our blocks
    stand on lines of their own, so that no two words grow together. Much cheaper than reading
    the Markdown again.
    """
    return " ".join(unescape(_TAG.sub("", html)).split())
