"""What happened after an event."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class Ticked(Event):
    """A member says, for themselves, whom they met. Whether the other says so too is asked
    afterwards: of two who tick in the same instant neither sees the other’s tick yet.
    """

    event_id: int
    by_id: int
    other_id: int


@dataclass(frozen=True)
class FollowUpDue(Event):
    """It is time for the letter after an event; those after ``after`` are still to receive it."""

    event_id: int
    after: int = 0
