"""Who reads what is not public of the desk’s figures."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, for_leaders, for_team

NOT_EDITOR = Refusal(_l("Only the editorial team reads the figures of the desk."))
NOT_MANAGER = Refusal(
    _l("Only community managers and administrators take the statements of reasons away.")
)


def may_read_figures(viewer: Any) -> Verdict:
    """Whoever works in the desk."""
    return for_team(viewer, NOT_EDITOR)


def may_take_statements(viewer: Any) -> Verdict:
    """Whoever answers for the team."""
    return for_leaders(viewer, NOT_MANAGER)
