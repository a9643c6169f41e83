"""Why the forum cannot take something, and how long a text may be."""

from datetime import datetime

from officine.models.case import Signals

LONGEST_TITLE = 160
LONGEST_TEXT = 20_000


class TextMissing(Exception):
    """There are no words."""


class TextTooLong(Exception):
    """More than LONGEST_TEXT characters."""


class TitleMissing(Exception):
    """There is no title."""


class TitleTooLong(Exception):
    """More than LONGEST_TITLE characters."""


class TitleHeld(Exception):
    """An editor would read this title first; ``signals`` are why. The old one stays."""

    def __init__(self, signals: Signals) -> None:
        super().__init__(", ".join(signal["name"] for signal in signals))
        self.signals = signals


class TopicLocked(Exception):
    """The topic takes no more posts."""


class TopicHeld(Exception):
    """The topic itself waits for an editor: nobody answers in it yet."""


class TooSoon(Exception):
    """The topic was slowed down: ``again_at`` is when its author may write in it again."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at.isoformat())
        self.again_at = again_at


class PostGone(Exception):
    """The post was taken back, or is hidden."""


class AlreadyAnswered(Exception):
    """A topic that others have answered keeps its opening post."""


class TooManySOS(Exception):
    """Somebody already has MOST_OPEN_SOS open calls for help."""
