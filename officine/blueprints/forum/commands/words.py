"""A text as it can be kept."""

from officine.blueprints.forum.commands.errors import LONGEST_TEXT, TextMissing, TextTooLong
from officine.lib.text import clean


def checked_text(text: str) -> str:
    text = clean(text)
    if not text:
        raise TextMissing
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text))
    return text
