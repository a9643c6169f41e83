"""A member's choices."""

from collections.abc import Iterable

from officine.models import Member


def choose_languages(
    member: Member, *, interface: str, reads: Iterable[str], timezone: str | None
) -> None:
    """How the site speaks to the member, what they read, and by which clock they live (None for
    the site's).
    """
    member.interface_language = interface
    member.reads = tuple(reads)
    member.timezone = timezone


def choose_letters(
    member: Member, *, answers: bool, mentions: bool, interviews: bool, events: bool
) -> None:
    """Of what the member hears by mail."""
    member.mail_answers = answers
    member.mail_mentions = mentions
    member.mail_interviews = interviews
    member.mail_events = events
