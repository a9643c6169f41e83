"""What happened around going to an event."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class Registered(Event):
    """Somebody said something else about going than before (``was``, perhaps “none”)."""

    registration_id: int
    version: int
    was: str
    now: str


@dataclass(frozen=True)
class OfferMade(Event):
    """Whoever was first in the waiting list is asked whether they come."""

    registration_id: int
    version: int


@dataclass(frozen=True)
class OfferLapsed(Event):
    """An offer was not taken in time: the seat goes to the next."""

    registration_id: int
    version: int


@dataclass(frozen=True)
class InvitedToEvent(Event):
    """An organiser asks a member to come."""

    registration_id: int


@dataclass(frozen=True)
class AddressToProve(Event):
    """Somebody without an account wants to come, or asks for their link again."""

    registration_id: int
    at: str
    """The moment, so that each request has a letter of its own."""


@dataclass(frozen=True)
class AddressIsMembers(Event):
    """Somebody gave the address of a member instead of signing in."""

    event_id: int
    member_id: int
    at: str


@dataclass(frozen=True)
class ChangeLeftToTell(Event):
    """Many go: those after ``after`` are still to be told of a change."""

    change_id: int
    after: int
