"""Who keeps which texts, and who suggests topics."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, for_team, is_not_barred
from officine.models import Document, Group

NOT_EDITOR = Refusal(_l("Only the editorial team keeps these texts."))
NOT_MANAGER = Refusal(
    _l("The community manager and the administrator keep this text: tell them what should change.")
)
RETIRED = Refusal(_l("This text is retired: bring it back first."))
STAYS = Refusal(_l("The site always shows this text: it can be changed, not retired."))
NOT_PUBLIC_ENOUGH = Refusal(
    _l("The topics of a private group are for its members: they cannot be suggested to everyone.")
)


def may_see_texts(viewer: Any) -> Verdict:
    """Every editor reads all of them."""
    return for_team(viewer, NOT_EDITOR)


def may_keep(viewer: Any, kind: str) -> Verdict:
    """Editors keep reasons, words, announcements and the welcome; what binds members and the
    house is kept by the community manager and the administrator.
    """
    verdict = may_see_texts(viewer)
    if not verdict:
        return verdict
    if kind == "legal" and not viewer.is_leader:
        return NOT_MANAGER
    return is_not_barred(viewer)


def may_edit(viewer: Any, document: Document) -> Verdict:
    """Write a new edition of a text."""
    verdict = may_keep(viewer, document.kind)
    if verdict and document.is_retired:
        return RETIRED
    return verdict


def may_retire(viewer: Any, document: Document) -> Verdict:
    """Reasons and announcements come and go; the other texts stay."""
    verdict = may_keep(viewer, document.kind)
    if verdict and document.kind not in ("reason", "announcement"):
        return STAYS
    return verdict


def may_suggest(viewer: Any, group: Group) -> Verdict:
    """Editors suggest topics, of groups that are not private."""
    verdict = may_see_texts(viewer)
    if not verdict:
        return verdict
    return NOT_PUBLIC_ENOUGH if group.visibility == "private" else is_not_barred(viewer)
