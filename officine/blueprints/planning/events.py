"""What happened to an event."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class EventProposed(Event):
    """A member asks the desk to put it into the calendar."""

    event_id: int


@dataclass(frozen=True)
class EventDeclined(Event):
    """The desk does not publish it as it is; its proposer keeps it as a draft."""

    event_id: int
    decision_id: int


@dataclass(frozen=True)
class EventPublished(Event):
    """Whoever it is for may see it from now on."""

    event_id: int


@dataclass(frozen=True)
class EventChanged(Event):
    """It says something else than before, whether or not it is published."""

    event_id: int


@dataclass(frozen=True)
class SeriesBegun(Event):
    """An event in the calendar comes again: its other dates are to be made."""

    series_id: int


@dataclass(frozen=True)
class EventRescheduled(Event):
    """A published event has another time or another place, or waits for a new date."""

    change_id: int


@dataclass(frozen=True)
class EventCancelled(Event):
    """A published event does not take place."""

    change_id: int


@dataclass(frozen=True)
class EventWithdrawn(Event):
    """A draft or proposal was thrown away: there is no such event any more."""

    event_id: int


@dataclass(frozen=True)
class FileGivenUp(Event):
    """Something shows a picture, slides or a mark no more."""

    key: str
