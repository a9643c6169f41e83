"""Captions told as a text: paragraphs by who speaks, sentences with the moment they begin."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from officine.lib.captions.cues import Caption, plain
from officine.lib.captions.markup import voices, words_of

PAUSE_MS = 2500
"""A silence that begins a paragraph."""
LONGEST = 700
"""Characters after which a paragraph ends with its sentence."""
LONGEST_SENTENCE = 320
"""Who speaks without full stops is cut between two cues."""

# A full stop after one of these ends nothing.
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:sig|sigg|sig\.ra|dott|dott\.ssa|ing|avv|arch|geom|rag|prof|prof\.ssa|ecc|art|"
    r"pag|spa|s\.p\.a|s\.r\.l|srl|es|tel|n|nr|mr|mrs|ms|dr|st|vs|etc|e\.g|i\.e|inc|ltd|co|no|"
    r"sr|sra|srta|d|dña|ud|uds|ej|p\.ej|núm|s\.a|s\.l|[a-z])\.$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s+[\"'«“‘(¿¡\[–—-]*[^\W_a-z]|\s*$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said in one breath, and when; `cue` is the place of its first cue in the track,
    from 0."""

    text: str
    starts_ms: int
    ends_ms: int
    cue: int = 0


@dataclass(frozen=True)
class Passage:
    """What somebody says before somebody else speaks or a pause comes."""

    speaker: str
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def starts_ms(self) -> int:
        """When it begins."""
        return self.sentences[0].starts_ms

    @property
    def ends_ms(self) -> int:
        """When it ends."""
        return self.sentences[-1].ends_ms


@dataclass(slots=True)
class _Piece:
    """The words of one voice in one cue."""

    speaker: str
    text: str
    starts_ms: int
    ends_ms: int
    cue: int


def passages(cues: Iterable[Caption]) -> list[Passage]:
    """The cues as paragraphs. A sentence that begins inside a cue begins where its letters
    stand: the cue’s time is shared out evenly.
    """
    told: list[Passage] = []
    for turn in _turns(cues):
        passage = Passage(turn[0].speaker)
        length = 0
        for sentence in _sentences(turn):
            if length > LONGEST:
                told.append(passage)
                passage, length = Passage(turn[0].speaker), 0
            passage.sentences.append(sentence)
            length += len(sentence.text) + 1
        if passage.sentences:
            told.append(passage)
    return told


def _pieces(cues: Iterable[Caption]) -> Iterator[_Piece]:
    speaker = ""
    for number, cue in enumerate(cues):
        said = [(cue.speaker, words_of(cue.text))] if cue.speaker else voices(cue.text)
        total = sum(len(words) for _speaker, words in said) or 1
        begun = 0
        for name, words in said:
            # A cue without a name goes on with who spoke last.
            speaker = name or speaker
            starts = _share(cue, begun / total)
            begun += len(words)
            if text := plain(words):
                yield _Piece(speaker, text, starts, _share(cue, begun / total), number)


def _share(cue: Caption, part: float) -> int:
    return cue.starts_ms + round((cue.ends_ms - cue.starts_ms) * part)


def _turns(cues: Iterable[Caption]) -> Iterator[list[_Piece]]:
    turn: list[_Piece] = []
    for piece in _pieces(cues):
        text = re.sub(r"^[–—-]\s+", "", piece.text)
        is_other = turn and piece.speaker != turn[-1].speaker
        is_pause = turn and piece.starts_ms - turn[-1].ends_ms >= PAUSE_MS
        # A pause in the middle of a sentence is a breath.
        ended = turn and re.search(r"[.!?…][\"'»”’)\]]*$", turn[-1].text)
        if is_other or (is_pause and ended):
            yield turn
            turn = []
        piece.text = text
        if text:
            turn.append(piece)
    if turn:
        yield turn


def _sentences(turn: list[_Piece]) -> Iterator[Sentence]:
    text, marks = "", []
    for piece in turn:
        text += " " if text else ""
        marks.append((len(text), piece))
        text += piece.text
    begin = 0
    for end in _ends(text, [place for place, _piece in marks]):
        words = text[begin:end]
        lead = len(words) - len(words.lstrip())
        if words.strip():
            starts, first = _moment(marks, begin + lead)
            ends, _last = _moment(marks, end, is_end=True)
            yield Sentence(words.strip(), starts, max(ends, starts), first)
        begin = end


def _ends(text: str, places: list[int]) -> Iterator[int]:
    last = 0
    stops = [
        match.end()
        for match in _ENDS.finditer(text)
        if match[0] != "." or not _SHORTENED.search(text[max(0, match.start() - 12) : match.end()])
    ]
    for stop in [*stops, len(text)]:
        while stop - last > LONGEST_SENTENCE:
            cut = max((p for p in places if last < p <= last + LONGEST_SENTENCE), default=None)
            if cut is None:
                break
            yield cut
            last = cut
        if stop > last:
            yield stop
            last = stop


def _moment(
    marks: list[tuple[int, _Piece]], place: int, *, is_end: bool = False
) -> tuple[int, int]:
    """When the letter at a place is said, and in which cue."""
    inside = [mark for mark in marks if mark[0] < place or (mark[0] == place and not is_end)]
    begin, piece = inside[-1]
    part = min(1.0, (place - begin) / max(1, len(piece.text)))
    return piece.starts_ms + round((piece.ends_ms - piece.starts_ms) * part), piece.cue
