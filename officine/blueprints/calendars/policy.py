"""Who has a calendar of their own, and who takes others’ over."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.calendars import queries
from officine.core.permission import SIGN_IN_FIRST, Refusal, Verdict, may_take_part

NOT_A_HOST = Refusal(_l("The hosts of groups and the editorial team take calendars over."))


def may_have_calendar(viewer: Any) -> Verdict:
    """Every member."""
    return True if viewer.is_member else SIGN_IN_FIRST


def may_import(viewer: Any) -> Verdict:
    """Whoever looks after a group, and the desk."""
    verdict = may_take_part(viewer)
    if not verdict or viewer.is_staff:
        return verdict
    return True if queries.hosted_groups(viewer) else NOT_A_HOST
