"""Who may report, and who may decide."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.desk import queries
from officine.core.permission import CONFIRM_FIRST, SIGN_IN_FIRST, Refusal, Verdict
from officine.models import Decision, Post, Topic

NOT_EDITOR = Refusal(_l("Only the editorial team decides about reports and messages."))
NOT_HOST = Refusal(_l("Only the group’s hosts and the editorial team close a topic."))
OWN_POST = Refusal(
    _l("You wrote this message: another editor decides about it. You can edit or delete it.")
)
OWN_REPORT = Refusal(_l("This message is yours: you can edit or delete it."))
OWN_TOPIC = Refusal(_l("You opened this topic, and somebody else closed it: they reopen it."))
DESK_CLOSED_IT = Refusal(
    _l("The editorial team closed this topic. Write to the team if it should open again.")
)


def may_report(viewer: Any, post: Post) -> Verdict:
    """Anyone with an account says that somebody else’s post breaks a rule or the law."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    return OWN_REPORT if post.author_id == viewer.id else True


def may_decide(viewer: Any) -> Verdict:
    """Only editors answer reports and hide what others wrote."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    return True if viewer.is_staff else NOT_EDITOR


def may_decide_post(viewer: Any, post: Post) -> Verdict:
    """An editor does not decide about their own post."""
    verdict = may_decide(viewer)
    if not verdict:
        return verdict
    return OWN_POST if post.author_id == viewer.id else True


def may_lock(viewer: Any, topic: Topic) -> Verdict:
    """Hosts close topics of their group, editors any."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    if not viewer.is_confirmed:
        return CONFIRM_FIRST
    return True if viewer.is_staff or queries.hosts(viewer, topic.group_id) else NOT_HOST


def may_unlock(viewer: Any, topic: Topic) -> Verdict:
    """Open a closed topic again: not one’s own against somebody else’s decision, and hosts not
    against the desk’s.
    """
    verdict = may_lock(viewer, topic)
    if not verdict or topic.lock is None or topic.lock.decision.by_id == viewer.id:
        return verdict
    if topic.author_id == viewer.id:
        return OWN_TOPIC
    return DESK_CLOSED_IT if topic.lock.decision.by.is_staff and not viewer.is_staff else True


def may_read_decision(viewer: Any, decision: Decision) -> bool:
    """Whom it affects, and the editorial team."""
    return bool(viewer.is_staff) or (viewer.is_member and decision.affected_id == viewer.id)
