"""What the editorial desk decides."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class PostHidden(Event):
    """Readers no longer see a post, by a decision."""

    post_id: int
    decision_id: int


@dataclass(frozen=True)
class PostShown(Event):
    """A post that was hidden is seen again, by a decision."""

    post_id: int
    decision_id: int


@dataclass(frozen=True)
class ReportsDismissed(Event):
    """The reports of a post were answered: it stays as it is."""

    post_id: int
    decision_id: int


@dataclass(frozen=True)
class TopicLocked(Event):
    """A topic takes no more posts, by a decision."""

    topic_id: int
    decision_id: int


@dataclass(frozen=True)
class TopicUnlocked(Event):
    """A topic that was locked takes posts again, by a decision."""

    topic_id: int
    decision_id: int
