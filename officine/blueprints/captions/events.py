"""What happened to captions."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class CaptionsChanged(Event):
    """A track says something else, or at another time."""

    track_id: int


@dataclass(frozen=True)
class DraftAsked(Event):
    """An editor asked the machine for a first draft."""

    draft_id: int
