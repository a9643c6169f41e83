"""Who reads the audit log."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, for_leaders

NOT_READER = Refusal(_l("Only community managers and administrators read the audit log."))


def may_read_log(viewer: Any) -> Verdict:
    """Whoever answers for the team."""
    return for_leaders(viewer, NOT_READER)
