"""What happens to profiles."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class ProfileChanged(Event):
    """What a member says of themselves changed, or who sees it."""

    member_id: int


@dataclass(frozen=True)
class PhotoGivenUp(Event):
    """A photo is shown no more; its files can go."""

    key: str
