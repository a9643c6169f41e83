"""What happened to an interview."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class InterviewPublished(Event):
    """Everyone may see it from now on."""

    interview_id: int


@dataclass(frozen=True)
class InterviewWithdrawn(Event):
    """Nobody may see it any more. ``by_guest``: its guest took back the release."""

    interview_id: int
    by_guest: bool = False


@dataclass(frozen=True)
class InterviewChanged(Event):
    """It says something else than before, whether or not it is published."""

    interview_id: int


@dataclass(frozen=True)
class FollowersLeft(Event):
    """More people are to hear of a publication: those whose number comes after ``after``."""

    interview_id: int
    after: int


@dataclass(frozen=True)
class ReleaseSigned(Event):
    """The guest signed."""

    release_id: int


@dataclass(frozen=True)
class PublicationFailed(Event):
    """The time of publication came, and something was missing."""

    interview_id: int
