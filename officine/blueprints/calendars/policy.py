"""Who has a calendar of their own."""

from typing import Any

from officine.core.permission import SIGN_IN_FIRST, Verdict


def may_have_calendar(viewer: Any) -> Verdict:
    """Every member."""
    return True if viewer.is_member else SIGN_IN_FIRST
