"""What the address of a list asks for: words, languages, filters, the page."""

from collections.abc import Container

from flask import request

from officine.core.i18n import LANGUAGES
from officine.lib.text import clean_line

LONGEST_QUESTION = 200


def asked_words() -> str:
    """The words looked for."""
    return clean_line(request.args.get("q"))[:LONGEST_QUESTION]


def asked_languages() -> tuple[str, ...]:
    """The languages chosen, of those we speak."""
    return tuple(code for code in LANGUAGES if code in request.args.getlist("lang"))


def one_of(known: Container[str], name: str) -> str:
    """The value of a filter if it is a known one, else nothing."""
    value = request.args.get(name, "")
    return value if value in known else ""


def page_number() -> int:
    """Which page of the list, the first by default."""
    number = request.args.get("page", "1")
    return max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1
