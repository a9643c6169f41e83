"""Who sees the rota, and who changes it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, for_team
from officine.models import Member

NOT_STAFF = Refusal(_l("Only the editorial team sees who is on duty."))
NOT_YOURS = Refusal(
    _l("Each editor declares their own hours; community managers and administrators everybody’s.")
)


def may_see_rota(viewer: Any) -> Verdict:
    """Whoever works in the editorial desk."""
    return for_team(viewer, NOT_STAFF)


def may_change_hours(viewer: Any, member: Member) -> Verdict:
    """One’s own hours and leave; managers and administrators those of everybody."""
    verdict = may_see_rota(viewer)
    if not verdict:
        return verdict
    return True if viewer.id == member.id or viewer.is_leader else NOT_YOURS
