"""What editors do with captions, row by row and all at once."""

from officine.blueprints.captions.commands.cues import (
    add_cue,
    divide_cue,
    join_with_next,
    mark_up_to_date,
    remove_cue,
    save_cue,
)
from officine.blueprints.captions.commands.drafts import (
    ask_for_draft,
    begin_draft,
    draft_failed,
    draft_goes_on,
    keep_draft,
)
from officine.blueprints.captions.commands.errors import (
    BadTimes,
    BeforeBeginning,
    ChangedMeanwhile,
    NoNext,
    NothingToDivide,
    NothingToTranslate,
    NothingToUndo,
    UnderWay,
)
from officine.blueprints.captions.commands.tracks import (
    begin_track,
    begin_translation,
    credit_translator,
    mark_gone_through,
    take_in,
)
from officine.blueprints.captions.commands.undoing import undo
from officine.blueprints.captions.commands.wholesale import replace_words, shift

__all__ = [
    "BadTimes",
    "BeforeBeginning",
    "ChangedMeanwhile",
    "NoNext",
    "NothingToDivide",
    "NothingToTranslate",
    "NothingToUndo",
    "UnderWay",
    "add_cue",
    "ask_for_draft",
    "begin_draft",
    "begin_track",
    "begin_translation",
    "credit_translator",
    "divide_cue",
    "draft_failed",
    "draft_goes_on",
    "join_with_next",
    "keep_draft",
    "mark_gone_through",
    "mark_up_to_date",
    "remove_cue",
    "replace_words",
    "save_cue",
    "shift",
    "take_in",
    "undo",
]
