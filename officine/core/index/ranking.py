"""How well each document answers a question.

BM25 for each word, in stems and again (for half as much) in the very form that was asked; then
the sum times the share of the question that the document holds, rare words weighing more than
common ones. `docs/search.md` has what each of these choices was measured to be worth.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from math import log
from typing import NamedTuple

from officine.core.index.analysis import Question, SoughtWord
from officine.core.index.interface import Hit, Hits, Other, Query
from officine.core.index.postings import FIELDS, Facts, Segment, Snapshot

B = 0.75
K1 = 1.2

EXACT_WEIGHT = 0.5

# The title of a topic stands over each of its posts and says little of the one in hand. The
# name of a person, a company or a group says more than the text beneath it.
TITLE_WEIGHT = {"topic": 0.25}
NAME_WEIGHT = 1.0

# A word still being typed is worth less than one that is whole.
UNFINISHED_WEIGHT = 0.5

# If so many documents hold every word of a short question, the others need not be shown.
SHORT_QUESTION = 4
ENOUGH = 10

# What fits ten times worse than the best of its kind is noise.
NOISE = 0.1

OTHERS_SHOWN = 2


def best_hits(snapshot: Snapshot, question: Question, query: Query) -> Hits:
    """The documents that answer best, each `under` once, at most `query.limit` of a kind in each
    language.
    """
    words = [_Weighed(snapshot, word) for word in question.words]
    shares = _Shares([word.rarity for word in words])

    found: list[_Candidate] = []
    for segment in snapshot.segments:
        found.extend(_candidates(snapshot, segment, words, shares, question, query))

    held = 0
    for candidate in found:
        held |= candidate.held
    unknown = tuple(
        word.sought.typed for number, word in enumerate(words) if not held >> number & 1
    )

    quoting = [candidate for candidate in found if candidate.has_phrases]
    lists = _by_kind(_pertinent(quoting, len(words)))
    return Hits(
        hits=tuple(hit for hits in lists.values() for hit in _first_of_each(hits, query.limit)),
        totals={kind: len(hits) for kind, hits in lists.items()},
        in_language=Counter(
            (kind, language)
            for kind, hits in lists.items()
            for hit in hits
            for language in _languages(hit)
        ),
        unknown=unknown,
    )


def visible_frequency(snapshot: Snapshot, word: str, query: Query) -> int:
    """In how many documents that the asker may find a word stands, in this very form."""
    count = 0
    for segment in snapshot.segments:
        visible = segment.visible_to(query.audiences)
        for document in segment.postings("exact", word).documents:
            if visible[document] and _wanted(segment.facts[document], query):
                count += 1
    return count


class _Candidate(NamedTuple):
    score: float
    held: int
    has_phrases: bool
    facts: Facts


class _Weighed:
    """A word of the question with the terms it is looked up by and how rare it is."""

    def __init__(self, snapshot: Snapshot, sought: SoughtWord) -> None:
        self.sought = sought
        self.forms = {sought.folded: 1.0}
        if sought.is_beginning:
            for ending in snapshot.endings(sought.folded):
                self.forms.setdefault(ending, UNFINISHED_WEIGHT)
        # A word that is not whole has no stem worth looking for, but its forms must weigh as
        # much as a stem and a form together.
        self.form_weight = 1 + EXACT_WEIGHT if sought.is_beginning else EXACT_WEIGHT
        self.rarities: dict[tuple[str, str], float] = {}
        commonest = 0
        for term_field, term, _ in self.terms():
            frequency = snapshot.frequency(term_field, term)
            commonest = max(commonest, frequency)
            self.rarities[term_field, term] = _rarity(snapshot, frequency)
        self.rarity = _rarity(snapshot, commonest)

    def terms(self) -> Iterator[tuple[str, str, float]]:
        """Each field and term to look in, and what a find is worth."""
        for term, worth in self.sought.stems.items():
            yield "body", term, worth
            yield "title", term, worth
        for term, worth in self.forms.items():
            yield "exact", term, worth


@dataclass
class _Shares:
    """Which part of the question a set of its words makes, by their rarity."""

    rarities: list[float]
    known: dict[int, float] = field(default_factory=dict)

    def of(self, held: int) -> float:
        if held not in self.known:
            part = sum(rarity for number, rarity in enumerate(self.rarities) if held >> number & 1)
            self.known[held] = part / sum(self.rarities)
        return self.known[held]


def _rarity(snapshot: Snapshot, frequency: int) -> float:
    return 1 + log(max(1.0, snapshot.size / (frequency + 1)))


def _candidates(
    snapshot: Snapshot,
    segment: Segment,
    words: list[_Weighed],
    shares: _Shares,
    question: Question,
    query: Query,
) -> Iterator[_Candidate]:
    visible = segment.visible_to(query.audiences)
    scores: defaultdict[int, float] = defaultdict(float)
    held: defaultdict[int, int] = defaultdict(int)
    for number, word in enumerate(words):
        for document, score in _word_scores(snapshot, segment, word, visible).items():
            scores[document] += score
            held[document] |= 1 << number

    quoting = [segment.holding_phrase(phrase) for phrase in question.phrases] if scores else []
    for document, score in scores.items():
        facts = segment.facts[document]
        if _wanted(facts, query):
            words_held = held[document]
            has_phrases = all(document in phrase for phrase in quoting)
            yield _Candidate(score * shares.of(words_held), words_held, has_phrases, facts)


def _word_scores(
    snapshot: Snapshot, segment: Segment, word: _Weighed, visible: bytearray
) -> dict[int, float]:
    # Of several stems or endings the best one counts, not their sum: they are readings of one
    # word, not several words.
    best: dict[str, dict[int, float]] = {name: {} for name in FIELDS}
    for name, term, worth in word.terms():
        postings = segment.postings(name, term)
        if not postings.documents:
            continue
        known = best[name]
        lengths = segment.lengths[FIELDS.index(name)]
        factor = worth * word.rarities[name, term] * (K1 + 1)
        flat, slope = K1 * (1 - B), K1 * B / snapshot.average_length(name)
        for document, count in zip(postings.documents, postings.counts, strict=True):
            if visible[document]:
                score = factor * count / (count + flat + slope * lengths[document])
                if score > known.get(document, 0.0):
                    known[document] = score

    total = best["body"]
    for document, score in best["title"].items():
        weight = TITLE_WEIGHT.get(segment.facts[document].kind, NAME_WEIGHT)
        total[document] = total.get(document, 0.0) + weight * score
    for document, score in best["exact"].items():
        total[document] = total.get(document, 0.0) + word.form_weight * score
    return total


def _wanted(facts: Facts, query: Query) -> bool:
    return (
        (not query.kinds or facts.kind in query.kinds)
        and (not query.languages or facts.language in query.languages)
        and (not query.group or facts.group == query.group)
        and (not query.author or facts.author == query.author)
        and (query.since is None or facts.at >= query.since.timestamp())
    )


def _pertinent(found: list[_Candidate], word_count: int) -> Iterable[_Candidate]:
    if 1 < word_count <= SHORT_QUESTION:
        every = (1 << word_count) - 1
        whole = [candidate for candidate in found if candidate.held == every]
        if len({candidate.facts.under for candidate in whole}) >= ENOUGH:
            return whole
    return found


def _by_kind(found: Iterable[_Candidate]) -> Mapping[str, list[Hit]]:
    lists: dict[str, list[Hit]] = {}
    # The earliest of equals comes first: a topic whose title alone answers is shown by its
    # opening post.
    ordered = sorted(
        found, key=lambda each: (each.facts.kind, -each.score, each.facts.at, each.facts.id)
    )
    for kind, candidates in groupby(ordered, key=lambda each: each.facts.kind):
        roofs: dict[str, list[_Candidate]] = {}
        floor = None
        for candidate in candidates:
            floor = candidate.score * NOISE if floor is None else floor
            if candidate.score < floor:
                break
            roofs.setdefault(candidate.facts.under, []).append(candidate)
        lists[kind] = [
            Hit(
                best.facts.id,
                kind,
                best.facts.language,
                best.score,
                _neighbours(best, others),
            )
            for best, *others in roofs.values()
        ]
    return lists


def _first_of_each(hits: list[Hit], limit: int) -> Iterator[Hit]:
    """The best, as long as a language in which they answer has fewer than `limit`."""
    counts: Counter[str] = Counter()
    for hit in hits:
        languages = _languages(hit)
        if any(counts[language] < limit for language in languages):
            counts.update(languages)
            yield hit


def _languages(hit: Hit) -> set[str]:
    return {each.language for each in hit.all}


def _neighbours(best: _Candidate, others: list[_Candidate]) -> tuple[Other, ...]:
    """The next best under a roof, and the best in each other language."""
    shown = others[:OTHERS_SHOWN]
    known = {best.facts.language, *(other.facts.language for other in shown)}
    for other in others[OTHERS_SHOWN:]:
        if other.facts.language not in known:
            known.add(other.facts.language)
            shown.append(other)
    return tuple(Other(other.facts.id, other.facts.language) for other in shown)
