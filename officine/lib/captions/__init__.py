"""Captions: reading and writing WebVTT and SRT, looking at their quality, and telling them as a
text. Nothing here knows a database.
"""

from officine.lib.captions.cues import Caption, Problem, Reading, clock, plain, read_clock
from officine.lib.captions.files import decoded, read_captions
from officine.lib.captions.markup import (
    divided,
    editable,
    replaced,
    settle_markup,
    spoken_by,
    text_problems,
    with_voice,
    words_of,
)
from officine.lib.captions.passages import Passage, Sentence, passages
from officine.lib.captions.quality import Finding, findings
from officine.lib.captions.settings import bad_settings
from officine.lib.captions.subrip import read_subrip, write_subrip
from officine.lib.captions.webvtt import read_webvtt, write_webvtt

__all__ = [
    "Caption",
    "Finding",
    "Passage",
    "Problem",
    "Reading",
    "Sentence",
    "bad_settings",
    "clock",
    "decoded",
    "divided",
    "editable",
    "findings",
    "passages",
    "plain",
    "read_captions",
    "read_clock",
    "read_subrip",
    "read_webvtt",
    "replaced",
    "settle_markup",
    "spoken_by",
    "text_problems",
    "with_voice",
    "words_of",
    "write_subrip",
    "write_webvtt",
]
