"""Who runs the installation."""

from officine.core import audit
from officine.models import Member


def make_administrator(member: Member, *, by: Member | None = None) -> None:
    """Let a member run the installation; `by` is None where its command line says so."""
    member.role = "administrator"
    audit.note("role.administrator", by, member=member.id)
