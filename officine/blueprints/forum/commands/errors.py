"""Why the forum cannot take something, and how long a text may be."""

LONGEST_TITLE = 160
LONGEST_TEXT = 20_000
MOST_MENTIONS = 20


class TextMissing(Exception):
    """There are no words."""


class TextTooLong(Exception):
    """More than LONGEST_TEXT characters."""


class TitleMissing(Exception):
    """There is no title."""


class TitleTooLong(Exception):
    """More than LONGEST_TITLE characters."""


class TopicLocked(Exception):
    """The topic takes no more posts."""


class PostGone(Exception):
    """The post was taken back, or is hidden."""


class AlreadyAnswered(Exception):
    """A topic that others have answered keeps its opening post."""


class TooManySOS(Exception):
    """Somebody already has MOST_OPEN_SOS open calls for help."""
