"""Who reads what is not public of the desk’s figures."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import SIGN_IN_FIRST, Refusal, Verdict

MANAGERS = ("manager", "administrator")
NOT_EDITOR = Refusal(_l("Only the editorial team reads the figures of the desk."))
NOT_MANAGER = Refusal(
    _l("Only community managers and administrators take the statements of reasons away.")
)


def may_read_figures(viewer: Any) -> Verdict:
    """Whoever works in the desk."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    return True if viewer.is_staff else NOT_EDITOR


def may_take_statements(viewer: Any) -> Verdict:
    """Whoever answers for the team."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    return True if viewer.role in MANAGERS else NOT_MANAGER
