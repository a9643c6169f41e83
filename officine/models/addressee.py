"""Who reads a letter about an event."""

from dataclasses import dataclass

from officine.models.member import Member
from officine.models.registration import Registration


@dataclass(frozen=True)
class Addressee:
    """Who reads a letter: a member, or somebody without an account."""

    email: str
    name: str
    interface_language: str
    first_name: str
    timezone: str | None


def as_reader(member: Member) -> Addressee:
    """A member as the reader of a letter."""
    return Addressee(
        member.email, member.name, member.interface_language, member.first_name, member.timezone
    )


def as_addressee(registration: Registration) -> Addressee:
    """Somebody without an account as the reader of a letter."""
    name = registration.name
    first = name.split()[0] if name.split() else name
    return Addressee(registration.email or "", name, registration.language, first, None)
