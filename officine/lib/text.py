"""What any text goes through before it is kept."""

import re
import unicodedata

# Controls that change how neighbouring text is shown (bidirectional overrides) or that no
# keyboard sends; line breaks and tabs stay.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
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
