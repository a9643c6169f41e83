"""What the index holds for a question, and how it divides by kind and language."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from officine.core.index.highlights import Marker
from officine.core.index.interface import KINDS, Hit, Other, Query
from officine.core.index.keeping import the_index
from officine.models.group import audiences_of

MOST = 200
"""Hits of a kind in a language. Who wants more asks a narrower question."""

# A word that nobody has written is taken for a slip where the question is short. In a long one it
# may well be meant; then a correction is offered only if there is little to show.
FEW = 3
SHORT_QUESTION = 4


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for, and how they have narrowed it."""

    text: str
    reads: tuple[str, ...]
    """The languages in which the question is understood."""
    kind: str = ""
    languages: tuple[str, ...] = ()
    page: int = 1
    to_the_letter: bool = False
    """Not to be corrected."""
    is_unfinished: bool = False

    def fits(self, hit: Hit, *, any_kind: bool = False, any_language: bool = False) -> bool:
        """Whether a hit is among what they have narrowed it to."""
        return (any_kind or self.kind in ("", hit.kind)) and (
            any_language or self.narrowed(hit) is not None
        )

    def narrowed(self, hit: Hit) -> Hit | None:
        """A hit by the best of its documents in the languages they want."""
        if not self.languages:
            return hit
        fitting = [each for each in hit.all if each.language in self.languages]
        return _led_by(hit, fitting) if fitting else None


@dataclass(frozen=True)
class Answer:
    """What was found, best first, and for which words."""

    text: str
    """The question that was answered, corrected where it had to be."""
    hits: tuple[Hit, ...]
    suggestion: str | None
    """Another question that may have been meant."""
    overfull: frozenset[tuple[str, str]]
    """The kinds and languages of which there is more than is in `hits`."""

    @property
    def is_corrected(self) -> bool:
        """Whether it is the suggestion that was answered."""
        return self.suggestion == self.text

    def has_more(self, *, kind: str = "", languages: Iterable[str] = ()) -> bool:
        """Whether there is more of a kind, or of any, in some languages, or in any."""
        languages = set(languages)
        return any(
            kind in ("", each) and (not languages or language in languages)
            for each, language in self.overfull
        )


Check = Callable[[Iterable[str]], set[str]]
"""Those of these ids that the viewer may find, as the database has it at this moment."""


def answer_to(
    viewer: Any, wanted: Wanted, checks: Mapping[str, Check], *, most: int | None = None
) -> Answer:
    """Ask the index, and the database once more about every hit; at most so many of a kind in each
    language. Raises IndexUnavailable.
    """
    most = MOST if most is None else most
    query = Query(
        text=wanted.text,
        reads=wanted.reads,
        audiences=audiences_of(viewer),
        unfinished=wanted.is_unfinished,
        limit=most,
    )
    index = the_index()
    found = index.search(query)
    is_slip = bool(found.unknown) and (not found.hits or len(wanted.text.split()) <= SHORT_QUESTION)
    suggestion = index.suggestion(query) if is_slip or len(found.hits) < FEW else None
    if suggestion and is_slip and not wanted.to_the_letter:
        query = replace(query, text=suggestion)
        found = index.search(query)
    hits = _checked(found.hits, checks)
    return Answer(
        text=query.text,
        hits=tuple(
            sorted(hits, key=lambda hit: all(it.language not in wanted.reads for it in hit.all))
        ),
        suggestion=suggestion,
        overfull=frozenset(place for place, total in found.in_language.items() if total > most),
    )


def _checked(hits: Iterable[Hit], checks: Mapping[str, Check]) -> list[Hit]:
    """The hits that may be shown, each by the best of its documents that may."""
    hits = list(hits)
    allowed: set[str] = set()
    for kind in KINDS:
        ids = [each.id for hit in hits if hit.kind == kind for each in hit.all]
        if ids:
            allowed |= checks[kind](ids)
    shown = []
    for hit in hits:
        if known := [each for each in hit.all if each.id in allowed]:
            shown.append(_led_by(hit, known))
    return shown


def _led_by(hit: Hit, documents: Sequence[Other]) -> Hit:
    """The hit with these of its documents, best first."""
    best, *others = documents
    return replace(hit, id=best.id, language=best.language, others=tuple(others))


def counts_by_kind(answer: Answer, wanted: Wanted) -> dict[str, int]:
    """How many of each kind, in the languages that are wanted."""
    return Counter(hit.kind for hit in answer.hits if wanted.fits(hit, any_kind=True))


def counts_by_language(answer: Answer, wanted: Wanted) -> dict[str, int]:
    """How many in each language, of the kind that is wanted."""
    fitting = (hit for hit in answer.hits if wanted.fits(hit, any_language=True))
    return Counter(language for hit in fitting for language in {it.language for it in hit.all})


def marker_for(answer: Answer, wanted: Wanted) -> Marker:
    """What marks the words of the question in what was found."""
    return Marker.for_question(answer.text, wanted.reads, wanted.is_unfinished)
