"""What any text goes through before it is kept."""

import re
import unicodedata

# Controls that change how neighbouring text is shown (bidirectional overrides) or that no
# keyboard sends; line breaks and tabs stay.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str | None) -> str:
    """One spelling for each letter (NFC), Unix line ends, no hidden controls, trimmed."""
    text = _SURROGATES.sub("", text or "")
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", text).strip()


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
