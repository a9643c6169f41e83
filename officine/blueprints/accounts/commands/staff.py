"""Who runs the installation."""

from officine.models import Member


def make_administrator(member: Member) -> None:
    """Let a member run the installation."""
    member.role = "administrator"
