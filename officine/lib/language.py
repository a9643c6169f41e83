"""Which language a text is clearly written in.

Grammar words tell: a text of some length has many, and few of another language's. A model of
letters knows more languages, but on business talk it was wrong where this says nothing, and it
costs a second to load.
"""

from collections.abc import Sequence

from officine.lib.words import folded_words, is_stop_word

FEWEST_WORDS = 6
ENOUGH = 3000


def clear_language(text: str, languages: Sequence[str]) -> str | None:
    """The one of these languages that a text is clearly written in; None if there is doubt."""
    words = folded_words(text[:ENOUGH])
    if len(words) < FEWEST_WORDS:
        return None
    counts = {code: sum(is_stop_word(word, code) for word in words) for code in languages}
    first, second = sorted(languages, key=lambda code: -counts[code])[:2]
    is_clear = counts[first] >= 2 and counts[first] > 1.5 * counts[second]
    return first if is_clear else None
