"""Who works on captions."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, for_team, is_not_barred

NOT_STAFF = Refusal(_l("Only the editorial team works on captions."))


def may_see(viewer: Any) -> Verdict:
    """Every editor sees all captions that are being made."""
    return for_team(viewer, NOT_STAFF)


def may_work(viewer: Any) -> Verdict:
    """Every editor works on all of them: several on one track, row by row."""
    return may_see(viewer) and is_not_barred(viewer)
