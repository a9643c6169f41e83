"""What happens to accounts."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class TicketIssued(Event):
    """A right was granted that travels by mail. Zero where there was nobody to grant it to:
    asking must leave the same traces, and take the same time, for an address without an account.
    """

    ticket_id: int


@dataclass(frozen=True)
class MemberConfirmed(Event):
    """Somebody proved that their mail address is theirs: from now on they are a member."""

    member_id: int


@dataclass(frozen=True)
class PasswordChanged(Event):
    """A member has a new password."""

    member_id: int
    changed_at: str


@dataclass(frozen=True)
class AccountClosed(Event):
    """A member left Officine: their name and profile are gone, what they wrote stays."""

    member_id: int
    photo_key: str
