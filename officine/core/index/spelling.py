"""“Did you mean”: a question's unknown words, as the asker's own finds would spell them.

Only words of documents that the asker may find are proposed. A suggestion must not tell what is
written where one cannot look.
"""

from officine.core.index.analysis import Question
from officine.core.index.interface import Query
from officine.core.index.postings import Snapshot
from officine.core.index.ranking import best_hits, visible_frequency
from officine.lib.words import fold, words

SHORTEST = 4
SHORTEST_WITH_TWO_EDITS = 8

# A word that somebody once mistyped in a post is known, but its neighbour is far more common.
RARE = 2
FAR_MORE = 10

# Looking for neighbours reads the whole list of words.
MOST_CORRECTED = 3


def corrected(snapshot: Snapshot, question: Question, query: Query) -> str | None:
    """The question with its unknown words corrected, or None if there is nothing to correct."""
    unknown = {fold(word) for word in best_hits(snapshot, question, query).unknown}
    known = [word.folded for word in question.words if word.folded not in unknown]
    corrections = {}
    # Only where every word is known may one of them be somebody else's slip.
    for word in (list(unknown) or known)[:MOST_CORRECTED]:
        if better := _nearest(snapshot, word, query, known=not unknown):
            corrections[word] = better
    if not corrections:
        return None
    return _respelt(query.text, corrections)


def _nearest(snapshot: Snapshot, word: str, query: Query, known: bool) -> str | None:
    frequency = visible_frequency(snapshot, word, query) if known else 0
    if len(word) < SHORTEST or word.isdigit() or (known and not 0 < frequency <= RARE):
        return None
    needed = frequency * FAR_MORE or 1
    for edits in (1, 2) if len(word) >= SHORTEST_WITH_TWO_EDITS else (1,):
        likes = snapshot.resembling(word, edits) | _swapped(word)
        near = {like: visible_frequency(snapshot, like, query) for like in likes - {word}}
        best = max(near, key=lambda like: (near[like], like), default=None)
        if best is not None and near[best] >= needed:
            return best
    return None


def _swapped(word: str) -> set[str]:
    """The word with each two neighbours swapped: one slip of the fingers, though two edits."""
    return {
        word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        for place in range(len(word) - 1)
    }


def _respelt(text: str, corrections: dict[str, str]) -> str:
    parts, end = [], 0
    for word in words(text):
        if better := corrections.get(fold(word.text)):
            parts += [text[end : word.start], better]
            end = word.end
    return "".join([*parts, text[end:]])
