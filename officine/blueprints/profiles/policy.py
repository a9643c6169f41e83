"""Who may do what with profiles."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import SIGN_IN_FIRST, Refusal, Verdict, is_not_barred
from officine.models import Member


def may_edit(viewer: Any, member: Member) -> Verdict:
    """A profile is its owner's, and nobody else's, to write."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    if viewer.id != member.id:
        return Refusal(_l("Only the person it is about changes a profile."))
    return is_not_barred(viewer)
