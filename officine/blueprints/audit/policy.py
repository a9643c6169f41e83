"""Who reads the audit log."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import SIGN_IN_FIRST, Refusal, Verdict

READERS = ("manager", "administrator")
NOT_READER = Refusal(_l("Only community managers and administrators read the audit log."))


def may_read_log(viewer: Any) -> Verdict:
    """Whoever answers for the team."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    return True if viewer.role in READERS else NOT_READER
