"""What happens to companies."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class CompanyChanged(Event):
    """A company got its page, or what it says of itself changed."""

    company_id: int


@dataclass(frozen=True)
class LogoGivenUp(Event):
    """A logo is shown no more; its files can go."""

    key: str


@dataclass(frozen=True)
class SpeakingRequested(Event):
    """Somebody asks to speak for a company."""

    request_id: int


@dataclass(frozen=True)
class SpeakingAnswered(Event):
    """A request to speak for a company was answered."""

    request_id: int
