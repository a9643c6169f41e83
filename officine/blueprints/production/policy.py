"""Who makes interviews."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, for_team, is_not_barred, may_take_part

NOT_STAFF = Refusal(_l("Only the editorial team makes interviews."))


def may_see(viewer: Any) -> Verdict:
    """Every editor sees all that is being made."""
    return for_team(viewer, NOT_STAFF)


def may_work(viewer: Any) -> Verdict:
    """Every editor works on all of them: the owner is who looks after one."""
    return may_see(viewer) and is_not_barred(viewer)


def may_follow(viewer: Any) -> Verdict:
    """Any member hears of what they are interested in."""
    return may_take_part(viewer)
