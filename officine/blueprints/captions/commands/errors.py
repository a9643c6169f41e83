"""What can be wrong with a change to captions."""

from officine.models import Cue


class ChangedMeanwhile(Exception):
    """Somebody else changed the cue since it was shown. Nothing was changed; `cue` is theirs."""

    def __init__(self, cue: Cue) -> None:
        super().__init__(cue.id)
        self.cue = cue


class BadTimes(Exception):
    """A cue ends after it starts."""


class BeforeBeginning(Exception):
    """No cue starts before the recording does."""


class NothingToDivide(Exception):
    """A half would be empty, or too short to be seen."""


class NoNext(Exception):
    """The last cue has nothing to be joined with."""


class NothingToUndo(Exception):
    """The editor has changed nothing, or others have changed all of it since."""


class NothingToTranslate(Exception):
    """There are no captions in the language that is spoken."""


class UnderWay(Exception):
    """A draft is being written already."""
