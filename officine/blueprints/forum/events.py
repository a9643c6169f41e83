"""What happens in the forum."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class TopicOpened(Event):
    """A topic was opened; its first post is told by PostWritten too."""

    topic_id: int


@dataclass(frozen=True)
class TopicChanged(Event):
    """A topic has another title, asks for help or no longer does."""

    topic_id: int


@dataclass(frozen=True)
class PostWritten(Event):
    """A post was written, the one that opens a topic included."""

    post_id: int


@dataclass(frozen=True)
class PostEdited(Event):
    """The author of a post changed its words."""

    post_id: int


@dataclass(frozen=True)
class PostDeleted(Event):
    """The author of a post took it back."""

    post_id: int


@dataclass(frozen=True)
class PostThanked(Event):
    """A member found a post useful."""

    post_id: int
    member_id: int


@dataclass(frozen=True)
class AnswerMarked(Event):
    """A post was marked as the useful answer of its topic."""

    topic_id: int
    post_id: int


@dataclass(frozen=True)
class AnswerUnmarked(Event):
    """A topic has no useful answer any more."""

    topic_id: int
